package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.instance;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.rfc.Requirement;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.Recorded;

/** A configuration comes into force while routers work. */
class ReloadTest {

    private static final String VERSION3 = "global_defs { vrrp_version 3 }\n";
    private static final String OTHER = instance("W4", "eth0", 52, "192.0.2.20/24");

    @Test
    void anUnchangedInstanceKeepsItsTimers() {
        CoreFixture core = running(ipv4());
        long due = core.now + 3_609_375_000L;
        core.advance(2 * CoreFixture.SECOND).configured(ipv4() + OTHER);

        core.advanceTo(due - 1);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core.advanceTo(due);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(RouterState.BACKUP, core.state("W4"));
    }

    @Test
    void anUnchangedMasterKeepsItsGrid() {
        CoreFixture core = master(ipv4());
        core.configured(ipv4() + OTHER).advance(3 * CoreFixture.SECOND);

        assertEquals("", core.states("V4"));
        List<Long> times = core.advertisements().stream().filter(each -> each.vrrpByte(1) == 51)
                .map(Recorded::at).toList();
        assertEquals(3, times.size());
        assertEquals(CoreFixture.SECOND, times.get(1) - times.get(0));
    }

    @Test
    void aChangedPriorityShiftsTheTimer() {
        CoreFixture core = running(ipv4());
        long started = core.now;
        core.advance(2 * CoreFixture.SECOND).configured(ipv4("priority 200"));

        core.advanceTo(started + 3_218_750_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core.advanceTo(started + 3_218_750_000L);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    @Test
    void reloadingAgainAndAgainDelaysNoTakeOver() {
        CoreFixture core = running(ipv4());
        for (int i = 0; i < 10; i++) {
            core.advance(400 * CoreFixture.MILLISECOND).configured(ipv4("priority " + (100 + i % 2)));
        }
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    @Test
    void aMasterAdvertisesItsNewPriorityAtOnce() {
        CoreFixture core = master(ipv4());
        core.configured(ipv4("priority 150"));

        assertEquals(150, core.advertisements().get(0).priority());
        assertEquals("", core.states("V4"));
    }

    @Test
    void aRemovedMasterLeavesNothing() {
        CoreFixture core = master(ipv4("use_vmac") + OTHER);
        core.configured(VERSION3 + OTHER);

        assertEquals(0, core.advertisements().get(0).priority());
        assertEquals("INIT", core.states("V4"));
        assertFalse(core.kernel.holds("192.0.2.10"));
        assertNull(core.kernel.byName("vrrp.51"));
        assertEquals("0", core.kernel.sysctls.get("net/ipv4/conf/eth0/arp_ignore"), "as it was");
        assertEquals(RouterState.MASTER, core.state("W4"));
        assertTrue(core.kernel.holds("192.0.2.20"));
        assertEquals(0, core.count(NoteKind.STALE_ADDRESS) + core.count(NoteKind.STALE_VMAC), "it was not left");
    }

    @Test
    void whatARemovedMasterHeldIsNotTakenForLeft() {
        CoreFixture core = master(ipv4() + OTHER);
        core.configured(VERSION3 + OTHER);

        assertEquals(0, core.count(NoteKind.STALE_ADDRESS));
        assertEquals(1, core.all(EffectKind.REMOVE_ADDRESS).size());
        assertFalse(core.kernel.holds("192.0.2.10"));
    }

    @Test
    void aNewInstanceBeginsBecauseOfTheConfiguration() {
        CoreFixture core = master(ipv4());
        core.configured(VERSION3 + OTHER);

        assertEquals("a configuration was loaded", core.instance("W4").cause());
    }

    @Test
    void aRemovedInstanceHasNoFaultsLeft() {
        CoreFixture core = running(ipv4() + OTHER);
        core.kernel.setCarrier(core.kernel.byName("eth0"), false);
        core.pump().forget().configured(VERSION3 + OTHER);

        assertEquals("-NO_CARRIER", core.faultReports("V4"));
        assertEquals("", core.faultReports("W4"));
    }

    @Test
    void addressesComeAndGoWithoutAnElection() {
        CoreFixture core = master(ipv4("virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24 }"));
        core.configured(ipv4("virtual_ipaddress { 192.0.2.11/24\n192.0.2.12/24 }"));

        assertEquals("", core.states("V4"));
        assertFalse(core.kernel.holds("192.0.2.10"));
        assertTrue(core.kernel.holds("192.0.2.11"));
        assertTrue(core.kernel.holds("192.0.2.12"));
        assertEquals(0, core.count(NoteKind.ADDRESS_TAKEN) + core.count(NoteKind.STALE_ADDRESS));
        assertEquals(2, core.advertisements().get(0).vrrpByte(3));
        assertEquals(12, core.advertisements().get(0).vrrpByte(15));
    }

    @Test
    void aChangedAttributeReplacesTheAddressWithoutBlamingAnybody() {
        CoreFixture core = master(ipv4());
        core.configured(ipv4("virtual_ipaddress { 192.0.2.10/24 label eth0:v }"));

        assertTrue(core.kernel.holds("192.0.2.10"));
        assertEquals(1, core.all(EffectKind.REMOVE_ADDRESS).size());
        assertEquals(1, core.all(EffectKind.ADD_ADDRESS).size());
        assertEquals(0, core.count(NoteKind.ADDRESS_TAKEN));
    }

    @Test
    void aConfigurationMayComeBeforeTheKernelIsKnown() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.dumpsSilent = true;
        core.started().configured(ipv4());
        assertEquals(RouterState.INIT, core.state("V4"));
        core.configured(ipv4("priority 200"));
        assertEquals(RouterState.INIT, core.state("V4"));

        core.kernel.dumpsSilent = false;
        core.advance(3 * CoreFixture.SECOND);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals("the kernel's links and addresses were read", core.instance("V4").cause());
    }

    @Test
    void anUnreadableConfigurationLeavesTheOldOneInForce() {
        CoreFixture core = master(ipv4());
        core.asked(7, "reload").loaded("vrrp_instance {");

        assertEquals(RouterState.MASTER, core.state("V4"));
        assertTrue(core.notes().contains(NoteKind.CONFIGURATION_REFUSED));
        assertEquals(1, core.all(EffectKind.REPLY).size());
        assertEquals(0, core.all(EffectKind.REPLY).get(0).payload()[8]);
    }

    @Test
    void everyReloadIsAnsweredOnce() {
        CoreFixture core = master(ipv4());
        core.asked(7, "reload").asked(8, "reload").configured(ipv4());

        List<Recorded> replies = core.all(EffectKind.REPLY);
        assertEquals(List.of(7L, 8L), replies.stream().map(each -> each.buffer().getLong(0)).toList());
        assertEquals(List.of(0, 1), replies.stream().map(each -> (int) each.payload()[8]).toList());
    }

    @Test
    void stopReleasesEverythingInOrder() {
        CoreFixture core = master(ipv4("use_vmac"));
        core.stopped();

        assertTrue(core.ended);
        assertEquals(List.of(EffectKind.SEND_ADVERTISEMENT, EffectKind.REMOVE_ADDRESS, EffectKind.REPORT_TRANSITION,
                EffectKind.DELETE_VMAC), core.effects.stream().map(Recorded::kind).limit(4).toList());
        assertEquals(EffectKind.END, core.effects.get(core.effects.size() - 1).kind());
        assertEquals("0", core.kernel.sysctls.get("net/ipv4/conf/eth0/arp_ignore"));
        assertEquals("0", core.kernel.sysctls.get("net/ipv4/conf/eth0/arp_filter"));
        assertFalse(core.kernel.holds("192.0.2.10"));
        core.apply(EventKind.STOP_REQUESTED, new byte[10]);
        assertEquals(1, core.all(EffectKind.END).size());
        assertEquals(Long.MAX_VALUE, core.processor.core().nextDeadlineNanos());
    }

    @Test
    void sysctlsAreRestoredOnAnInterfaceThatWasRenamed() {
        CoreFixture core = running(ipv4("use_vmac"));
        ModelKernel.Link eth0 = core.kernel.byName("eth0");
        assertEquals("1", core.kernel.sysctls.get("net/ipv4/conf/eth0/arp_ignore"));

        core.kernel.renamed(eth0, "old0");
        core.pump();

        assertEquals("0", core.kernel.sysctls.get("net/ipv4/conf/old0/arp_ignore"));
    }

    @Test
    void rpFilterOfAllIsLoweredAndKeptOnTheOthers() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.linkReady("eth1");
        core.kernel.sysctls.put("net/ipv4/conf/all/rp_filter", "2");
        core.kernel.sysctls.put("net/ipv4/conf/eth1/rp_filter", "0");
        core.started().configured(ipv4("use_vmac"));

        assertEquals("0", core.kernel.sysctls.get("net/ipv4/conf/all/rp_filter"));
        assertEquals("0", core.kernel.sysctls.get("net/ipv4/conf/vrrp.51/rp_filter"));
        assertEquals("2", core.kernel.sysctls.get("net/ipv4/conf/eth1/rp_filter"));
        core.stopped();
        assertEquals("2", core.kernel.sysctls.get("net/ipv4/conf/all/rp_filter"));
        assertEquals("0", core.kernel.sysctls.get("net/ipv4/conf/eth1/rp_filter"));
    }

    /** From another router, which advertises every second. */
    private static CoreFixture hears(CoreFixture core, int priority) {
        PeerRouter peer = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
        return core.received(peer.advertisement(priority), core.kernel.byName("eth0"));
    }

    @Test
    void aMasterThatIsGroupedWithABackupFollowsItsMaster() {
        CoreFixture core = running(ipv4() + OTHER);
        for (int i = 0; i < 5; i++) {
            hears(core, 200).advance(CoreFixture.SECOND);
        }
        assertEquals(RouterState.MASTER, core.state("W4"));
        core.configured(VERSION3 + Configurations.group("V4", "W4") + ipv4().replace(VERSION3, "") + OTHER);
        hears(core, 200);

        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(RouterState.BACKUP, core.state("W4"));
    }

    @Test
    void aMasterThatIsGroupedWithANewInstanceGoesOn() {
        CoreFixture core = master(ipv4());
        core.configured(VERSION3 + Configurations.group("V4", "W4") + ipv4().replace(VERSION3, "") + OTHER);
        core.advance(10 * CoreFixture.SECOND);

        assertEquals("", core.states("V4"));
        assertEquals(RouterState.MASTER, core.state("W4"));
    }

    private static int sent(CoreFixture core) {
        return core.advertisements().size();
    }

    @Test
    void whatPeersCannotSeeSendsNothingAndKeepsTheGrid() {
        CoreFixture core = master(ipv4());
        core.advance(300 * CoreFixture.MILLISECOND);
        long before = core.processor.core().nextDeadlineNanos();
        core.forget().configured(ipv4("garp_master_repeat 2", "down_timer_adverts 4", "nopreempt"));

        assertEquals(0, sent(core));
        assertEquals(before, core.processor.core().nextDeadlineNanos());
    }

    @Test
    void aChangedPriorityIsToldAtOnceAndKeepsTheGrid() {
        CoreFixture core = master(ipv4());
        core.advance(CoreFixture.SECOND);
        long onGrid = core.advertisements().get(0).at();
        core.advance(300 * CoreFixture.MILLISECOND).forget().configured(ipv4("priority 150"));
        core.advance(2 * CoreFixture.SECOND);

        List<Long> times = core.advertisements().stream().map(Recorded::at).toList();
        assertEquals(3, times.size());
        assertEquals(0, (times.get(1) - onGrid) % CoreFixture.SECOND);
        assertEquals(CoreFixture.SECOND, times.get(2) - times.get(1));
    }

    @Test
    void aChangedIntervalBeginsANewGridWithTheAdvertisementThatTellsIt() {
        CoreFixture core = master(ipv4());
        core.advance(300 * CoreFixture.MILLISECOND).forget().configured(ipv4("advert_int 0.1"));
        long reloaded = core.now;
        core.advance(250 * CoreFixture.MILLISECOND);

        assertEquals(List.of(0L, 100L, 200L), core.advertisements().stream()
                .map(each -> (each.at() - reloaded) / CoreFixture.MILLISECOND).toList());
    }

    @Test
    void aBackupGoesOnWithTheIntervalThatItLearned() {
        CoreFixture core = running(ipv4());
        hears(core, 200);
        long heard = core.now;
        core.advance(CoreFixture.SECOND).configured(ipv4("advert_int 0.1"));

        core.advanceTo(heard + 3 * CoreFixture.SECOND);
        assertEquals(RouterState.BACKUP, core.state("V4"), "its master advertises every second");
        core.advance(CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    @Test
    void anotherVersionIsNoReasonToBeginAnew() {
        CoreFixture core = master(Configurations.version2());
        core.configured(Configurations.version2("version 3"));

        assertEquals("", core.states("V2"));
        assertTrue(core.kernel.holds("192.0.2.10"));
        assertEquals(3, core.advertisements().get(0).vrrpByte(0) >> 4);
    }

    @Test
    void anotherNameKeepsStateAndTimers() {
        CoreFixture core = master(ipv4());
        core.configured(ipv4().replace("vrrp_instance V4", "vrrp_instance renamed"));

        assertEquals(RouterState.MASTER, core.state("renamed"));
        assertEquals(0, sent(core));
        assertEquals(0, core.all(EffectKind.REMOVE_ADDRESS).size() + core.all(EffectKind.REPORT_TRANSITION).size());
    }

    @Test
    @Requirement("9568-8.1.2-4")
    void onlyANewAddressIsAnnounced() {
        CoreFixture core = master(ipv4());
        core.advance(10 * CoreFixture.SECOND).forget();
        core.configured(ipv4("virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24 }"));

        assertEquals(1, core.all(EffectKind.ADD_ADDRESS).size());
        assertEquals(5, core.all(EffectKind.SEND_GRATUITOUS_ARP).size(), "five rounds of the one that is new");
    }

    @Test
    void aRunningPreemptDelayIsAsLongAsItWouldHaveBeen() {
        CoreFixture core = running(ipv4("preempt_delay 10"));
        long begun = core.now;
        for (int i = 0; i < 4; i++) {
            hears(core, 50).advance(CoreFixture.SECOND);
        }
        core.configured(ipv4("preempt_delay 6"));
        for (int i = 4; i < 12 && core.state("V4") == RouterState.BACKUP; i++) {
            hears(core, 50).advance(CoreFixture.SECOND);
        }
        long waited = core.now - begun;
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertTrue(waited >= 6 * CoreFixture.SECOND && waited <= 10 * CoreFixture.SECOND, "after " + waited);
    }

    @Test
    void theAnswerSaysWhatBecameOfTheInstances() {
        CoreFixture core = master(ipv4() + OTHER);
        core.asked(7, "reload").configured(ipv4("priority 150") + instance("X4", "eth0", 53, "192.0.2.30/24"));

        assertEquals("configuration loaded: 2 instances: 1 changed, 1 added, 1 removed",
                Payloads.readText(core.all(EffectKind.REPLY).get(0).buffer(), 9));
    }
}
