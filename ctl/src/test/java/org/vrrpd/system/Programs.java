package org.vrrpd.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the programs under test are, and where what they write goes. */
public final class Programs {

    private Programs() {}

    public static Path vrrpd() {
        return program("vrrpd.launcher", "daemon/target/vrrpd/bin/vrrpd");
    }

    public static Path vrrpctl() {
        return program("vrrpctl.launcher", "ctl/target/vrrpctl/bin/vrrpctl");
    }

    static Path workDirectory() {
        return repository().resolve("ctl/target/system");
    }

    private static Path program(String property, String inRepository) {
        String named = System.getProperty(property);
        Path path = named == null ? repository().resolve(inRepository) : Path.of(named);
        if (!Files.isExecutable(path)) {
            throw new AssertionError("Expected a program at " + path + " (mvn -q -DskipTests package makes it)");
        }
        return path;
    }

    public static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("proto/pom.xml"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new AssertionError("Expected to run inside the repository, but found "
                        + Path.of("").toAbsolutePath());
            }
        }
        return directory;
    }
}
