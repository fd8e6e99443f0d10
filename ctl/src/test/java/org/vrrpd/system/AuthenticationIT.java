package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrpd.proto.effect.RouterState;

/** Passwords and AH of version 2, with Debian's keepalived. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class AuthenticationIT {

    private static final String VI = "VI_4";

    enum Form {
        PASS("PASS", false), AH("AH", false), PASS_UNICAST("PASS", true), AH_UNICAST("AH", true);

        private final String type;
        private final boolean unicast;

        Form(String type, boolean unicast) {
            this.type = type;
            this.unicast = unicast;
        }

        Conf conf(int router, int priority) {
            return conf(router, priority, "secret");
        }

        Conf conf(int router, int priority, String password) {
            VirtualRouter instance = VirtualRouter.ipv4().version2().priority(priority).with("authentication {\n"
                    + "        auth_type " + type + "\n        auth_pass " + password + "\n    }");
            return Conf.of(!unicast ? instance
                    : instance.with("unicast_peer {\n        " + Lab.address(3 - router) + "\n    }"));
        }
    }

    private static boolean only(Lab lab, int router) {
        return lab.router(router).hasAddressAnywhere(VIP4) && !lab.router(3 - router).hasAddressAnywhere(VIP4);
    }

    @DisplayName("ours takes over from keepalived, and its goodbye is believed")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void strongerThanKeepalived(Form form, Lab lab) {
        Link own = lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        KeepalivedPeer peer = lab.keepalived(2, form.conf(2, 100));
        peer.awaitState(VI, RouterState.MASTER, Times.seconds(15));
        Router router = lab.vrrpd(1, form.conf(1, 200));
        router.awaitState(VI, RouterState.MASTER, Times.seconds(15));
        peer.awaitState(VI, RouterState.BACKUP, Times.seconds(15), router.startedAt());
        Await.until("one VIP", Times.seconds(3), () -> only(lab, 1));
        long stopped = Await.now();
        router.stop();
        observer.await("priority 0", Times.seconds(2), stopped,
                advertFrom(Lab.address(1)).and(frame -> frame.priority() == 0));
        long taken = peer.awaitState(VI, RouterState.MASTER, Times.seconds(15), stopped).time();
        assertTrue(taken - stopped <= Times.skew(Times.seconds(1), 100).plus(Times.TOLERANCE).toNanos());
        lab.expectCleanDecode(own.mac());
    }

    @DisplayName("ours yields to keepalived, takes over from it, and preempts it when it has begun to count anew")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void weakerAndStrongerByTurns(Form form, Lab lab) {
        lab.lan(1);
        Link own = lab.lan(2);
        lab.observer();
        Router router = lab.vrrpd(2, form.conf(2, 100));
        router.awaitMaster(VI);
        KeepalivedPeer peer = lab.keepalived(1, form.conf(1, 200));
        peer.awaitState(VI, RouterState.MASTER, Times.seconds(15));
        router.awaitState(VI, RouterState.BACKUP, Times.seconds(15), peer.startedAt());
        long stopped = Await.now();
        peer.stop();
        router.awaitState(VI, RouterState.MASTER, Times.seconds(15), stopped);
        peer.write(form.conf(1, 50));
        peer.start();
        peer.awaitState(VI, RouterState.BACKUP, Times.seconds(15), peer.startedAt());
        long from = Await.now();
        Await.holds("one master", Times.seconds(5), () ->
                peer.transitions(VI, from).isEmpty() && router.transitions(VI, from).isEmpty());
        assertTrue(only(lab, 2));
        lab.expectCleanDecode(own.mac());
    }

    @DisplayName("another password: counted and ignored, and told once")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void wrongPassword(Form form, Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Router router = lab.vrrpd(1, form.conf(1, 100, "secret"));
        router.awaitMaster(VI);
        Router other = lab.vrrpd(2, form.conf(2, 200, "Secret"));
        other.awaitMaster(VI);
        other.awaitState(VI, RouterState.MASTER, Times.seconds(5)); // the log can be behind the status
        long from = Await.now();
        for (Router each : List.of(router, other)) {
            each.awaitStatus("wrong passwords counted", Times.seconds(10), status ->
                    status.counters(VI).get("discardedAuthentication") >= 3);
            assertEquals(List.of(), each.transitions(VI, from));
        }
        assertEquals(1, router.log().since(0, text -> text.contains("discardedAuthentication")).count());
        assertEquals(0, router.log().since(0, text -> text.contains("ecret")).count());
    }

    @Test
    @DisplayName("a packet without a password where one is wanted is a mismatch; it silences keepalived, not ours")
    void withoutPassword(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Form.PASS.conf(1, 100));
        router.awaitMaster(VI);
        KeepalivedPeer peer = lab.keepalived(2, Conf.of(VirtualRouter.ipv4().version2().priority(200)));
        peer.awaitState(VI, RouterState.MASTER, Times.seconds(15));
        long from = Await.now();
        router.awaitStatus("counted", Times.seconds(15), status ->
                status.counters(VI).get("discardedAuthenticationMismatch") >= 1);
        Await.holds("ours advertises on", Times.seconds(4), () -> router.transitions(VI, from).isEmpty());
        observer.assertNoGap("an advertisement", Times.millis(1300), from, advertFrom(Lab.address(1)));
    }
}
