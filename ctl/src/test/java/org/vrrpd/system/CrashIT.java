package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.effect.RouterState;

/** kill -9 at any moment, then a start: no VIP where it should not be, and a journal that opens and replays. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class CrashIT {

    private static final String VI = "VI_4";

    @ParameterizedTest(name = "use_vmac {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("killed as master while a peer took over: the VIP it left behind is gone with the next start")
    void staleVipIsRemoved(boolean vmac, Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Router crashed = lab.vrrpd(1, Conf.of(instance(vmac, 100)));
        crashed.awaitMaster(VI);
        crashed.kill();
        assertTrue(lab.router(1).hasAddressAnywhere(VIP4), "nobody can clean up after kill -9");
        Router peer = lab.vrrpd(2, Conf.of(instance(vmac, 200)));
        peer.awaitMaster(VI);
        crashed.start();
        crashed.awaitState(VI, RouterState.BACKUP, Times.seconds(10));
        Await.until("the stale VIP gone", Times.seconds(1), () -> !lab.router(1).hasAddressAnywhere(VIP4));
        Await.holds("a backup without VIP", Times.seconds(1), () -> !lab.router(1).hasAddressAnywhere(VIP4));
        assertEquals(0, crashed.stop());
        assertTrue(!lab.router(1).hasLink("vrrp.51"), "the VMAC outlived the daemon");
    }

    @Test
    @DisplayName("killed as master and alone: master again after the start, with its VIP")
    void masterAgain(Lab lab) {
        lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        router.kill();
        router.start();
        router.awaitState(VI, RouterState.MASTER, Times.seconds(10));
        router.awaitMaster(VI);
        Await.until("the VIP", Times.seconds(1), () -> lab.router(1).hasAddressAnywhere(VIP4));
    }

    @Test
    @DisplayName("killed as backup, again and again: each start goes on with the same journal")
    void backupAgain(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Router master = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(200)));
        master.awaitMaster(VI);
        Router router = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4()));
        for (int crash = 0; crash < 4; crash++) {
            router.awaitState(VI, RouterState.BACKUP, Times.seconds(10));
            router.kill();
            router.start();
        }
        router.awaitState(VI, RouterState.BACKUP, Times.seconds(10));
        assertEquals(List.of(), master.transitions(VI, router.startedAt()));
    }

    @ParameterizedTest(name = "{0} ms after exec")
    @ValueSource(ints = {60, 150, 250, 350, 450, 600, 800})
    @DisplayName("killed while starting: the next start works")
    void killedWhileStarting(int millis, Lab lab) {
        lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("use_vmac")));
        Await.until("the moment", Times.seconds(2),
                () -> Await.now() - router.startedAt() > Times.millis(millis).toNanos());
        router.kill();
        router.start();
        router.awaitState(VI, RouterState.MASTER, Times.seconds(10));
        router.awaitMaster(VI);
    }

    @Test
    @DisplayName("a second daemon on the same journal or control socket is refused, and the first goes on")
    void secondDaemonIsRefused(Lab lab) {
        lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        long begun = Await.now();
        Shell.Result second = Shell.run(lab.router(1).inside(router.command()));
        assertTrue(second.exit() != 0, second.output());
        assertEquals(List.of(), router.transitions(VI, begun));
        router.awaitMaster(VI);
    }

    private static VirtualRouter instance(boolean vmac, int priority) {
        VirtualRouter instance = VirtualRouter.ipv4().priority(priority);
        return vmac ? instance.with("use_vmac") : instance;
    }
}
