package org.vrrpd.daemon.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Which build this is, and which boot of the machine it runs in. */
public final class BuildId {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String RESOURCE = "/org/vrrpd/proto/build.properties";

    private BuildId() {}

    /** Such as 0.1.0+3f2c1a9. */
    public static String text() {
        try (InputStream in = BuildId.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("build", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the kernel does not tell. */
    public static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
