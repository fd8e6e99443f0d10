package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.vrrpd.proto.effect.RouterState;

/** A stranger on the wire and the log: it says what happens, and it stays short. */
@ExtendWith(LabExtension.class)
@Isolated("holds every advertisement to its time, with a processor busy firing")
class HostileLogIT {

    private static final Duration ON_TIME = Times.millis(260);
    private static final Duration FIRING = Times.seconds(10);
    private static final String VI = "VI_4";

    private static long bytes(Router router, long since) {
        return router.log().since(since, text -> true)
                .mapToLong(line -> line.text().getBytes(StandardCharsets.UTF_8).length + 1).sum();
    }

    @Test
    @DisplayName("10 s of packets from 200 sources, bad, weak and of unknown routers: a few lines, adverts on time")
    void changingSources(Lab lab) {
        lab.lan(1);
        lab.observer();
        Router master = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(200)));
        master.awaitMaster(VI);
        long begun = Await.now();
        List<String> frames = new ArrayList<>(HostilePackets.all());
        for (int i = 0; i < 200; i++) {
            CraftedAdvert advert = CraftedAdvert.ipv4(1 + i % 199).from("10.1.0." + (20 + i));
            frames.add((i % 4 == 0 ? advert.ttl(64) : i % 4 == 1 ? advert.vrid(52)
                    : i % 4 == 2 ? advert.every(7).listing("10.1.0.77") : advert).hex(""));
        }
        PacketGun gun = lab.with(new PacketGun(lab.ground(), 10_000, FIRING, frames));
        long fired = gun.awaitEmpty(Times.seconds(60));
        long written = bytes(master, begun);
        System.out.printf("changing sources: %d packets, %d bytes of log%n", fired, written);
        assertTrue(fired > 20_000, () -> "the gun is too slow to prove anything: " + fired);
        assertTrue(written < 8 * 1024, () -> written + " bytes of log:\n" + master.log().tail(40));
        lab.observer().assertNoGap("an advertisement", ON_TIME, begun, advertFrom(Lab.address(1)));
        assertEquals(List.of(), master.transitions(VI, begun));
    }

    @Test
    @DisplayName("10 s of claims and resignations: the router changes its state all the time; the log does not follow")
    void flapping(Lab lab) {
        lab.lan(1);
        lab.observer();
        Router master = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(200)));
        master.awaitMaster(VI);
        long begun = Await.now();
        List<String> frames = List.of(
                CraftedAdvert.ipv4(250).every(1).hex(""), CraftedAdvert.ipv4(0).every(1).hex(""));
        PacketGun gun = lab.with(new PacketGun(lab.ground(), 200, FIRING, frames));
        gun.awaitEmpty(Times.seconds(60));
        master.awaitState(VI, RouterState.MASTER, Times.seconds(20), begun + FIRING.toNanos());
        long written = bytes(master, begun);
        long changes = master.status().orElseThrow().counters(VI).get("becameMaster");
        System.out.printf("flapping: %d times MASTER, %d bytes of log%n", changes, written);
        assertTrue(changes > 150, () -> changes + " changes prove little");
        assertTrue(written < 40 * 1024, () -> written + " bytes of log:\n" + master.log().tail(40));
        master.awaitLog("entries like the next were left out", Times.seconds(5), begun);
    }
}
