package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.RouterState;

/** vrrpctl log-level, with a daemon that runs. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class LogLevelIT {

    private static final String VI = "VI_4";

    private static Router start(Lab lab) {
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        router.awaitJournal();
        return router;
    }

    @Test
    @DisplayName("debug tells each event, with the names of links, until info ends it")
    void debug(Lab lab) {
        Link link = lab.lan(1);
        Router router = start(lab);
        assertEquals("info", router.ctl("log-level").orFail().output());
        long begun = Await.now();
        assertEquals("debug", router.ctl("log-level", "debug").orFail().output());
        assertEquals("debug", router.ctl("log-level").orFail().output());
        router.awaitLog("deadline", Times.seconds(5), begun);
        link.address("10.1.0.88/32");
        router.awaitLog("address 10.1.0.88/32 was added to eth0", Times.seconds(5), begun);
        router.ctl("log-level", "info").orFail();
        router.awaitLog("the log level is info now, as uid 0", Times.seconds(5), begun);
        Await.until("no event for half a second, five advertisements long", Times.seconds(5), () -> router.log()
                .since(Await.now() - Times.millis(500).toNanos(), text -> true).findAny().isEmpty());
    }

    @Test
    @DisplayName("error hides a change of state, but not that the level was changed, which is on record")
    void error(Lab lab) {
        Link link = lab.lan(1);
        Router router = start(lab);
        long begun = Await.now();
        router.ctl("log-level", "error").orFail();
        router.awaitLog("the log level is error now", Times.seconds(5), begun);
        link.down();
        router.awaitStatus("FAULT", Times.seconds(10), status -> status.state(VI) == RouterState.FAULT);
        assertEquals(1, router.log().since(begun, text -> true).count(), () -> router.log().tail(5));
        String events = router.ctl("events").orFail().output();
        assertTrue(events.contains("log-level error by uid 0"), events);
        Shell.Result wrong = router.ctl("log-level", "loud");
        assertEquals(1, wrong.exit());
        assertEquals("vrrpctl: Expected error, warning, notice, info or debug, but found loud", wrong.output());
    }
}
