package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Notices.carrier;
import static org.vrrpd.proto.core.Notices.lines;
import static org.vrrpd.proto.core.Notices.pair;
import static org.vrrpd.proto.core.Notices.running;
import static org.vrrpd.proto.core.Notices.runs;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;

/**
 * What scripts and pipes are told, with which words and in which order. The sequences of a group of two are those that
 * keepalived 2.2.7 was seen to write to its pipe in the same situations.
 */
class NotifierTest {

    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

    private static CoreFixture master(String configuration) {
        return running(configuration).advance(4 * CoreFixture.SECOND).forget();
    }

    // a group of two, as keepalived does it

    @Test
    void atTheStartTheGroupIsToldBeforeItsMembers() {
        CoreFixture core = running(pair());
        assertEquals(List.of("GROUP \"G\" BACKUP 0", "INSTANCE \"I1\" BACKUP 100", "INSTANCE \"I2\" BACKUP 100"),
                lines(core));
        assertEquals(List.of(
                "notify_backup of G: /bin/backup",
                "notify of G: /bin/any with words GROUP G BACKUP 0"), runs(core, "G"));
        assertEquals(List.of(
                "notify_backup of I1: /bin/backup",
                "notify of I1: /bin/any with words INSTANCE I1 BACKUP 100"), runs(core, "I1"));
    }

    @Test
    void atATakeOverTheGroupIsToldAfterItsMembers() {
        CoreFixture core = master(pair());
        carrier(core, "eth0", false);
        carrier(core, "eth0", true).forget();
        core.advance(4 * CoreFixture.SECOND);
        // both timers fire at once: I1 waits for I2 then, and I2 finds that I1 wants to
        assertEquals(List.of("INSTANCE \"I2\" MASTER 100", "INSTANCE \"I1\" MASTER 100", "GROUP \"G\" MASTER 0"),
                lines(core));
        assertEquals(List.of(
                "notify_master of I1: /bin/master one",
                "notify of I1: /bin/any with words INSTANCE I1 MASTER 100"), runs(core, "I1"));
        assertEquals(List.of(
                "notify_master of G: /bin/master one",
                "notify of G: /bin/any with words GROUP G MASTER 0"), runs(core, "G"));
    }

    @Test
    void whoYieldsIsToldFirst() {
        CoreFixture core = master(pair());
        core.received(PEER.advertisement(150), core.kernel.byName("eth0"));
        assertEquals(List.of("INSTANCE \"I1\" BACKUP 100", "INSTANCE \"I2\" BACKUP 100", "GROUP \"G\" BACKUP 0"),
                lines(core));
    }

    @Test
    void whoFailsIsToldFirstAndOnlyTheFirstFaultIsTold() {
        CoreFixture core = master(pair());
        carrier(core, "eth1", false);
        assertEquals(List.of("INSTANCE \"I2\" FAULT 100", "INSTANCE \"I1\" FAULT 100", "GROUP \"G\" FAULT 0"),
                lines(core));
        core.forget();
        carrier(core, "eth0", false);
        carrier(core, "eth0", true);
        assertEquals(List.of(), lines(core));
        assertEquals(List.of(), runs(core));
        carrier(core, "eth1", true);
        assertEquals(List.of("INSTANCE \"I2\" BACKUP 100", "INSTANCE \"I1\" BACKUP 100", "GROUP \"G\" BACKUP 0"),
                lines(core));
    }

    @Test
    void aGroupThatStartsInFaultIsToldAfterItsMembers() {
        CoreFixture core = Notices.fixture();
        core.kernel.setCarrier(core.kernel.byName("eth1"), false);
        core.started().configured(pair());
        assertEquals(List.of("INSTANCE \"I1\" FAULT 100", "INSTANCE \"I2\" FAULT 100", "GROUP \"G\" FAULT 0"),
                lines(core));
        assertEquals(List.of("notify_fault of I1: /bin/fault",
                "notify of I1: /bin/any with words INSTANCE I1 FAULT 100"), runs(core, "I1"));
    }

    @Test
    void ownersAreToldAsMasterOnlyAndSoIsTheirGroup() {
        CoreFixture core = running(pair().replace("priority 100", "priority 255"));
        assertEquals(List.of("INSTANCE \"I1\" MASTER 255", "INSTANCE \"I2\" MASTER 255", "GROUP \"G\" MASTER 0"),
                lines(core));
    }

