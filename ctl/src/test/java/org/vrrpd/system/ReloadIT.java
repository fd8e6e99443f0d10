package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.Frame.announcementOf;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** A reload changes what it says and disturbs nothing else; one with an error changes nothing at all. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class ReloadIT {

    private static final Duration MOST_SILENCE = Times.millis(250);
    private static final String VI = "VI_4";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("priority 300", Conf.of(VirtualRouter.ipv4().priority(300))),
                Arguments.of("no virtual_router_id", Conf.raw("vrrp_instance VI_4 {\n interface eth0\n}\n")),
                Arguments.of("duplicate VRID", Conf.of(VirtualRouter.ipv4(),
                        VirtualRouter.named("VI_9").vip("10.1.0.59/24"))),
                Arguments.of("an unclosed brace", Conf.raw("vrrp_instance VI_4 {\n    interface eth0\n")),
                Arguments.of("no VIP with version 3", Conf.of(VirtualRouter.named("VI_4"))));
    }

    @DisplayName("peer15: a reload with an error is refused by line, and the old configuration goes on")
    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void badReloadIsRefused(String mistake, Conf bad, Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(120)));
        router.awaitMaster(VI);
        long begun = Await.now();
        router.write(bad);
        Shell.Result answer = router.ctl("reload");
        assertNotEquals(0, answer.exit(), answer.output());
        assertTrue(answer.output().contains("vrrpd.conf:"), answer.output());
        assertNotEquals(0, router.ctl("check", router.configurationFile().toString()).exit());
        router.signal("HUP");
        router.awaitLog("configuration refused", Times.seconds(3), begun);
        long refused = Await.now();
        Frame advert = observer.await("an advertisement", Times.seconds(1), refused, advertFrom(Lab.address(1)));
        assertEquals(120, advert.priority());
        assertEquals(List.of(), router.transitions(VI, begun));
        assertTrue(link.has(VIP4));
        observer.assertNoGap("an advertisement", MOST_SILENCE, begun, advertFrom(Lab.address(1)));
    }

    @Test
    @DisplayName("peer15: a reload that names a missing interface faults that instance and no other")
    void missingInterfaceIsOneFault(Lab lab) {
        lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        long begun = Await.now();
        router.write(Conf.of(VirtualRouter.ipv4(),
                VirtualRouter.named("VI_new").on("eth7").vrid(52).vip("10.7.0.52/24")));
        assertEquals(0, router.ctl("reload").exit());
        router.awaitFault("VI_new", FaultReason.INTERFACE_ABSENT, "eth7");
        assertEquals(2, router.ctl("status").exit());
        assertEquals(List.of(), router.transitions(VI, begun));
        Link appeared = lab.cable(1, "eth7").up("10.7.0.1/24");
        router.awaitMasterInTime("VI_new", Times.masterDown(Times.millis(100), 100), appeared.running());
    }

    @Test
    @DisplayName("a good reload changes priority and VIPs of a master without an election or a silence")
    void goodReloadDisturbsNothing(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().vip("10.1.0.52/24")));
        router.awaitMaster(VI);
        long begun = Await.now();
        router.write(Conf.of(VirtualRouter.ipv4().priority(150).vip("10.1.0.53/24")));
        Shell.Result answer = router.ctl("reload");
        assertEquals(0, answer.exit(), answer.output());
        observer.await("the new priority and addresses", Times.seconds(1), begun, advertFrom(Lab.address(1))
                .and(f -> f.priority() == 150 && f.addresses().equals(List.of(VIP4, "10.1.0.53"))));
        observer.await("a GARP for the new address", Times.seconds(1), begun, announcementOf("10.1.0.53"));
        Await.until("the new address on, the old one off", Times.seconds(1),
                () -> link.has("10.1.0.53") && !link.has("10.1.0.52") && link.has(VIP4));
        assertEquals(List.of(), router.transitions(VI, begun));
        observer.assertNoGap("an advertisement", MOST_SILENCE, begun, advertFrom(Lab.address(1)));
        router.awaitStatus("priority 150", Times.seconds(1), status -> status.effectivePriority(VI) == 150);
    }

    @Test
    @DisplayName("an instance that a reload takes out says goodbye and leaves nothing; SIGHUP reloads as well")
    void removedInstanceSaysGoodbye(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        VirtualRouter second = VirtualRouter.named("VI_2").vrid(52).vip("10.1.0.52/24");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4(), second));
        router.awaitMaster(VI);
        router.awaitMaster("VI_2");
        long begun = Await.now();
        router.write(Conf.of(VirtualRouter.ipv4()));
        router.signal("HUP");
        observer.await("priority 0 of the one", Times.seconds(3), begun,
                frame -> frame.vrid() == 52 && frame.priority() == 0);
        Await.until("its VIP gone", Times.seconds(1), () -> !link.has("10.1.0.52"));
        router.awaitStatus("one instance", Times.seconds(1), status -> !status.hasInstance("VI_2"));
        assertEquals(List.of(), router.transitions(VI, begun));
        assertTrue(link.has(VIP4));
    }

    @Test
    @DisplayName("a backup stays a backup through a reload, and hears its master")
    void backupStaysBackup(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Router master = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(200)));
        master.awaitMaster(VI);
        Router backup = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(100)));
        backup.awaitState(VI, RouterState.BACKUP, Times.seconds(10));
        long begun = Await.now();
        backup.write(Conf.of(VirtualRouter.ipv4().priority(110)));
        assertEquals(0, backup.ctl("reload").exit());
        backup.awaitStatus("priority 110", Times.seconds(1), status -> status.effectivePriority(VI) == 110);
        Await.holds("a backup", Times.seconds(1), () -> backup.transitions(VI, begun).isEmpty());
        assertFalse(lab.router(2).hasAddressAnywhere(VIP4));
        assertEquals(RouterState.BACKUP, backup.status().orElseThrow().state(VI));
    }

    @Test
    @DisplayName("twenty reloads beside an unchanged master at 10 ms: its grid stays, and others come, change and go")
    void unchangedInstanceKeepsItsGrid(Lab lab) {
        lab.lan(1);
        Observer observer = lab.observer();
        VirtualRouter unchanged = VirtualRouter.ipv4().every(Times.millis(10));
        Router router = lab.vrrpd(1, Conf.of(unchanged));
        router.awaitMaster(VI);
        long begun = Await.now();
        for (int i = 0; i < 20; i++) {
            VirtualRouter other = VirtualRouter.named("VI_2").vrid(52).priority(100 + i)
                    .vip("10.1.0." + (100 + i) + "/24");
            router.write(i % 4 == 3 ? Conf.of(unchanged) : Conf.of(unchanged, other));
            Shell.Result answer = router.ctl("reload");
            assertEquals(0, answer.exit(), answer.output());
            assertTrue(answer.output().contains("1 unchanged"), answer.output());
        }
        List<Frame> adverts = observer.since(begun, advertFrom(Lab.address(1)).and(frame -> frame.vrid() == 51));
        observer.assertNoGap("an advertisement", Times.masterDown(Times.millis(10), 100), begun,
                advertFrom(Lab.address(1)).and(frame -> frame.vrid() == 51));
        assertOnGrid(adverts, 10_000_000L);
        assertEquals(List.of(), router.transitions(VI, begun));
    }

    /** Lateness of one does not move the next: nine of ten lie within a fifth of the interval of the same grid. */
    private static void assertOnGrid(List<Frame> adverts, long interval) {
        long[] phases = adverts.stream().mapToLong(frame -> frame.time() % interval).sorted().toArray();
        long within = 0;
        for (long phase : phases) {
            long from = phase;
            within = Math.max(within, Arrays.stream(phases)
                    .filter(other -> Math.floorMod(other - from, interval) < interval / 5).count());
        }
        assertTrue(within * 10 >= phases.length * 9L, within + " of " + phases.length + " on one grid");
    }

    @Test
    @DisplayName("a dry run says what would become of each instance, shows no secret, and changes nothing")
    void dryRunChangesNothing(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        VirtualRouter second = VirtualRouter.named("VI_2").version2().vrid(52).vip("10.1.0.52/24")
                .with("authentication {\n auth_type PASS\n auth_pass alpha1\n }");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4(), second));
        router.awaitMaster(VI);
        long begun = Await.now();
        router.write(Conf.of(VirtualRouter.ipv4().priority(150).vip("10.1.0.53/24"),
                VirtualRouter.named("VI_3").vrid(53).vip("10.1.0.59/24")));
        Shell.Result plan = router.ctl("reload", "--dry-run");
        assertEquals(0, plan.exit(), plan.output());
        assertTrue(plan.output().contains("vrrp_instance VI_4: changed, keeps MASTER"), plan.output());
        assertTrue(plan.output().contains("priority 100 -> 150"), plan.output());
        assertTrue(plan.output().contains("virtual_ipaddress + 10.1.0.53/24"), plan.output());
        assertTrue(plan.output().endsWith("1 changed, 1 added, 1 removed"), plan.output());
        assertFalse(plan.output().contains("alpha1"), plan.output());

        router.write(Conf.of(VirtualRouter.ipv4().priority(300)));
        Shell.Result refused = router.ctl("reload", "--dry-run");
        assertEquals(1, refused.exit(), refused.output());
        assertTrue(refused.output().contains("vrrpd.conf:"), refused.output());

        Frame advert = observer.await("an advertisement", Times.seconds(1), Await.now(), advertFrom(Lab.address(1)));
        assertEquals(100, advert.priority());
        assertFalse(link.has("10.1.0.53"));
        assertEquals(List.of(), router.transitions(VI, begun));
        observer.assertNoGap("an advertisement", MOST_SILENCE, begun,
                advertFrom(Lab.address(1)).and(frame -> frame.vrid() == 51));
    }
}
