package org.vrrpd.proto.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.AuthenticationConfiguration;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.GlobalConfiguration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.NotifyConfiguration;
import org.vrrpd.proto.config.ScriptCommand;
import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TrackedProcessConfiguration;
import org.vrrpd.proto.config.TrackingConfiguration;
import org.vrrpd.proto.config.TransportConfiguration;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.effect.ParameterMatch;
import org.vrrpd.proto.narrate.CoreClock;

/** What keepalived 2.2.7 wrote for the same configuration is in the resources, as far as it does not depend on time. */
class DumpsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EPOCH = 1_795_374_484_000_000_000L;
    private static final String TWO = """
            vrrp_sync_group G1 { group { VI_1
             VI_2 } }
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                priority 120
                version 2
                garp_master_refresh 60
                virtual_ipaddress {
                    10.1.0.51/24 brd 10.1.0.255
                    10.1.0.61/24 dev eth1 scope link label eth1:x
                    10.1.0.62
                    10.3.0.63/24 scope site noprefixroute no_track
                }
                virtual_ipaddress_excluded {
                    10.4.0.71/24 scope 33
                    fd00::71/64
                    fd00::72/128
                    fd00::73/64 home -nodad mngtmpaddr preferred_lft 55
                }
                track_interface { eth1 weight 0 }
            }
            vrrp_instance VI_2 {
                interface eth0
                virtual_router_id 52
                priority 110
                advert_int 0.5
                version 3
                nopreempt
                virtual_ipaddress { fe80::5/64
                fd00::52/64 }
            }
            """;

    private static final String ONE = """
            vrrp_instance V2 {
            interface eth0
            virtual_router_id 51
            priority 100
            virtual_ipaddress { 192.0.2.10/24 }
            }
            """;

    private static CoreFixture twoMasters() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "10.1.0.1/24", "fe80::2/64");
        core.kernel.linkReady("eth1");
        core.started().configured(TWO);
        return core.advance(5 * CoreFixture.SECOND);
    }

    private static CoreView view(CoreFixture core) {
        return core.processor.core().view();
    }

    private static String dump(DumpKind kind, CoreView view) throws IOException {
        StringWriter out = new StringWriter();
        Dumps.write(kind, view, new CoreClock(EPOCH), ZoneOffset.UTC, out);
        return out.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DumpsTest.class.getResourceAsStream("/dumps/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void jsonIsWhatKeepalivedWrites() throws IOException {
        JsonNode expected = JSON.readTree(resource("keepalived-2.2.7.json"));
        JsonNode found = JSON.readTree(dump(DumpKind.JSON, view(twoMasters())));
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            for (String half : List.of("data", "stats")) {
                JsonNode theirs = expected.path(i).path(half);
                JsonNode ours = found.path(i).path(half);
                assertEquals(names(theirs), names(ours), "the same names in the same order");
                for (String name : names(theirs)) {
                    if (!List.of("last_transition", "advert_sent").contains(name)) {
                        assertEquals(theirs.path(name), ours.path(name), theirs.path("iname") + " " + name);
                    }
                }
            }
            assertTrue(found.path(i).path("stats").path("advert_sent").asLong() > 1);
        }
    }

    @Test
    void lastTransitionIsWallTimeInMicroseconds() throws IOException {
        CoreView view = view(master(ONE));
        InstanceView instance = view.instances().get(0);
        long micros = Math.floorDiv(EPOCH + instance.sinceNanos(), 1000);
        assertTrue(dump(DumpKind.JSON, view).contains(
                "\"last_transition\":%d.%06d,".formatted(micros / 1_000_000, micros % 1_000_000)));
    }

    @Test
    void statisticsAreWhatKeepalivedWrites() throws IOException {
        String found = dump(DumpKind.STATS, view(twoMasters()));
        assertEquals(resource("keepalived-2.2.7.stats"), found.replaceAll("Sent: [1-9]\\d*", "Sent: N"));
    }

    @Test
    void clearedStatisticsBeginAtZero() throws IOException {
        CoreFixture core = twoMasters();
        core.asked(0, "clear-statistics");
        assertFalse(dump(DumpKind.STATS, view(core)).matches("(?s).*: [1-9].*"));
        core.advance(CoreFixture.SECOND);
        assertTrue(dump(DumpKind.STATS, view(core)).contains("    Sent: 1\n"));
    }

    @Test
    void aBackupKnowsItsMasterAndHoldsNothing() throws IOException {
        CoreFixture core = running(ONE);
        JsonNode data = JSON.readTree(dump(DumpKind.JSON, view(core))).path(0).path("data");
        assertEquals(1, data.path("state").asInt());
        assertEquals(1, data.path("wantstate").asInt());
        assertFalse(data.path("vipset").asBoolean());
        assertEquals("192.0.2.10/24 dev eth0 scope global", data.path("vips").path(0).asText());
    }

    @Test
    void aFaultIsInStateAndWantedState() throws IOException {
        CoreFixture core = twoMasters();
        core.kernel.setCarrier(core.kernel.byName("eth1"), false);
        JsonNode dump = JSON.readTree(dump(DumpKind.JSON, view(core.pump())));
        assertEquals(3, dump.path(0).path("data").path("state").asInt());
        assertEquals(3, dump.path(0).path("data").path("wantstate").asInt());
        assertEquals(3, dump.path(1).path("data").path("state").asInt(), "by its group");
        assertEquals(1, dump.path(1).path("data").path("wantstate").asInt(), "not by itself");
    }

    @Test
    void everythingElseHasItsName() throws IOException {
        JsonNode data = JSON.readTree(dump(DumpKind.JSON, withEverything(1))).path(0).path("data");
        assertEquals("'/bin/b' 'a b'", data.path("script_backup").asText());
        assertEquals(List.of("smtp_alert", "notify_deleted", "script_backup", "script_master", "script_fault",
                "script_stop", "script_deleted", "script", "script_master_rx_lower_pri", "vips", "track_ifp",
                "track_script", "track_process", "auth_type", "auth_data"),
                names(data).subList(names(data).indexOf("smtp_alert"), names(data).size()));
        assertTrue(data.path("notify_deleted").isBoolean());
        assertEquals("'/bin/check'", data.path("track_script").path(0).asText());
        assertEquals("tp", data.path("track_process").path(0).asText());
        assertEquals(1, data.path("auth_type").asInt());
        assertEquals("********", data.path("auth_data").asText());
    }

    @Test
    void versionTwoIsAnObject() throws IOException {
        JsonNode dump = JSON.readTree(dump(DumpKind.JSON, withEverything(2)));
        assertEquals(List.of("vrrp", "track_process"), names(dump));
        assertEquals("V2", dump.path("vrrp").path(0).path("data").path("iname").asText());
        JsonNode process = dump.path("track_process").path(0);
        assertEquals(List.of("process", "parameters", "param_match", "min_processes", "max_processes",
                "current_processes", "have_quorum", "weight", "terminate_delay", "fork_delay",
                "fork_delay_timer_running", "terminate_delay_timer_running", "full_command"), names(process));
        assertEquals("sleep", process.path("process").asText());
        assertEquals(0, process.path("current_processes").asInt());
        assertFalse(process.path("have_quorum").asBoolean());
    }

    @Test
    void trackersAreToldAsTheyStand() throws IOException {
        CoreFixture core = running("vrrp_script chk {\nscript \"/bin/true\"\n}\n"
                + ONE.replace("priority 100", "priority 100\ntrack_script { chk weight 5 }"));
        List<String> lines = dump(DumpKind.DATA, view(core)).lines().toList();
        assertTrue(lines.containsAll(List.of("------< VRRP Scripts >------", " VRRP Script = chk",
                "   Tracking instances :", "     V2, weight 5")), String.join("\n", lines));
        assertTrue(lines.stream().anyMatch(line -> line.matches("   Status = (INIT|GOOD|BAD)")),
                String.join("\n", lines));
    }

    @Test
    void noDumpTellsAPassword() throws IOException {
        for (DumpKind kind : DumpKind.values()) {
            assertFalse(dump(kind, withEverything(1)).contains("secret12"), kind.word());
        }
    }

    @Test
    void dataHasTheLinesThatToolsLookFor() throws IOException {
        List<String> lines = dump(DumpKind.DATA, view(twoMasters())).lines().toList();
        assertTrue(lines.containsAll(List.of(
                "------< Global definitions >------", "------< VRRP Topology >------", " VRRP Instance = VI_1",
                "   State = MASTER", "   Wantstate = MASTER", "   Interface = eth0", "   Virtual Router ID = 51",
                "   Priority = 120", "   Effective priority = 120", "   Virtual IP (4):",
                "     10.1.0.51/24 brd 10.1.0.255 dev eth0 scope global set", "   Using src_ip = 10.1.0.1",
                "   Gratuitous ARP delay = 5", "   Advert interval = 500 milli-sec", "   Sync group = G1",
                "------< VRRP Sync groups >------", " VRRP Sync Group = G1, MASTER")), String.join("\n", lines));
        assertTrue(lines.stream().anyMatch(line ->
                line.matches("   Last transition = \\d+\\.\\d{6} \\(\\w{3} \\w{3} [ \\d]\\d .* 2026\\)")));
    }

    private static CoreView withEverything(int jsonVersion) {
        CoreView view = view(master(ONE));
        InstanceView instance = view.instances().get(0);
        InstanceConfiguration old = instance.detail().configuration();
        TransportConfiguration transport = old.transport();
        ScriptCommand command = new ScriptCommand(List.of("/bin/b", "a b"), "", "");
        InstanceConfiguration all = new InstanceConfiguration(
                old.name(), old.interfaceName(), old.vrid(), old.family(), old.version(), old.basePriority(),
                old.advertisementIntervalNanos(), old.election(),
                new TransportConfiguration(transport.sourceAddress(), false, transport.multicastGroup(), null,
                        new AuthenticationConfiguration(AuthenticationConfiguration.Type.PASS, "secret12"),
                        false, false),
                new TrackingConfiguration(true, List.of(new Tracked("eth1", 0, false)),
                        List.of(new Tracked("chk", 5, true)), List.of(), List.of(new Tracked("tp", 0, false))),
                null, old.virtualAddresses(), List.of(), true, old.garp(), false,
                new NotifyConfiguration(command, command, command, command, command, true, command, command, true));
        CoreView.Detail detail = new CoreView.Detail(all, instance.detail().wanted(), "", instance.detail().source(),
                Long.MAX_VALUE, instance.detail().masterDownNanos());
        InstanceView complete = new InstanceView(
                instance.name(), instance.state(), instance.sinceNanos(), 1, "", instance.interfaceName(), 51,
                instance.family(), 2, 100, 100, CoreFixture.SECOND, instance.addresses(), List.of(), "", null, 0,
                CoreFixture.SECOND, null, instance.counters(), detail);
        GlobalConfiguration none = GlobalConfiguration.DEFAULT;
        GlobalConfiguration global = new GlobalConfiguration(
                0, 0, List.of(), false, false, null, none.startupScriptTimeoutNanos(), null,
                none.shutdownScriptTimeoutNanos(), jsonVersion, "", "", "", false);
        Configuration configuration = new Configuration("lab", global,
                List.of(new ScriptConfiguration("chk", new ScriptCommand(List.of("/bin/check"), "", ""),
                        CoreFixture.SECOND, CoreFixture.SECOND, 1, 1, false)),
                List.of(), List.of(new TrackedProcessConfiguration("tp", "sleep", List.of(), ParameterMatch.EXACT,
                        false, 1, TrackedProcessConfiguration.UNLIMITED, 0, 0)),
                List.of(), List.of(all), List.of());
        return new CoreView("lab", 0, view.coreNanos(), view.sequence(), List.of(complete), List.of(), List.of(),
                configuration, 0);
    }
}
