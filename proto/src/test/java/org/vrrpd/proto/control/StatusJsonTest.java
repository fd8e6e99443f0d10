package org.vrrpd.proto.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.AddressView;
import org.vrrpd.proto.core.CoreView.Counter;
import org.vrrpd.proto.core.CoreView.FaultView;
import org.vrrpd.proto.core.CoreView.GroupView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.core.CoreView.TrackerView;
import org.vrrpd.proto.core.TrackerCondition;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.narrate.CoreClock;

/** The names are an interface: this test is allowed to grow and not to change. */
class StatusJsonTest {

    private static final long SECOND = 1_000_000_000L;
    /** Core time 0 was 2026-11-22T12:00:00Z. */
    private static final Instant ZERO = Instant.parse("2026-11-22T12:00:00Z");
    private static final Status.Journal JOURNAL =
            new Status.Journal(true, ZERO, 1_204_113, 4096, 0, "/var/lib/vrrpd/journal", "");

    private static Status status(Status.Journal journal) {
        InstanceView instance = new InstanceView(
                "XN_VI_ipv6", RouterState.FAULT, 5 * SECOND + 1_000_000, 88_213, "link eno1 lost carrier",
                "eno1", 51, Family.IPV6, 3, 32, 30, SECOND,
                List.of(new AddressView(IpAddress.parse("fe80::200:5eff:fe00:205"), 64, "vrrp.51", false, false,
                        null)),
                List.of(new FaultView(FaultReason.NO_CARRIER, "eno1", "", 5 * SECOND, 88_213)),
                "XN", IpAddress.parse("fe80::1"), 200, SECOND / 4, null,
                List.of(new Counter("advertisementsSent", 12)), null);
        CoreView view = new CoreView("gw1", SECOND, 9 * SECOND, 99, List.of(instance),
                List.of(new GroupView("XN", RouterState.FAULT, 5 * SECOND, List.of("XN_VI_ipv4", "XN_VI_ipv6"))),
                List.of(new TrackerView("vrrp_script", "chk_http", TrackerCondition.FAILED, "exited with status 1",
                        5 * SECOND, 0)), Configuration.EMPTY, 20 * SECOND);
        CoreClock clock = new CoreClock(ZERO.getEpochSecond() * SECOND);
        return Status.of(view, clock, ZERO.plusSeconds(10), "0.1.0+abc", 42, journal);
    }

    private static ObjectNode json(Status.Journal journal) {
        return new StatusJson(ZoneId.of("Europe/Berlin")).write(status(journal));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void whatIsTrackedIsThere() {
        assertEquals("{\"kind\":\"vrrp_script\",\"name\":\"chk_http\",\"state\":\"FAILED\","
                + "\"outcome\":\"exited with status 1\",\"since\":\"2026-11-22T13:00:05.000+01:00\",\"number\":0}",
                json(JOURNAL).path("trackers").path(0).toString());
    }

    @Test
    void theNamesOfTheIssueAreThere() {
        JsonNode instance = json(JOURNAL).path("instances").path(0);
        assertTrue(names(instance).containsAll(List.of(
                "name", "state", "since", "interface", "vrid", "family", "version", "basePriority",
                "effectivePriority", "virtualAddresses", "faults", "master", "counters")), names(instance).toString());
        assertEquals("XN_VI_ipv6", instance.path("name").textValue());
        assertEquals("FAULT", instance.path("state").textValue());
        assertEquals("2026-11-22T13:00:05.001+01:00", instance.path("since").textValue());
        assertEquals("2026-11-22T13:00:20.000+01:00", json(JOURNAL).path("startupDelayUntil").textValue());
        assertEquals("eno1", instance.path("interface").textValue());
        assertEquals(51, instance.path("vrid").intValue());
        assertEquals("IPv6", instance.path("family").textValue());
        assertEquals(3, instance.path("version").intValue());
        assertEquals(32, instance.path("basePriority").intValue());
        assertEquals(30, instance.path("effectivePriority").intValue());
        assertEquals("fe80::1", instance.path("master").path("address").textValue());
        assertEquals(250, instance.path("master").path("advertisementIntervalMs").intValue());
        assertEquals(12, instance.path("counters").path("advertisementsSent").intValue());
        JsonNode address = instance.path("virtualAddresses").path(0);
        assertEquals("fe80::200:5eff:fe00:205", address.path("address").textValue());
        assertFalse(address.path("installed").booleanValue());
        assertTrue(address.path("installed").isBoolean());
        JsonNode fault = instance.path("faults").path(0);
        assertEquals("no carrier on eno1", fault.path("reason").textValue());
        assertEquals("2026-11-22T13:00:05.000+01:00", fault.path("since").textValue());
        assertEquals("eno1 has carrier", fault.path("clearsWhen").textValue());
    }

    @Test
    void groupsAndJournalStandBesideTheInstances() {
        ObjectNode json = json(JOURNAL);
        assertEquals("XN_VI_ipv4", json.path("groups").path(0).path("members").path(0).textValue());
        assertEquals("writing", json.path("journal").path("state").textValue());
        assertEquals("2026-11-22T13:00:00.000+01:00", json.path("journal").path("since").textValue());
        assertEquals(1_204_113, json.path("journal").path("records").longValue());
        assertEquals(4096, json.path("journal").path("bytes").longValue());
        assertFalse(json.path("journal").has("reason"));
    }

    @Test
    void aSuspendedJournalSaysWhy() {
        JsonNode journal = json(new Status.Journal(false, ZERO, 1, 2, 3, "/j", "no space left")).path("journal");
        assertEquals("suspended", journal.path("state").textValue());
        assertEquals("no space left", journal.path("reason").textValue());
        assertEquals(3, journal.path("lost").intValue());
    }

    @Test
    void whatIsWrittenIsReadBack() throws RpcException {
        ObjectNode json = json(JOURNAL);
        Status read = StatusJson.read(JsonRpc.parse(json.toString()));
        assertEquals(status(JOURNAL), read);
        assertFalse(read.healthy());
        assertNull(StatusJson.read(JsonRpc.object().set("instances", JsonRpc.object())).instances().stream()
                .findFirst().orElse(null), "an older daemon's answer is no accident");
    }

    @Test
    void everyNameIsDocumented() throws IOException {
        String document = Files.readString(Path.of("docs/CONTROL.md"));
        assertDocumented(json(new Status.Journal(false, ZERO, 1, 2, 3, "/j", "full")), document);
    }

    private static void assertDocumented(JsonNode node, String document) {
        node.properties().forEach(entry -> {
            boolean counter = entry.getKey().equals("advertisementsSent");
            assertTrue(counter || document.contains("`" + entry.getKey() + "`")
                    || document.contains("`" + entry.getKey() + "[]`"), entry.getKey());
            assertDocumented(entry.getValue(), document);
        });
        node.forEach(child -> assertDocumented(child, document));
    }
}