    @Test
    void aGroupWithOneOwnerStartsAsBackup() {
        CoreFixture core = running(pair().replaceFirst("priority 100", "priority 255"));
        assertEquals(List.of("GROUP \"G\" BACKUP 0", "INSTANCE \"I1\" BACKUP 255", "INSTANCE \"I2\" BACKUP 100"),
                lines(core));
    }

    // at the start, while checks have no result

    private static final String CHECK = "vrrp_script check {\nscript /bin/check\ninterval 5\n}\n";

    private static CoreFixture checking() {
        return running(CHECK + pair().replaceFirst("priority 100", "priority 100\ntrack_script { check }"));
    }

    @Test
    void nothingIsToldOfAGroupInWhichACheckHasNoResultYet() {
        CoreFixture core = checking();
        assertEquals(RouterState.FAULT, core.state("I2"));
        assertEquals(List.of(), lines(core));
        assertEquals(List.of(), runs(core, "G"));
    }

    @Test
    void aCheckThatSucceedsTellsBackupOfTheMembersAndThenOfTheGroup() {
        CoreFixture core = checking();
        core.workers.exited("vrrp_script check", 0);
        core.pump();
        assertEquals(List.of("INSTANCE \"I1\" BACKUP 100", "INSTANCE \"I2\" BACKUP 100", "GROUP \"G\" BACKUP 0"),
                lines(core));
    }

    @Test
    void aCheckThatFailsTellsFaultThoughTheStateStaysTheSame() {
        CoreFixture core = checking();
        core.workers.exited("vrrp_script check", 1);
        core.pump();
        assertEquals(List.of("INSTANCE \"I1\" FAULT 100", "INSTANCE \"I2\" FAULT 100", "GROUP \"G\" FAULT 0"),
                lines(core));
    }

    @Test
    void anotherFaultIsToldWhileACheckHasNoResult() {
        CoreFixture core = checking();
        carrier(core, "eth1", false);
        assertEquals(List.of("INSTANCE \"I1\" FAULT 100", "INSTANCE \"I2\" FAULT 100", "GROUP \"G\" FAULT 0"),
                lines(core).stream().sorted((a, b) -> Boolean.compare(a.startsWith("G"), b.startsWith("G"))).toList());
    }

    // what is told besides states

    @Test
    void aMasterThatHearsALowerPriorityTellsIt() {
        CoreFixture core = master(pair());
        core.received(PEER.advertisement(50), core.kernel.byName("eth0"));
        assertEquals(List.of("INSTANCE \"I1\" MASTER_RX_LOWER_PRI 100"), lines(core));
        assertEquals(List.of("notify_master_rx_lower_pri of I1: /bin/lower"), runs(core));
    }

    @Test
    void changesOfThePriorityAreToldToPipesOnlyAndOnlyWhenAskedFor() {
        String tracking = "track_interface { eth1 weight -20 }\n" + Notices.scripts();
        CoreFixture core = running(Notices.single(tracking, "notify_priority_changes on"));
        core.forget();
        carrier(core, "eth1", false);
        assertEquals(List.of("INSTANCE \"I1\" BACKUP_PRIORITY 80"), lines(core));
        core.advance(4 * CoreFixture.SECOND).forget();
        carrier(core, "eth1", true);
        assertEquals(List.of("INSTANCE \"I1\" MASTER_PRIORITY 100"), lines(core));
        assertEquals(List.of(), runs(core));

        carrier(core, "eth0", false).forget();
        carrier(core, "eth1", false);
        assertEquals(List.of(), lines(core), "what it would be worth in FAULT concerns nobody");

        CoreFixture silent = running(Notices.single(tracking)).forget();
        carrier(silent, "eth1", false);
        assertEquals(List.of(), lines(silent));
    }

    @Test
    void thePriorityThatIsToldIsTheEffectiveOne() {
        CoreFixture core = running(Notices.single("track_interface { eth1 weight -20 }\n" + Notices.scripts()));
        carrier(core, "eth1", false).forget();
        carrier(core, "eth0", false);
        assertEquals(List.of("INSTANCE \"I1\" FAULT 80"), lines(core));
        assertEquals("notify of I1: /bin/any with words INSTANCE I1 FAULT 80", runs(core).get(1));
    }

