package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.simulation.Timeline.Holder;
import org.vrrpd.proto.simulation.Timeline.RouterId;
import org.vrrpd.proto.simulation.Timeline.Span;

class TimelineTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    /** RFC 9568 section 6.1, of priority 150 and 100 and an interval of a second: 3 s and the skew. */
    private static final long DOWN_150 = 3 * SECOND + 106 * SECOND / 256;
    private static final long DOWN_100 = 3 * SECOND + 156 * SECOND / 256;
    private static final IpAddress VIP = IpAddress.parse("192.168.1.5");

    /** The names of instances differ, since they need not agree. */
    private static Lan lan() {
        Map<String, Configuration> configurations = new TreeMap<>();
        configurations.put("gw1", gateway("first", 150));
        configurations.put("gw2", gateway("second", 100));
        Lan lan = new Lan(1);
        Premises.build(lan, configurations);
        return lan;
    }

    private static Configuration gateway(String name, int priority) {
        return ConfigurationParser.parse("""
                vrrp_instance %s {
                    interface eno1
                    virtual_router_id 51
                    version 3
                    priority %d
                    virtual_ipaddress { 192.168.1.5/24 }
                }
                """.formatted(name, priority), "gw.conf", "host").configuration();
    }

    private static Timeline run(Lan lan, String scenario) {
        Timeline timeline = Timeline.of(lan);
        lan.routers().forEach(lan::start);
        Scenario parsed = Scenario.parse("story", scenario);
        Director.arrange(lan, parsed);
        lan.runTo(parsed.untilNanos());
        return timeline;
    }

    private static RouterId router(Timeline timeline) {
        assertEquals("[IPv4 51]", timeline.routers().toString());
        assertEquals(List.of(VIP), timeline.addresses(timeline.routers().get(0)));
        return timeline.routers().get(0);
    }

    /** Paths take less than a tenth of a millisecond: what is below is not told. */
    private static String text(List<Span> spans) {
        List<String> texts = new ArrayList<>();
        spans.forEach(each -> texts.add(each.fromNanos() / MILLISECOND + "-" + each.untilNanos() / MILLISECOND
                + " " + String.join("+", each.nodes())));
        return String.join(", ", texts);
    }

    @Test
    @DisplayName("a killed MASTER is MASTER no more, but its address is left behind until it starts again")
    void killed() {
        Timeline timeline = run(lan(), "at 10s node gw1 kill\nat 20s node gw1 start\nuntil 22s");
        RouterId id = router(timeline);
        long lastAdvert = DOWN_150 + 6 * SECOND;
        long first = DOWN_150 / MILLISECOND;
        long second = (lastAdvert + DOWN_100) / MILLISECOND;
        assertEquals("0-" + first + " , " + first + "-10000 gw1, 10000-" + second + " , " + second + "-22000 gw2",
                text(timeline.masters(id)));
        assertEquals("0-" + first + " , " + first + "-10000 gw1, 10000-" + second + " gw1, "
                + second + "-20000 gw1+gw2, 20000-22000 gw2", text(timeline.served(id, VIP)));
        assertEquals(List.of(new Holder("gw1", true)), timeline.served(id, VIP).get(2).holders());
        assertEquals("0-" + first + " ", text(timeline.absences(id)));
        assertEquals(second + "-20000 gw1+gw2", text(timeline.overlaps(id)));
    }

    @Test
    @DisplayName("a node that stands still serves nobody; when it goes on, it and the other agree at once")
    void paused() {
        Timeline timeline = run(lan(), "at 10s node gw1 pause\nat 20s node gw1 resume\nuntil 20100ms");
        RouterId id = router(timeline);
        long second = (DOWN_150 + 6 * SECOND + DOWN_100) / MILLISECOND;
        assertTrue(text(timeline.absences(id)).endsWith(", 10000-" + second + " "), text(timeline.absences(id)));
        assertEquals(second + "-20000 gw2, 20000-20000 gw1+gw2, 20000-20100 gw1",
                text(timeline.masters(id)).replaceFirst(".*, 10000-" + second + " , ", ""));
        assertEquals("20000-20000 gw1+gw2", text(timeline.overlaps(id)));
        assertEquals("[paused, resumed]", timeline.entries().stream()
                .filter(each -> !each.isTransition() && each.atNanos() > 0).map(Timeline.Entry::cause).toList()
                .toString());
    }

    @Test
    @DisplayName("behind a link that is down an address is there and serves nobody, even if no daemon takes it away")
    void unreachable() {
        Timeline timeline = run(lan(), """
                at 10s node gw1 kill
                at 11s link gw1:eno1 down
                at 15s node gw2 kill
                at 16s carrier gw2:eno1 off
                until 17s
                """);
        RouterId id = router(timeline);
        long second = (DOWN_150 + 6 * SECOND + DOWN_100) / MILLISECOND;
        assertEquals("0-" + DOWN_150 / MILLISECOND + " , 11000-" + second + " , 16000-17000 ",
                text(timeline.absences(id)));
        assertEquals("", text(timeline.overlaps(id)));
    }

    @Test
    @DisplayName("two that cannot hear each other overlap until they can, and each transition names its cause")
    void overlap() {
        Timeline timeline = run(lan(), "at 10s cut gw1 <-> gw2\nat 20s heal gw1 <-> gw2\nuntil 22s");
        RouterId id = router(timeline);
        long second = (DOWN_150 + 6 * SECOND + DOWN_100) / MILLISECOND;
        // what gw2 advertises next is answered at once: RFC 9568 section 6.4.3
        assertEquals(second + "-" + (second + 7000) + " gw1+gw2", text(timeline.overlaps(id)));
        Timeline.Entry last = timeline.entries().get(timeline.entries().size() - 1);
        assertEquals("gw2 second", last.node() + " " + last.instance());
        assertEquals("MASTER BACKUP", last.from() + " " + last.to());
        assertTrue(last.cause().contains("priority"), last.cause());
    }
}
