package org.vrrpd.proto.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.vrrpd.proto.narrate.CoreClock;

/**
 * One fault from its beginning to its end.
 *
 * @param kind of fault, such as NO_CARRIER
 * @param beganWith in words; empty when that record is no longer in the journal
 * @param cleared null: it holds
 * @param lasted until it was cleared, or till now
 */
public record FaultLine(
        String instance, String kind, String reason, boolean blocking, String clearsWhen,
        Instant began, long beganSequence, String beganWith,
        Instant cleared, long clearedSequence, String clearedBy, Duration lasted) {

    public ObjectNode json(ZoneId zone) {
        ObjectNode out = JsonRpc.object()
                .put("instance", instance)
                .put("kind", kind)
                .put("reason", reason)
                .put("blocking", blocking)
                .put("clearsWhen", clearsWhen)
                .put("began", CoreClock.iso(began, zone))
                .put("beganSequence", beganSequence)
                .put("beganWith", beganWith)
                .put("cleared", cleared == null ? null : CoreClock.iso(cleared, zone));
        if (cleared != null) {
            out.put("clearedSequence", clearedSequence).put("clearedBy", clearedBy);
        }
        return out.put("lastedMs", lasted.toMillis());
    }

    public static FaultLine read(JsonNode in) {
        JsonNode cleared = in.path("cleared");
        return new FaultLine(
                in.path("instance").asText(), in.path("kind").asText(), in.path("reason").asText(),
                in.path("blocking").asBoolean(true), in.path("clearsWhen").asText(),
                OffsetDateTime.parse(in.path("began").asText()).toInstant(),
                in.path("beganSequence").asLong(), in.path("beganWith").asText(),
                cleared.isTextual() ? OffsetDateTime.parse(cleared.textValue()).toInstant() : null,
                in.path("clearedSequence").asLong(), in.path("clearedBy").asText(),
                Duration.ofMillis(in.path("lastedMs").asLong()));
    }
}
