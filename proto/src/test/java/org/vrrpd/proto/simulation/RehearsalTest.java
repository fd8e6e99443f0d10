package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.simulation.Rehearsal.Node;
import org.vrrpd.proto.simulation.Rehearsal.Shipped;
import org.vrrpd.proto.simulation.Timeline.Span;

class RehearsalTest {

    /** RFC 9568 section 6.1: a Master_Down_Interval is 3 s and the skew, here (256 - priority) / 256 s. */
    private static final double SKEW_150 = 106 / 256.0;
    private static final double SKEW_100 = 156 / 256.0;
    private static final double DOWN_150 = 3 + SKEW_150;
    private static final double DOWN_100 = 3 + SKEW_100;
    /** Four intervals of a second, and what is always given. */
    private static final double LATER = 9;
    private static final String GATEWAY = """
            vrrp_instance V {
                interface eno1
                virtual_router_id 51
                version 3
                priority %d
                virtual_ipaddress {
                    192.168.1.5/24
                }
            }
            """;

    static Node node(String name, String text) {
        LoadResult result = ConfigurationParser.parse(text, name + ".conf", name);
        assertFalse(result.hasErrors(), result.problems().toString());
        return new Node(name, result.configuration(), result.places());
    }

    private static Rehearsal gateways(int... priorities) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < priorities.length; i++) {
            nodes.add(node("gw" + (i + 1), GATEWAY.formatted(priorities[i])));
        }
        return new Rehearsal(nodes, Rehearsal.USUAL_SEED);
    }

    private static Rehearsed shipped(Rehearsal rehearsal, String name) {
        Shipped shipped = Rehearsal.shipped().stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow();
        return rehearsal.run(shipped.name(), shipped.about(), shipped.text());
    }

    /** From and until in hundredths of a second, which is what a path takes and a router waits for at the start. */
    private static String text(List<Span> spans) {
        return String.join(", ", spans.stream().filter(span -> span.nanos() >= 1_000_000)
                .map(span -> hundredths(span.fromNanos() / 1e9) + "-" + hundredths(span.untilNanos() / 1e9) + " "
                        + String.join("+", span.nodes())).toList());
    }

    private static String hundredths(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }

    private static String span(double from, double until, String nodes) {
        return hundredths(from) + "-" + hundredths(until) + " " + nodes;
    }

    private static void assertSpans(Rehearsed rehearsed, String masters, String served) {
        assertEquals(1, rehearsed.routers().size());
        assertEquals(masters, text(rehearsed.routers().get(0).masters()), rehearsed.name());
        assertEquals(served, text(rehearsed.routers().get(0).addresses().get(0).served()), rehearsed.name());
        assertTrue(rehearsed.settled());
        assertTrue(rehearsed.isWhole());
        assertEquals(DOWN_150, rehearsed.startNanos() / 1e9, 0.001, "the first election");
    }

    private static Rehearsal lan(int nodes) {
        return nodes == 2 ? gateways(150, 100) : gateways(150, 100, 50);
    }

    @ParameterizedTest(name = "{0} nodes")
    @CsvSource({"2", "3"})
    @DisplayName("whose machine dies is missed for a Master_Down_Interval, and takes over again after its own")
    void nodeDies(int nodes) {
        double taken = 5 + DOWN_100;
        double back = 5 + LATER + DOWN_150;
        double end = 5 + 2 * LATER;
        String expected = span(0, 5, "gw1") + ", " + span(5, taken, "") + ", " + span(taken, back, "gw2") + ", "
                + span(back, end, "gw1");
        assertSpans(shipped(lan(nodes), "node dies"), expected, expected);
    }

    @ParameterizedTest(name = "{0} nodes")
    @CsvSource({"2", "3"})
    @DisplayName("the address of a daemon that was killed stays, so two answer for it until it is started again")
    void daemonDies(int nodes) {
        double taken = 5 + DOWN_100;
        double started = 5 + LATER;
        double back = started + DOWN_150;
        double end = 5 + 2 * LATER;
        Rehearsed rehearsed = shipped(lan(nodes), "daemon dies");
        assertSpans(rehearsed,
                span(0, 5, "gw1") + ", " + span(5, taken, "") + ", " + span(taken, back, "gw2") + ", "
                        + span(back, end, "gw1"),
                span(0, 5, "gw1") + ", " + span(5, taken, "gw1") + ", " + span(taken, started, "gw1+gw2") + ", "
                        + span(started, back, "gw2") + ", " + span(back, end, "gw1"));
        Span overlap = rehearsed.routers().get(0).addresses().get(0).overlaps().get(0);
        assertEquals("[Holder[node=gw1, leftBehind=true], Holder[node=gw2, leftBehind=false]]",
                overlap.holders().toString());
    }

    @ParameterizedTest(name = "{0} nodes")
    @CsvSource({"2", "3"})
    @DisplayName("behind a dead link nobody is reached for a Master_Down_Interval")
    void linkDies(int nodes) {
        double taken = LATER + DOWN_100;
        double back = 2 * LATER + DOWN_150;
        String expected = span(0, LATER, "gw1") + ", " + span(LATER, taken, "") + ", " + span(taken, back, "gw2") + ", "
                + span(back, 3 * LATER, "gw1");
        assertSpans(shipped(lan(nodes), "link dies"), expected, expected);
    }

    @ParameterizedTest(name = "{0} nodes")
    @CsvSource({"2", "3"})
    @DisplayName("two parts of a switch have a MASTER each, until the lower one advertises to the higher one")
    void switchPartitions(int nodes) {
        double taken = 5 + DOWN_100;
        double agreed = taken + 6;
        String expected = span(0, taken, "gw1") + ", " + span(taken, agreed, "gw1+gw2") + ", "
                + span(agreed, 5 + 2 * LATER, "gw1");
        assertSpans(shipped(lan(nodes), "switch partitions"), expected, expected);
    }

    @ParameterizedTest(name = "{0} nodes")
    @CsvSource({"2", "3"})
    @DisplayName("a machine that stood still is MASTER again as soon as it goes on")
    void nodePauses(int nodes) {
        double taken = 5 + DOWN_100;
        double resumed = 5 + LATER;
        String expected = span(0, 5, "gw1") + ", " + span(5, taken, "") + ", " + span(taken, resumed, "gw2") + ", "
                + span(resumed, 5 + 2 * LATER, "gw1");
        assertSpans(shipped(lan(nodes), "node pauses"), expected, expected);
    }

    @ParameterizedTest(name = "{0} nodes")
    @CsvSource({"2", "3"})
    @DisplayName("who is stopped says so, and the next takes over after its skew; the others are not missed")
    void rollingRestart(int nodes) {
        double taken = LATER + SKEW_100;
        double back = LATER + 2 + DOWN_150;
        double end = nodes * (LATER + 2) + LATER;
        String expected = span(0, LATER, "gw1") + ", " + span(LATER, taken, "") + ", " + span(taken, back, "gw2")
                + ", " + span(back, end, "gw1");
        assertSpans(shipped(lan(nodes), "rolling restart"), expected, expected);
    }

    @Test
    @DisplayName("when the end leaves an address with nobody, or with two, that is no good end")
    void ends() {
        Rehearsal rehearsal = gateways(150, 100);
        assertFalse(rehearsal.run("s", "", "at 1s link gw1:eno1 down\nat 1s node gw2 stop").isWhole());
        assertFalse(rehearsal.run("s", "", "at 1s cut all").isWhole());
        assertTrue(rehearsal.run("s", "", "at 1s link gw1:eno1 down").isWhole());
    }

    @Test
    @DisplayName("one seed, one result")
    void deterministic() {
        assertEquals(shipped(gateways(150, 100), "node pauses"), shipped(gateways(150, 100), "node pauses"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", value = {
        "at 5s node gw3 kill => Expected a node, one of gw1, gw2, but found gw3",
        "at 5s link gw1:eth0 down => Expected an interface of gw1, one of eno1, but found eth0",
        "at 5s cut gw1 <-> gw9 => Expected a node, one of gw1, gw2, but found gw9",
        "at 5s split gw1 gw9 => Expected a node, one of gw1, gw2, but found gw9",
        "at 5s script gw1 chk exits 1 => Expected a vrrp_script that gw1 tracks, of which there is none, but found chk",
        "at 5s edit gw1 instance W gone => Expected an instance or group of gw1, one of V, but found W",
        "at 5s edit gw1 script chk back => "
                + "Expected a vrrp_script that gw1 tracks, of which there is none, but found chk",
        "at 5s edit gw1 instance V untrack file load => "
                + "Expected a track_file of gw1, of which there is none, but found load",
        "at 5s jitter all soon => Expected a duration such as 5s, 250ms or 2min, but found soon",
        "at soon node gw1 kill => Expected a duration such as 5s, 250ms or 2min, but found soon",
        "at -5s node gw1 kill => Expected a time from 0s on, but found -5s",
        "node gw1 kill => Expected at TIME …, or until TIME, but found node gw1 kill",
        "at 5s node gw1 explode => Expected node ROUTER (start|stop|kill|pause|resume|reload), but found gw1 explode",
    })
    @DisplayName("a statement that would befall nobody is refused with its line, and what there is")
    void refuses(String line, String message) {
        assertEquals("story:2: " + message, assertThrows(IllegalArgumentException.class,
                () -> gateways(150, 100).run("story", "", "# a comment\n" + line)).getMessage());
    }

    @Test
    @DisplayName("links that the scenario makes or renames can be named from then on")
    void newLinks() {
        Rehearsed rehearsed = gateways(150, 100).run("s", "", """
                at 1s rename-link gw1:eno1 lan0
                at +1s link gw1:lan0 down
                at later rename-link gw1:lan0 eno1
                at +0s link gw1:eno1 up
                """);
        assertEquals("[at 1, at 2, at 11, at 11]", rehearsed.happenings().stream()
                .filter(each -> each.node().isEmpty()).map(each -> "at " + each.atNanos() / 1_000_000_000L).toList()
                .toString());
    }

    @Test
    @DisplayName("an operator's file of two sync groups, unicast, a VMAC, delays and trackers plays through")
    void operatorsFile() throws IOException {
        String one = Files.readString(Path.of("src/test/resources/operator.conf"));
        String two = one.replace("priority 150", "priority 140").replace("priority 100", "priority 90")
                .replace("unicast_src_ip 198.51.100.2", "unicast_src_ip 198.51.100.3")
                .replace("198.51.100.3 min_ttl", "198.51.100.2 min_ttl");
        Rehearsal rehearsal = new Rehearsal(List.of(node("edge1", one), node("edge2", two)), 1);
        assertEquals(List.of(), rehearsal.disagreements());
        for (Shipped each : Rehearsal.shipped()) {
            Rehearsed rehearsed = rehearsal.run(each.name(), each.about(), each.text());
            assertTrue(rehearsed.isWhole(), each.name());
            assertTrue(rehearsed.settled(), each.name());
            assertEquals(4, rehearsed.routers().size());
        }
        Rehearsed failed = rehearsal.run("s", "", "at 1s script edge1 chk_gateway exits 1");
        assertEquals("edge2", failed.routers().get(0).addresses().get(0).holdersAtEnd().get(0).node());
        Rehearsed files = rehearsal.run("s", "", "at 1s file edge1 maintenance holds 40");
        assertTrue(files.happenings().stream().anyMatch(each -> each.text().contains("maintenance")));
        assertTrue(rehearsal.assumptions().contains("edge1: vrrp_script chk_gateway succeeds, unless the scenario"
                + " says: script edge1 chk_gateway exits 1"), rehearsal.assumptions().toString());
    }

    @Test
    @DisplayName("one VRID on two interfaces is two routers, and a fault of one is none of the other")
    void oneVridOnTwoWires() {
        String text = GATEWAY.formatted(150) + GATEWAY.formatted(150).replace(" V ", " W ")
                .replace("eno1", "eno2").replace("192.168.1.5", "10.0.0.5");
        String other = text.replace("priority 150", "priority 100").replace("eno1", "lan").replace("eno2", "eno1");
        Rehearsal rehearsal = new Rehearsal(List.of(node("gw1", text), node("gw2", other)), 1);
        assertEquals(List.of(), rehearsal.disagreements());
        Rehearsed rehearsed = rehearsal.run("s", "", "at 1s link gw1:eno1 down");
        assertEquals("[192.168.1.5 by [gw2], 10.0.0.5 by [gw1]]", rehearsed.routers().stream()
                .flatMap(router -> router.addresses().stream()).map(each -> each.address() + " by "
                        + each.holdersAtEnd().stream().map(Timeline.Holder::node).toList()).toList().toString());
    }
}
