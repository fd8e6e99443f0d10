package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.inet.IpAddress;

/** A keepalived.conf as it stands on an edge router: nothing in it is an error, and what is skipped is named. */
class OperatorConfigurationTest {

    private static final long SECOND = 1_000_000_000L;
    private static final LoadResult RESULT =
            ConfigurationLoader.load(Path.of("src/test/resources/operator.conf"), Surroundings.fixed("edge1"));

    private static InstanceConfiguration instance(String name) {
        return RESULT.configuration().instances().stream()
                .filter(instance -> instance.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void onlyWhatIsSkippedIsReported() {
        List<String> problems = RESULT.problems().stream()
                .map(problem -> problem.line() + " " + problem.severity() + " " + problem.message().split(":")[0])
                .toList();
        assertEquals(List.of(
                "6 WARNING notification_email is skipped",
                "10 WARNING notification_email_from is skipped",
                "11 WARNING smtp_server is skipped",
                "12 WARNING smtp_connect_timeout is skipped",
                "17 WARNING vrrp_rt_priority is skipped",
                "20 WARNING lvs_flush is not VRRP",
                "21 WARNING enable_snmp_vrrp is skipped",
                "75 WARNING smtp_alert is skipped",
                "92 WARNING virtual_routes is skipped",
                "165 WARNING virtual_server_group is not VRRP",
                "170 WARNING virtual_server is not VRRP",
                "189 WARNING virtual_server is not VRRP"), problems);
    }

    @Test
    void theTransportIsReadWhole() {
        InstanceConfiguration wan = instance("WAN4");
        assertEquals("bond0.10", wan.interfaceName());
        assertEquals(IpAddress.parse("198.51.100.2"), wan.transport().sourceAddress());
        assertEquals(254, wan.transport().unicast().peers().get(0).minTimeToLive());
        assertTrue(wan.transport().unicast().checkSource());
        assertEquals("s3cr#t!", wan.transport().authentication().password());
        assertEquals("12345678", instance("LAN4").transport().authentication().password());
        assertNull(instance("LAN6").transport().unicast());
        assertEquals(254, instance("WAN6").election().timerExpiredPriority());
        assertEquals(60 * SECOND, wan.garp().refreshNanos());
    }

    @Test
    void trackersOfInstancesAndGroupsAreTogether() {
        TrackingConfiguration wan = instance("WAN4").tracking();
        assertEquals(List.of(new Tracked("chk_haproxy", -60, false), new Tracked("chk_gateway", 0, false)),
                wan.scripts());
        assertEquals(List.of(new Tracked("haproxy", 10, false)), wan.processes());
        assertEquals(List.of(new Tracked("eth0", -20, false)), wan.interfaces());
        assertEquals(List.of(new Tracked("maintenance", -1, false)), instance("LAN4").tracking().files());
        assertEquals(List.of(new Tracked("haproxy", 10, false)), instance("LAN4").tracking().processes());
        assertEquals(List.of(new Tracked("chk_gateway", 0, false)), instance("WAN6").tracking().scripts());
        assertEquals(
                List.of(new ScriptConfiguration("chk_haproxy",
                        new ScriptCommand(List.of("/usr/bin/systemctl", "is-active", "--quiet", "haproxy"),
                                "keepalived_script", ""), 2 * SECOND, SECOND, 2, 3, true),
                        new ScriptConfiguration("chk_gateway",
                                new ScriptCommand(List.of("/usr/bin/ping", "-c", "1", "-W", "1", "198.51.100.254"),
                                        "nobody", "nogroup"), 5 * SECOND, 5 * SECOND, 1, 1, false)),
                RESULT.configuration().scripts());
        assertEquals(List.of(new LinkDelay("bond0.10", SECOND / 2, 2 * SECOND)), RESULT.configuration().linkDelays());
    }

    @Test
    void commandsAreReadWithTheirUsers() {
        SyncGroupConfiguration edge = RESULT.configuration().syncGroups().get(0);
        assertTrue(edge.trackingWeight());
        assertEquals(new ScriptCommand(List.of("/etc/keepalived/group.sh", "master", "edge group"),
                "keepalived_script", ""), edge.notifications().master());
        assertEquals("root", edge.notifications().backup().user());
        assertEquals(List.of("/etc/keepalived/notify.sh", "fault", "lan side"),
                instance("LAN4").notifications().fault().arguments());
        assertEquals(List.of("/etc/keepalived/notify.sh"), instance("WAN4").notifications().any().arguments());
        assertEquals(
                List.of(new FifoConfiguration("/run/keepalived/vrrp.fifo", "root", "adm", new ScriptCommand(
                        List.of("/usr/local/bin/vrrp-events", "--fifo"), "root", ""))),
                RESULT.configuration().global().fifos());
        assertTrue(RESULT.configuration().global().scriptSecurity());
    }

    @Test
    void itSurvivesPrinting() {
        String printed = ConfigurationPrinter.print(RESULT.configuration());
        assertEquals(RESULT.configuration(), ConfigurationParser.parseCanonical(printed));
        LoadResult again = ConfigurationParser.parse(printed, "printed.conf", "edge1");
        assertEquals(List.of(), again.problems());
        assertEquals(RESULT.configuration(), again.configuration());
    }
}
