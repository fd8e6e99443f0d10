package org.vrrpd.proto.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.vrrpd.proto.narrate.CoreClock;

/**
 * One record as {@code events} and {@code replay} tell it.
 *
 * @param kind of the record, lower-case with dashes: {@code netlink-received}, {@code transition}, …
 * @param instance empty when it concerns none in particular
 * @param text what happened
 * @param causeSequence of the record it follows from; 0: it is no consequence
 * @param routine it changed nothing, and is left out unless asked for
 */
public record EventLine(
        long sequence, Instant time, String kind, String instance, String text, long causeSequence,
        boolean routine) {

    public ObjectNode json(ZoneId zone) {
        ObjectNode out = JsonRpc.object()
                .put("sequence", sequence)
                .put("time", CoreClock.iso(time, zone))
                .put("kind", kind);
        if (!instance.isEmpty()) {
            out.put("instance", instance);
        }
        out.put("text", text);
        if (causeSequence != 0) {
            out.put("causeSequence", causeSequence);
        }
        return out.put("routine", routine);
    }

    public static EventLine read(JsonNode in) {
        return new EventLine(
                in.path("sequence").asLong(), OffsetDateTime.parse(in.path("time").asText()).toInstant(),
                in.path("kind").asText(), in.path("instance").asText(), in.path("text").asText(),
                in.path("causeSequence").asLong(), in.path("routine").asBoolean());
    }
}
