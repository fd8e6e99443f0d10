package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.PeerRouter;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.rfc.Requirement;

/** RFC 9568 section 6.4.1: INIT, and FAULT, which is INIT with a reason. */
class Section6_4_1InitTest {

    /** In FAULT nothing that is heard has an effect. */
    @Test
    @Requirement(value = "9568-6.4.1-1", counter = "9568-6.4.1-1")
    void advertisementsHaveNoEffect() {
        CoreFixture core = running(ipv4());
        core.kernel.setCarrier(core.kernel.byName("eth0"), false);
        core.pump().forget();
        core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(0),
                core.kernel.byName("eth0")).advance(60 * CoreFixture.SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"));
        assertEquals(1, core.counter("V4", "ignoredInFault"));
        assertEquals(List.of(), core.advertisements());
    }

    /** The owner sends an advertisement, announces, and is MASTER at once. */
    @Test
    @Requirement(value = {"9568-6.4.1-2", "9568-6.4.1-3"}, differs = "9568-E7947")
    void ownerStartsAsMaster() {
        CoreFixture core = running(ipv4("priority 255", "use_vmac"));
        assertEquals("MASTER", core.states("V4"));
        assertEquals(255, core.advertisements().get(0).priority());
        byte[] arp = core.all(EffectKind.SEND_GRATUITOUS_ARP).get(0).frame();
        assertEquals("ffffffffffff00005e00013308060001080006040001" + "00005e000133c000020affffffffffffc000020a",
                java.util.HexFormat.of().formatHex(arp, 0, 42));
        core.advance(CoreFixture.SECOND);
        assertEquals(2, core.advertisements().size());
    }

    /** Over IPv6 an unsolicited neighbour advertisement: router, override, not solicited, the virtual MAC. */
    @Test
    @Requirement("9568-6.4.1-4")
    void ownerAnnouncesOverIpv6() {
        CoreFixture core = running(ipv6("priority 255", "use_vmac"));
        byte[] frame = core.all(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT).get(0).frame();
        String text = java.util.HexFormat.of().formatHex(frame);
        assertEquals("33330000000100005e00023386dd", text.substring(0, 28));
        assertEquals("88", text.substring(108, 110));
        assertEquals("a0000000" + "fe800000000000000000000000000010" + "0201" + "00005e000233",
                text.substring(116, 172));
        assertEquals(255, frame[14 + 7] & 255);
    }

    /** Everyone else sends nothing and waits in BACKUP for an Active_Down_Interval of its own. */
    @Test
    @Requirement(value = {"9568-6.1-3", "9568-6.1-5", "9568-6.4.1-5"}, counter = {"9568-6.4.1-5", "9568-2.4-1"})
    void othersStartAsBackup() {
        CoreFixture core = running(ipv4());
        long started = core.now;
        assertEquals("BACKUP", core.states("V4"));
        core.advanceTo(started + 3_609_375_000L - 1);
        assertEquals(List.of(), core.advertisements());
        core.advanceTo(started + 3_609_375_000L);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    /** 6.1: the arithmetic is exact. */
    @Test
    @Requirement({"9568-6.1-4", "9568-6.1-5"})
    void masterDownIntervals() {
        assertEquals(3_218_750_000L, wait(ipv4("priority 200")));
        assertEquals(3_007_812_500L, wait(ipv4("priority 254")));
        assertEquals(30_000_000L + 78_125, wait(ipv4("priority 254", "advert_int 0.01")));
        assertEquals(163_640_039_062L, wait(ipv4("priority 1", "advert_int 40.95")));
    }

    private static long wait(String configuration) {
        CoreFixture core = running(configuration);
        long started = core.now;
        core.advance(200 * CoreFixture.SECOND);
        return core.all(EffectKind.REPORT_TRANSITION).stream()
                .filter(each -> each.transition().to() == RouterState.MASTER).mapToLong(Recorded::at).findFirst()
                .orElseThrow() - started;
    }

    /** Before the interface is there no timer runs; afterwards it begins. */
    @Test
    @Requirement(counter = "9568-6.4.1-1")
    void noTimerRunsBeforeTheStart() {
        CoreFixture core = new CoreFixture().started().configured(ipv4()).advance(60 * CoreFixture.SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"));
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.pump();
        core.advanceTo(core.now + 3_609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core.advance(1);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }
}
