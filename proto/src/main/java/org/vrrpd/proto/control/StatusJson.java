package org.vrrpd.proto.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.vrrpd.proto.control.Status.Address;
import org.vrrpd.proto.control.Status.Fault;
import org.vrrpd.proto.control.Status.Group;
import org.vrrpd.proto.control.Status.Instance;
import org.vrrpd.proto.control.Status.Journal;
import org.vrrpd.proto.control.Status.Master;
import org.vrrpd.proto.control.Status.Tracker;
import org.vrrpd.proto.core.TrackerCondition;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.narrate.CoreClock;

/** {@code status} as JSON. The names are an interface: see docs/CONTROL.md; a name may be added, never changed. */
public final class StatusJson {

    private final ZoneId zone;

    public StatusJson(ZoneId zone) {
        this.zone = zone;
    }

    public ObjectNode write(Status status) {
        ObjectNode out = JsonRpc.object()
                .put("build", status.build())
                .put("pid", status.processId())
                .put("routerId", status.routerId())
                .put("started", time(status.started()))
                .put("now", time(status.now()));
        if (status.startupDelayUntil() != null) {
            out.put("startupDelayUntil", time(status.startupDelayUntil()));
        }
        ArrayNode instances = out.putArray("instances");
        status.instances().forEach(instance -> instances.add(instance(instance)));
        ArrayNode groups = out.putArray("groups");
        status.groups().forEach(group -> {
            ArrayNode members = groups.addObject()
                    .put("name", group.name())
                    .put("state", group.state().name())
                    .put("since", time(group.since()))
                    .putArray("members");
            group.members().forEach(members::add);
        });
        ArrayNode trackers = out.putArray("trackers");
        status.trackers().forEach(tracker -> trackers.addObject()
                .put("kind", tracker.kind())
                .put("name", tracker.name())
                .put("state", tracker.condition().name())
                .put("outcome", tracker.outcome())
                .put("since", time(tracker.since()))
                .put("number", tracker.number()));
        Journal journal = status.journal();
        ObjectNode journalOut = out.putObject("journal")
                .put("state", journal.writing() ? "writing" : "suspended")
                .put("since", time(journal.since()))
                .put("records", journal.records())
                .put("bytes", journal.bytes())
                .put("lost", journal.lost())
                .put("directory", journal.directory());
        if (!journal.writing()) {
            journalOut.put("reason", journal.reason());
        }
        return out;
    }

    private ObjectNode instance(Instance instance) {
        ObjectNode out = JsonRpc.object()
                .put("name", instance.name())
                .put("state", instance.state().name())
                .put("since", time(instance.since()))
                .put("cause", instance.cause())
                .put("causeSequence", instance.causeSequence())
                .put("interface", instance.interfaceName())
                .put("vrid", instance.vrid())
                .put("family", instance.family())
                .put("version", instance.version())
                .put("basePriority", instance.basePriority())
                .put("effectivePriority", instance.effectivePriority())
                .put("advertisementIntervalMs", instance.advertisementIntervalMillis())
                .put("syncGroup", instance.syncGroup());
        ArrayNode addresses = out.putArray("virtualAddresses");
        instance.virtualAddresses().forEach(address -> addresses.addObject()
                .put("address", address.address())
                .put("prefixLength", address.prefixLength())
                .put("device", address.device())
                .put("installed", address.installed())
                .put("excluded", address.excluded()));
        ArrayNode faults = out.putArray("faults");
        instance.faults().forEach(fault -> faults.addObject()
                .put("kind", fault.kind())
                .put("reason", fault.reason())
                .put("since", time(fault.since()))
                .put("sinceSequence", fault.sinceSequence())
                .put("clearsWhen", fault.clearsWhen())
                .put("blocking", fault.blocking()));
        Master master = instance.master();
        if (master == null) {
            out.putNull("master");
        } else {
            out.putObject("master")
                    .put("address", master.address())
                    .put("priority", master.priority())
                    .put("advertisementIntervalMs", master.advertisementIntervalMillis())
                    .put("checksum", master.checksum());
        }
        ObjectNode counters = out.putObject("counters");
        instance.counters().forEach(counters::put);
        return out;
    }

    private String time(Instant instant) {
        return CoreClock.iso(instant, zone);
    }

    /** Reads what {@link #write} wrote; a name that is missing reads as empty, so that older daemons can be asked. */
    public static Status read(JsonNode in) {
        JsonNode journal = in.path("journal");
        return new Status(
                in.path("build").asText(), in.path("pid").asLong(), in.path("routerId").asText(),
                instant(in.path("started")), instant(in.path("now")),
                list(in.path("instances"), StatusJson::readInstance),
                list(in.path("groups"), group -> new Group(
                        group.path("name").asText(), state(group), instant(group.path("since")),
                        list(group.path("members"), JsonNode::asText))),
                list(in.path("trackers"), tracker -> new Tracker(
                        tracker.path("kind").asText(), tracker.path("name").asText(),
                        TrackerCondition.valueOf(tracker.path("state").asText()),
                        tracker.path("outcome").asText(), instant(tracker.path("since")),
                        tracker.path("number").asLong())),
                new Journal(
                        "writing".equals(journal.path("state").asText()), instant(journal.path("since")),
                        journal.path("records").asLong(), journal.path("bytes").asLong(),
                        journal.path("lost").asLong(), journal.path("directory").asText(),
                        journal.path("reason").asText()),
                in.has("startupDelayUntil") ? instant(in.path("startupDelayUntil")) : null);
    }

    private static Instance readInstance(JsonNode in) {
        JsonNode master = in.path("master");
        Map<String, Long> counters = new LinkedHashMap<>();
        in.path("counters").properties().forEach(c -> counters.put(c.getKey(), c.getValue().asLong()));
        return new Instance(
                in.path("name").asText(), state(in), instant(in.path("since")),
                in.path("causeSequence").asLong(), in.path("cause").asText(),
                in.path("interface").asText(), in.path("vrid").asInt(), in.path("family").asText(),
                in.path("version").asInt(), in.path("basePriority").asInt(), in.path("effectivePriority").asInt(),
                in.path("advertisementIntervalMs").asLong(), in.path("syncGroup").textValue(),
                list(in.path("virtualAddresses"), a -> new Address(
                        a.path("address").asText(), a.path("prefixLength").asInt(), a.path("device").asText(),
                        a.path("installed").asBoolean(), a.path("excluded").asBoolean())),
                list(in.path("faults"), f -> new Fault(
                        f.path("kind").asText(), f.path("reason").asText(), instant(f.path("since")),
                        f.path("sinceSequence").asLong(), f.path("clearsWhen").asText(),
                        f.path("blocking").asBoolean(true))),
                !master.isObject() ? null : new Master(
                        master.path("address").asText(), master.path("priority").asInt(),
                        master.path("advertisementIntervalMs").asLong(), master.path("checksum").textValue()),
                counters);
    }

    private static RouterState state(JsonNode in) {
        return RouterState.valueOf(in.path("state").asText());
    }

    private static Instant instant(JsonNode time) {
        return time.isTextual() ? OffsetDateTime.parse(time.textValue()).toInstant() : Instant.EPOCH;
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        List<T> out = new ArrayList<>();
        array.forEach(node -> out.add(element.apply(node)));
        return out;
    }
}
