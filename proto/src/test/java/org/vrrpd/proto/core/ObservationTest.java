package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.Recorded;

/** What the kernel tells, tells late, or does not tell, and what the core makes of it. */
class ObservationTest {

    /** What a MASTER waits for its source address. */
    private static final long GRACE = 300 * CoreFixture.MILLISECOND;

    @Test
    void anOverrunIsReadAgainAndEndsRight() {
        CoreFixture core = master(ipv4("use_vmac"));
        core.kernel.dropping = true;
        core.kernel.addressRemoved(core.kernel.byName("eth0"), "192.0.2.2");
        core.kernel.linkRemoved(core.kernel.byName("vrrp.51"));
        core.overrun().advance(GRACE);

        assertTrue(core.notes().contains(NoteKind.KERNEL_OVERRUN));
        assertEquals(List.of(FaultReason.NO_SOURCE_ADDRESS), core.faults("V4"));
        core.kernel.addressAdded(core.kernel.byName("eth0"), "192.0.2.2/24");
        core.advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertTrue(core.kernel.holds("192.0.2.10"));
    }

    /** What was asked is forgotten, however often it is asked again. */
    @Test
    void aKernelThatNeverAnswersAgainCostsNoMemory() {
        CoreFixture core = running(ipv4());
        core.kernel.dropping = true;
        core.advance(600 * CoreFixture.SECOND);
        int before = core.processor.core().snapshot().length;
        core.advance(600 * CoreFixture.SECOND);
        assertEquals(before, core.processor.core().snapshot().length);
        assertTrue(core.all(EffectKind.DUMP_LINKS).size() > 500, "it is asked every two seconds");
    }

    @Test
    void anOverrunThatChangedNothingIsNotNoticed() {
        CoreFixture core = master(dualStack("use_vmac"));
        core.overrun().advance(CoreFixture.SECOND);

        assertEquals("", core.states("V4") + core.states("V6") + core.faultReports("V4") + core.faultReports("V6"));
        assertEquals(0, core.all(EffectKind.ADD_ADDRESS).size() + core.all(EffectKind.CREATE_VMAC).size());
    }

    @Test
    void anOverrunInTheMiddleOfADumpBeginsItAgain() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.pump();
        core.held = true;
        core.kernel.dropping = true;
        core.held = false;
        core.started();
        core.overrun().configured(ipv4());

        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void anAnswerThatIsLostIsNotWaitedForForEver() {
        CoreFixture core = running(ipv4("use_vmac"));
        core.advance(3 * CoreFixture.SECOND);
        core.kernel.dropping = true;
        core.advance(CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(0, core.all(EffectKind.SEND_GRATUITOUS_ARP).size());

        core.overrun().advance(10 * CoreFixture.MILLISECOND);
        assertTrue(core.kernel.holds("192.0.2.10"));
        assertEquals(5, core.all(EffectKind.SEND_GRATUITOUS_ARP).size());
        assertEquals(List.of(), core.faults("V4"));
    }

    @Test
    void aSilentKernelIsAskedAgain() {
        CoreFixture core = running(ipv4());
        core.kernel.dumpsSilent = true;
        core.advance(70 * CoreFixture.SECOND).forget();
        core.kernel.dumpsSilent = false;
        core.advance(3 * CoreFixture.SECOND);

        assertEquals(1, core.all(EffectKind.DUMP_ADDRESSES).size());
    }

    @Test
    void anInterruptedDumpSweepsNothing() {
        CoreFixture core = master(ipv4());
        core.kernel.dumpInterrupted = true;
        ModelKernel.Link eth0 = core.kernel.links.remove(core.kernel.byName("eth0").index);
        core.held = true;
        core.overrun();
        core.held = false;
        core.pump();
        core.kernel.links.put(eth0.index, eth0);
        assertEquals(RouterState.MASTER, core.state("V4"), "the kernel itself said that the dump was incomplete");

        core.advance(CoreFixture.SECOND);
        assertEquals("", core.states("V4"));
        assertTrue(core.all(EffectKind.DUMP_LINKS).size() >= 2);
    }

    @Test
    void aLossNobodyNoticedIsFoundByThePeriodicReading() {
        CoreFixture core = master(ipv4());
        core.kernel.dropping = true;
        core.kernel.addressRemoved(core.kernel.byName("eth0"), "192.0.2.10");
        core.kernel.dropping = false;
        core.advance(61 * CoreFixture.SECOND);

        assertTrue(core.kernel.holds("192.0.2.10"));
        assertEquals(1, core.count(NoteKind.ADDRESS_TAKEN));
    }

    /** The kernel acknowledges an IPv6 address before it tells about it: it can be gone without having been told. */
    @Test
    void anIpv6AddressThatWentBeforeItWasTold() {
        CoreFixture core = running(ipv6());
        core.advance(3 * CoreFixture.SECOND);
        ModelKernel.Link eth0 = core.kernel.byName("eth0");
        core.held = false;
        core.advance(CoreFixture.SECOND);
        core.kernel.dropping = true;
        core.kernel.addressRemoved(eth0, "fe80::10");
        core.kernel.dropping = false;
        core.kernel.addressAdded(eth0, "fe80::10/128");
        core.kernel.addressRemoved(eth0, "fe80::10");
        core.pump();

        assertTrue(core.kernel.holds("fe80::10"));
    }

    @Test
    void aRefusedAddressIsANamedFaultAndRetriedForEver() {
        CoreFixture core = running(ipv4("virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24 dev eth9 no_track }"));
        core.kernel.refuse(NetlinkConstants.RTM_NEWADDR, 1);
        core.kernel.requests.clear();
        core.advance(64 * CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.ADDRESS_FAILED), core.faults("V4"));
        assertEquals("adding 192.0.2.10 failed: operation not permitted (EPERM)", core.all(EffectKind.REPORT_FAULT)
                .get(0).fault().causeText());
        assertTrue(core.kernel.requests.size() < 25, core.kernel.requests.size() + " requests in a minute");

        core.kernel.refuseNothing();
        core.forget().advance(10 * CoreFixture.SECOND);
        assertEquals(List.of(), core.faults("V4"));
        assertEquals("adding 192.0.2.10 succeeded",
                core.all(EffectKind.REPORT_FAULT).get(0).fault().causeText());
        assertTrue(core.kernel.holds("192.0.2.10"));
    }

