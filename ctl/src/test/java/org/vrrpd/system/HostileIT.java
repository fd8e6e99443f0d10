package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.vrrpd.proto.effect.RouterState;

/** Packets that are no advertisements: counted by reason, and otherwise as if they had not come. */
@ExtendWith(LabExtension.class)
@Isolated("holds every advertisement to its time, with a processor busy firing")
class HostileIT {

    private static final Duration INTERVAL = Times.millis(100);
    private static final Duration ON_TIME = INTERVAL.plusMillis(60);
    private static final String VI = "VI_4";

    @Test
    @DisplayName("peer11: 20 invalid packets a second of the own VRID delay no advertisement and change no state")
    @Requirement("9568-7.1-10")
    void trickleChangesNothing(Lab lab) {
        Pair pair = Pair.start(lab);
        long begun = Await.now();
        PacketGun gun = lab.with(new PacketGun(lab.ground(), 20, Times.seconds(5), HostilePackets.all()));
        gun.awaitEmpty(Times.seconds(15));
        pair.assertUndisturbed(lab, begun, ON_TIME);
        Status status = pair.master().status().orElseThrow();
        assertTrue(status.counters(VI).entrySet().stream().filter(e -> e.getKey().startsWith("discarded"))
                .mapToLong(e -> e.getValue()).sum() >= 80, () -> "discarded are counted: " + status);
    }

    @Test
    @DisplayName("peer14: 50,000 bad packets a second delay no advertisement, and the log stays short")
    void floodChangesNothing(Lab lab) {
        Pair pair = Pair.start(lab);
        long begun = Await.now();
        PacketGun gun = lab.with(new PacketGun(lab.ground(), 50_000, Times.seconds(4), HostilePackets.all()));
        long fired = gun.awaitEmpty(Times.seconds(30));
        System.out.printf("peer14: %d bad packets in 4 s%n", fired);
        assertTrue(fired > 100_000, () -> "the gun is too slow to prove anything: " + fired);
        pair.assertUndisturbed(lab, begun, ON_TIME.plus(INTERVAL));
        long lines = pair.master().log().since(begun, text -> true).count();
        assertTrue(lines < 40, () -> lines + " lines of log:\n" + pair.master().log().tail(20));
    }

    @Test
    @DisplayName("the same packet without a fault is obeyed: the ones above fail by their fault alone")
    @Requirement(counter = "9568-7.1-10")
    void validPacketIsObeyed(Lab lab) {
        Pair pair = Pair.start(lab);
        long begun = Await.now();
        List<String> valid = List.of(HostilePackets.valid(250));
        PacketGun gun = lab.with(new PacketGun(lab.ground(), 20, Times.seconds(2), valid));
        pair.master().awaitState(VI, RouterState.BACKUP, Times.seconds(2), begun);
        gun.awaitEmpty(Times.seconds(10));
    }

    /** A master of ours and a backup of ours, both within range of the gun. */
    private record Pair(Router master, Router backup) {

        static Pair start(Lab lab) {
            lab.lan(1);
            lab.lan(2);
            lab.observer();
            Router master = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(200)));
            master.awaitMaster(VI);
            Router backup = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(100)));
            backup.awaitState(VI, RouterState.BACKUP, Times.seconds(10));
            return new Pair(master, backup);
        }

        void assertUndisturbed(Lab lab, long begun, Duration allowed) {
            lab.observer().assertNoGap("an advertisement", allowed, begun, advertFrom(Lab.address(1)));
            assertEquals(List.of(), master.transitions(VI, begun));
            assertEquals(List.of(), backup.transitions(VI, begun));
        }
    }
}
