package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.VirtualRouter.VIP4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.RouterState;

/** What vrrpctl rehearses is what two daemons do. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class RehearsalIT {

    private static final long SECOND = 1_000_000_000L;
    private static final String VI = "VI_4";
    private static final Duration TOLERANCE = Duration.ofMillis(150);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** As the shipped one, but for the time for which the node is away. */
    private static final String NODE_DIES = """
            at 5s carrier gw1:eth0 off
            at 5s node gw1 kill
            at 11s carrier gw1:eth0 on
            at 11s node gw1 start
            """;

    @Test
    @DisplayName("a node dies and comes back: both change their states when the rehearsal said they would")
    void agreesWithReality(Lab lab) throws IOException {
        Link cable = lab.lan(1);
        lab.lan(2);
        Router one = lab.vrrpd(1, Conf.of(instance(150)));
        Router two = lab.vrrpd(2, Conf.of(instance(100)));
        JsonNode rehearsed = rehearse(lab.directory(), one, two);
        one.awaitState(VI, RouterState.MASTER, LIMIT);
        two.awaitState(VI, RouterState.BACKUP, LIMIT);
        Observer observer = lab.observer();
        long now = Await.now();
        Frame advert = observer.await("an advertisement", LIMIT, now, advertFrom(Lab.address(1)));
        cable.carrier(false);
        one.kill();
        long takenOver = two.awaitState(VI, RouterState.MASTER, LIMIT, advert.time()).time();
        assertAgrees("gw2 takes over", at(rehearsed, "gw2", "MASTER") - 5 * SECOND, takenOver - advert.time());

        cable.carrier(true);
        long restarted = Await.now();
        one.start();
        long backup = one.awaitState(VI, RouterState.BACKUP, LIMIT, restarted).time();
        long master = one.awaitState(VI, RouterState.MASTER, LIMIT, restarted).time();
        long yielded = two.awaitState(VI, RouterState.BACKUP, LIMIT, restarted).time();
        assertAgrees("gw1 is MASTER again", at(rehearsed, "gw1", "MASTER") - at(rehearsed, "gw1", "BACKUP"),
                master - backup);
        assertAgrees("gw2 yields", at(rehearsed, "gw2", "BACKUP") - at(rehearsed, "gw1", "MASTER"), yielded - master);
        Await.until("the address on gw1 alone", Times.seconds(1), () ->
                lab.router(1).hasAddressAnywhere(VIP4) && !lab.router(2).hasAddressAnywhere(VIP4));
    }

    private static VirtualRouter instance(int priority) {
        return VirtualRouter.ipv4().priority(priority).every(Times.seconds(1));
    }

    private static JsonNode rehearse(Path directory, Router one, Router two) throws IOException {
        Path scenario = Files.writeString(directory.resolve("node-dies"), NODE_DIES);
        Shell.Result result = Shell.run(List.of(Programs.vrrpctl().toString(), "rehearse", "--json",
                "--scenario", scenario.toString(), "gw1=" + one.configurationFile(),
                "gw2=" + two.configurationFile()));
        assertEquals(0, result.exit(), result.output());
        JsonNode report = new ObjectMapper().readTree(result.output());
        assertTrue(report.path("disagreements").isEmpty(), result.output());
        return report.path("scenarios").path(0);
    }

    /** When the node entered the state for the first time. */
    private static long at(JsonNode scenario, String node, String state) {
        for (JsonNode each : scenario.path("happenings")) {
            if (each.path("node").asText().equals(node) && each.path("state").asText().equals(state)) {
                return each.path("atNanos").asLong();
            }
        }
        throw new AssertionError("Expected " + node + " to become " + state + ", but found " + scenario);
    }

    private static void assertAgrees(String what, long rehearsed, long real) {
        System.out.printf("FIGURE rehearsal: %s after %.3f s, rehearsed %.3f s%n", what, real / 1e9, rehearsed / 1e9);
        assertTrue(Math.abs(real - rehearsed) <= TOLERANCE.toNanos(), "Expected that " + what + " after "
                + rehearsed / 1e9 + " s, within " + TOLERANCE.toMillis() + " ms, but found " + real / 1e9 + " s");
    }
}