    @Test
    void scriptsRunAsTheirUsersAndSecurelyWhenConfigured() {
        CoreFixture core = running(Notices.globals("enable_script_security")
                + Configurations.instance("I1", "eth0", 51, "192.0.2.10/24", "notify_backup /bin/backup daemon sys"));
        var run = core.workers.runs.get(0).script();
        assertEquals("daemon sys", run.user() + " " + run.group());
        assertEquals(true, run.secure());
        assertEquals(NotifyLanes.TIMEOUT_NANOS, run.timeoutNanos());
    }

    // reload

    @Test
    void oneThatIsRemovedIsToldToTheGenericScriptAsFault() {
        CoreFixture core = running(Notices.globals() + Configurations.instance("I1", "eth0", 51, "192.0.2.10/24",
                Notices.scripts()) + Configurations.instance("I2", "eth1", 52, "198.51.100.10/24", Notices.scripts()));
        core.forget().configured(Notices.single(Notices.scripts()));
        assertEquals(List.of("INSTANCE \"I2\" FAULT 100"), lines(core));
        assertEquals(List.of("notify of I2: /bin/any with words INSTANCE I2 FAULT 100"), runs(core));
    }

    @Test
    void oneThatIsRemovedIsToldAsDeletedWhenConfigured() {
        CoreFixture core = master(Notices.single(Notices.scripts(), "notify_deleted /bin/deleted"));
        core.configured(Notices.globals()
                + Configurations.instance("I3", "eth1", 53, "198.51.100.10/24", Notices.scripts()));
        assertEquals(List.of("INSTANCE \"I1\" DELETED 100", "INSTANCE \"I3\" BACKUP 100"), lines(core));
        assertEquals(List.of("notify_deleted of I1: /bin/deleted",
                "notify of I1: /bin/any with words INSTANCE I1 DELETED 100"), runs(core, "I1"));

        CoreFixture flag = master(Notices.single(Notices.scripts(), "notify_deleted"));
        flag.configured(Notices.globals()
                + Configurations.instance("I3", "eth1", 53, "198.51.100.10/24", Notices.scripts()));
        assertEquals(List.of("notify of I1: /bin/any with words INSTANCE I1 DELETED 100"), runs(flag, "I1"));
    }

    @Test
    void oneThatHasToBeMadeAnewWasNotRemoved() {
        CoreFixture core = master(Notices.single(Notices.scripts(), "notify_deleted"));
        core.configured(Notices.single(Notices.scripts(), "notify_deleted", "use_vmac"));
        assertEquals(List.of("INSTANCE \"I1\" BACKUP 100"), lines(core));
    }

    @Test
    void aReloadThatChangesNothingTellsNothing() {
        CoreFixture core = master(pair());
        core.configured(pair());
        assertEquals(List.of(), lines(core));
        assertEquals(List.of(), runs(core));
    }

    @Test
    void aReloadRepeatsAllStatesToThePipesWhenConfigured() {
        String configuration = pair("fifo_write_vrrp_states_on_reload");
        CoreFixture core = master(configuration);
        core.configured(configuration);
        assertEquals(List.of("GROUP \"G\" MASTER 0", "INSTANCE \"I1\" MASTER 100", "INSTANCE \"I2\" MASTER 100"),
                lines(core));
        assertEquals(List.of(), runs(core));
    }

    @Test
    void aGroupThatAReloadMakesIsToldItsState() {
        String grouped = pair();
        CoreFixture core = master(grouped.replace(Notices.pairGroup("I1", "I2"), ""));
        core.configured(grouped);
        assertEquals(List.of("GROUP \"G\" MASTER 0"), lines(core));
        core.forget().configured(grouped);
        assertEquals(List.of(), lines(core));
    }

    @Test
    void statesOfAGroupAreRememberedOverAReload() {
        CoreFixture core = master(pair());
        core.configured(pair().replace("priority 100", "priority 110")).forget();
        carrier(core, "eth0", false);
        assertEquals(List.of("INSTANCE \"I1\" FAULT 110", "INSTANCE \"I2\" FAULT 110", "GROUP \"G\" FAULT 0"),
                lines(core));
        assertEquals(RouterState.FAULT, core.state("I2"));
    }
}