    @Test
    void aRefusedRemovalIsRetriedWithoutAStorm() {
        CoreFixture core = master(ipv4());
        core.kernel.refuse(NetlinkConstants.RTM_DELADDR, 1);
        core.kernel.requests.clear();
        core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200),
                core.kernel.byName("eth0"));
        core.advance(3 * CoreFixture.SECOND);
        assertTrue(core.kernel.requests.size() < 10, core.kernel.requests.size() + " requests");

        core.kernel.refuseNothing();
        core.advance(2 * CoreFixture.SECOND + 500 * CoreFixture.MILLISECOND);
        assertTrue(core.state("V4") == RouterState.MASTER || !core.kernel.holds("192.0.2.10"));
    }

    @Test
    void whatFailsIsNoFaultOfABackup() {
        CoreFixture core = running(ipv4());
        core.kernel.refuse(NetlinkConstants.RTM_NEWADDR, 1);
        core.sendErrno = 100;
        core.advance(5 * CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.SEND_FAILED, FaultReason.ADDRESS_FAILED), core.faults("V4"));
        core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200),
                core.kernel.byName("eth0"));

        assertEquals(List.of(), core.faults("V4"));
    }

    @Test
    void aSocketThatCannotBeOpenedIsAFaultUntilItCan() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.socketErrno = 1;
        core.started().configured(ipv4()).advance(30 * CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.SOCKET_FAILED), core.faults("V4"));

        core.socketErrno = 0;
        core.forget().advance(10 * CoreFixture.SECOND);
        assertEquals("opening the socket succeeded", core.all(EffectKind.REPORT_TRANSITION).stream()
                .map(Recorded::transition).filter(each -> each.to() == RouterState.BACKUP).findFirst().orElseThrow()
                .causeText());
    }

    @Test
    void theSourceReplacedInOneDatagramIsUsedAtOnce() {
        CoreFixture core = master(ipv4());
        ModelKernel.Link eth0 = core.kernel.byName("eth0");
        core.held = true;
        core.kernel.addressRemoved(eth0, "192.0.2.2");
        core.kernel.addressAdded(eth0, "192.0.2.7/24");
        core.pumpJoined().advance(CoreFixture.SECOND);

        assertEquals("", core.states("V4"));
        assertTrue(core.notes().contains(NoteKind.SOURCE_CHANGED));
        assertEquals(IpAddress.parse("192.0.2.7"), core.instance("V4").masterAddress());
    }

    @Test
    void theSourceLostAndReplacedIsAFaultInBetween() {
        CoreFixture core = master(ipv4());
        ModelKernel.Link eth0 = core.kernel.byName("eth0");
        core.kernel.addressRemoved(eth0, "192.0.2.2");
        core.advance(GRACE);
        assertEquals(List.of(FaultReason.NO_SOURCE_ADDRESS), core.faults("V4"));
        assertEquals("address 192.0.2.2 was removed from eth0", core.instance("V4").cause());
        assertFalse(core.kernel.holds("192.0.2.10"));

        core.kernel.addressAdded(eth0, "192.0.2.7/24");
        core.advance(3_609_375_000L);
        assertEquals("FAULT BACKUP MASTER", core.states("V4"));
    }

    @Test
    void aTentativeSourceClearsWithAReasonThatReadsWell() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0");
        core.kernel.addressAdded(eth0, "fe80::2/64", 0xC0);
        core.started().configured(ipv6());
        assertEquals("no IPv6 source on eth0: fe80::2 is tentative", core.instance("V6").faults().get(0).reasonText());
        core.advance(CoreFixture.SECOND);
        assertEquals(0, core.advertisements().size());

        core.kernel.dadCompleted(eth0);
        core.pump();
        assertEquals("address fe80::2 on eth0 no longer tentative", core.instance("V6").cause());
        assertEquals("address fe80::2 on eth0 no longer tentative",
                core.all(EffectKind.REPORT_FAULT).get(1).fault().causeText());
    }

    @Test
    void aFailedDetectionIsRetriedWithBackOffUntilTheOtherHasGone() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0");
        core.kernel.addressAdded(eth0, "fe80::2/64", 0xC0);
        core.started().configured(ipv6());
        core.kernel.dadFailed(eth0);
        core.pump();
        assertEquals(List.of(FaultReason.SOURCE_DUPLICATE), core.faults("V6"));

        for (int i = 0; i < 120; i++) {
            core.advance(CoreFixture.SECOND);
            core.kernel.dadFailed(eth0);
            core.pump();
            assertEquals(List.of(FaultReason.SOURCE_DUPLICATE), core.faults("V6"));
        }
        long tries = core.count(NoteKind.DAD_RETRIED);
        assertTrue(tries >= 5 && tries <= 9, tries + " retries in two minutes");

        core.advance(30 * CoreFixture.SECOND);
        core.kernel.dadCompleted(eth0);
        core.advance(3_609_375_000L);
        assertEquals(RouterState.MASTER, core.state("V6"));
        long settled = core.count(NoteKind.DAD_RETRIED);
        core.advance(120 * CoreFixture.SECOND);
        assertEquals(settled, core.count(NoteKind.DAD_RETRIED));
    }

    @Test
    void detectionThatFailsAmongOtherEventsStillBacksOff() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.addressAdded(eth0, "fe80::2/64", 0xC0);
        core.started().configured(dualStack());
        core.kernel.dadFailed(eth0);
        core.pump();
        for (int i = 0; i < 120; i++) {
            core.held = true;
            core.kernel.addressAdded(eth0, "192.0.2.99/24");
            core.kernel.addressRemoved(eth0, "192.0.2.99");
            core.held = false;
            core.advance(CoreFixture.SECOND);
            core.kernel.dadFailed(eth0);
            core.pump();
        }
        assertTrue(core.count(NoteKind.DAD_RETRIED) <= 9, core.count(NoteKind.DAD_RETRIED) + " retries");
    }

    /** An operator who removes the duplicate while it is being detected again does not get it back. */
    @Test
    void anAddressRemovedByTheOperatorIsNotAddedAgain() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0");
        core.kernel.addressAdded(eth0, "fe80::2/64", 0xC0);
        core.started().configured(ipv6());
        core.kernel.dadFailed(eth0);
        core.advance(1_500 * CoreFixture.MILLISECOND);
        core.kernel.addressRemoved(eth0, "fe80::2");
        core.kernel.addressAdded(eth0, "fe80::7/64");
        core.advance(200 * CoreFixture.SECOND);

        assertFalse(core.kernel.holds("fe80::2"));
        assertEquals(RouterState.MASTER, core.state("V6"));
    }

    /** Each reading of many interfaces brings on the next overrun: a storm of them must not become one of readings. */
    @Test
    void overrunsInABurstAreReadAfterOnceAndOnceMore() {
        CoreFixture core = running(ipv4());
        core.forget();

        for (int i = 0; i < 20; i++) {
            core.overrun().advance(10 * CoreFixture.MILLISECOND);
        }
        core.advance(CoreFixture.SECOND);

        assertEquals(2, core.all(EffectKind.DUMP_LINKS).size());
        assertEquals(1, core.count(NoteKind.KERNEL_OVERRUN));
    }
}
