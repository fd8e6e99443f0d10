package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.system.Frame.advertFrom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A full disk stops the journal and nothing else. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class FullDiskIT {

    private static final String VI = "VI_4";

    @Test
    @DisplayName("the journal's disk fills up: VRRP goes on, the status says so, and journaling resumes with room")
    void fullDiskSuspendsJournaling(Lab lab) throws IOException {
        lab.lan(1);
        Observer observer = lab.observer();
        Path disk = Lab.makeDirectory(lab.directory().resolve("disk"));
        Shell.must("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString());
        lab.with(() -> Shell.run(List.of("umount", disk.toString())));
        Router router = lab.prepare(1, Conf.of(VirtualRouter.ipv4())).journalAt(disk.resolve("journal"));
        router.start();
        router.awaitMaster(VI);
        router.awaitStatus("journaling", Times.seconds(5), status -> status.journalState().equals("writing"));
        long begun = Await.now();
        Path ballast = fill(disk.resolve("ballast"));
        PacketGun gun = lab.with(new PacketGun(lab.ground(), 2000, Times.seconds(40), HostilePackets.all()));
        router.awaitStatus("journaling suspended", Times.seconds(40), s -> s.journalState().equals("suspended"));
        gun.close();
        long suspended = Await.now();
        Await.until("a second of advertisements", Times.seconds(3), () ->
                observer.since(suspended, advertFrom(Lab.address(1))).size() >= 10);
        Files.delete(ballast);
        router.awaitStatus("journaling again", Times.seconds(40), s -> s.journalState().equals("writing"));
        observer.assertNoGap("an advertisement", Times.TOLERANCE, begun, advertFrom(Lab.address(1)));
        assertEquals(List.of(), router.transitions(VI, begun));
    }

    private static Path fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            return file;
        }
    }
}
