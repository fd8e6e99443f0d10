package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.effect.RouterState;

/** The settings of keepalived that bend the election. */
class ElectionOptionsTest {

    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", SECOND, "192.0.2.10");
    private static final String TIMER_EXPIRED = "nopreempt\ntimer_expired_backup";

    private static void hear(CoreFixture core, PeerRouter peer, int priority) {
        core.received(peer.advertisement(priority), core.kernel.byName("eth0"));
    }

    private static List<NoteKind> notes(CoreFixture core) {
        return core.all(EffectKind.REPORT_NOTE).stream()
                .map(note -> Reports.Note.read(note.buffer(), 0).kind()).toList();
    }

    @Test
    @DisplayName("a MASTER yields in silence, and with higher_prio_send_advert after one more advertisement")
    void higherPrioritySendAdvert() {
        CoreFixture silent = Configurations.master(Configurations.ipv4());
        hear(silent, PEER, 200);
        assertEquals(List.of(), silent.advertisements());
        CoreFixture core = Configurations.master(Configurations.ipv4("higher_prio_send_advert"));
        hear(core, PEER, 200);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(1, core.advertisements().size());
        int sent = core.effects.indexOf(core.advertisements().get(0));
        int removed = core.effects.indexOf(core.all(EffectKind.REMOVE_ADDRESS).get(0));
        assertTrue(sent < removed, "the addresses are still here when it says so");
    }

    @Test
    @DisplayName("an owner that ignores advertisements stays MASTER whoever claims what; said to false, it does not")
    void ownerIgnoreAdverts() {
        CoreFixture core = Configurations.running(Configurations.ipv4("priority 255", "owner_ignore_adverts"));
        hear(core, PEER, 255);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(1, core.counter("V4", "discardedOwner"));
        CoreFixture listening = Configurations.running(
                Configurations.ipv4("priority 255", "owner_ignore_adverts false"));
        hear(listening, PEER, 255);
        assertEquals(RouterState.BACKUP, listening.state("V4"));
    }

    @Test
    @DisplayName("with skip_check_adv_addr an address list is compared once for each sender that follows another")
    void skipCheckAdvAddr() {
        PeerRouter other = PeerRouter.of(3, 51, "192.0.2.3", SECOND, "192.0.2.66");
        CoreFixture core = Configurations.running(Configurations.ipv4("skip_check_adv_addr"));
        for (int i = 0; i < 5; i++) {
            hear(core, other, 200);
        }
        assertEquals(1, core.counter("V4", "addressListDiffers"));
        hear(core, other.from("192.0.2.4"), 200);
        assertEquals(2, core.counter("V4", "addressListDiffers"));
        CoreFixture always = Configurations.running(Configurations.ipv4("skip_check_adv_addr false"));
        for (int i = 0; i < 5; i++) {
            hear(always, other, 200);
        }
        assertEquals(5, always.counter("V4", "addressListDiffers"));
    }

    @Test
    @DisplayName("a MASTER that slept too long takes back what it lost, and with timer_expired_backup it steps down")
    void timerExpiredBackup() {
        CoreFixture core = Configurations.master(Configurations.ipv4(TIMER_EXPIRED));
        core.slept(5 * SECOND);
        hear(core, PEER, 50); // the router that has taken over meanwhile
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(List.of(), core.advertisements(), "no priority 0: another serves already");
        core.advance(3 * SECOND);
        assertEquals(RouterState.BACKUP, core.state("V4"), "a full Master_Down_Interval, and nopreempt holds");

        CoreFixture plain = Configurations.master(Configurations.ipv4("nopreempt"));
        plain.slept(5 * SECOND);
        hear(plain, PEER, 50);
        assertEquals(RouterState.MASTER, plain.state("V4"));
    }

    @Test
    @DisplayName("timer_expired_backup: its own timer tells it too, when nobody else has taken over")
    void timerExpiredBackupByDeadline() {
        CoreFixture core = Configurations.master(Configurations.ipv4(TIMER_EXPIRED));
        core.slept(5 * SECOND).advance(0);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core.advance(4 * SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"), "nobody was there");
    }

    @Test
    @DisplayName("timer_expired_backup: less than what a BACKUP of that priority waits for is no reason")
    void shortSleepIsForgiven() {
        CoreFixture core = Configurations.master(Configurations.ipv4(TIMER_EXPIRED));
        core.slept(2 * SECOND).advance(0);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    @Test
    @DisplayName("no_virtual_ipaddress: a router without addresses elects a master as any other")
    void noVirtualAddress() {
        String text = "global_defs { vrrp_version 3 }\nvrrp_instance V4 {\ninterface eth0\nvirtual_router_id 51\n"
                + "priority 100\nno_virtual_ipaddress\n}\n";
        CoreFixture core = Configurations.running(text);
        core.advance(4 * SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(List.of(), core.all(EffectKind.ADD_ADDRESS));
        hear(core, new PeerRouter(3, 51, PEER.source(), SECOND), 200);
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    @DisplayName("log_unknown_vrids tells of other virtual routers, once a minute; otherwise nothing is said")
    void logUnknownVrids() {
        PeerRouter stranger = PeerRouter.of(3, 99, "192.0.2.3", SECOND, "192.0.2.99");
        CoreFixture core = Configurations.running(
                "global_defs { log_unknown_vrids }\n" + Configurations.ipv4()).forget();
        for (int i = 0; i < 30; i++) {
            hear(core, stranger, 100);
        }
        assertEquals(List.of(NoteKind.UNKNOWN_VRID), notes(core));
        core.slept(61 * SECOND);
        hear(core, stranger, 100);
        assertEquals(2, notes(core).stream().filter(NoteKind.UNKNOWN_VRID::equals).count());

        CoreFixture quiet = Configurations.running(Configurations.ipv4()).forget();
        hear(quiet, stranger, 100);
        assertEquals(List.of(), notes(quiet));
    }
}
