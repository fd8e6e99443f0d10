package org.vrrpd.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vrrpd.system.Lab;
import org.vrrpd.system.Programs;
import org.vrrpd.system.Shell;

/** A Debian with our package on it, installed as an operator does, once in a JVM: machines begin with it. */
final class Installed {

    /** Where what the tests show is kept for the pages that quote it. */
    static final Path CAPTURES = Programs.repository().resolve("ctl/target/boot");

    private static Path layer;

    private Installed() {}

    static Machine machine(Lab lab, int router, String hostname) {
        return new Machine(lab, router, hostname, List.of(layer(), DebianRoot.get().path()));
    }

    private static synchronized Path layer() {
        if (layer == null) {
            Path to = CAPTURES.resolve("installed");
            Shell.must("rm", "-rf", to.toString());
            try (Lab lab = Lab.open()) {
                Machine machine = new Machine(lab, 1, "gw1", List.of(DebianRoot.get().path()));
                Path deb = PackageBuild.deb(PackageBuild.version());
                machine.copy(deb, "/srv/vrrpd.deb").boot().awaitBooted();
                keep("installation", machine.must("apt-get install -y --no-install-recommends /srv/vrrpd.deb 2>&1"));
                machine.poweroff();
                layer = machine.save(to);
            }
        }
        return layer;
    }

    static void keep(String name, String text) {
        try {
            Path file = CAPTURES.resolve(name + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.stripTrailing() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
