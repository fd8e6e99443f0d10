package org.vrrpd.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** What the daemon says of itself: the object behind {@code status --json}. */
public record Status(JsonNode json) {

    JsonNode instance(String name) {
        return elements(json.path("instances")).filter(i -> i.path("name").asText().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError("Expected an instance " + name + ", but found " + json));
    }

    boolean hasInstance(String name) {
        return elements(json.path("instances")).anyMatch(i -> i.path("name").asText().equals(name));
    }

    public RouterState state(String name) {
        return RouterState.valueOf(instance(name).path("state").asText());
    }

    /** The reasons in words. */
    public List<String> faults(String name) {
        List<String> reasons = new ArrayList<>();
        elements(instance(name).path("faults")).forEach(fault -> reasons.add(fault.path("reason").asText()));
        return reasons;
    }

    boolean hasFault(String name, FaultReason reason, String... words) {
        return elements(instance(name).path("faults")).anyMatch(fault -> isFault(fault, reason, words));
    }

    /** The pattern of the reason with its holes left open must fit, and every word must be in it. */
    private static boolean isFault(JsonNode fault, FaultReason reason, String... words) {
        String text = fault.path("reason").asText();
        String pattern = "\\Q" + reason.reason("\\E.*\\Q", "\\E.*\\Q") + "\\E";
        boolean complete = !fault.path("clearsWhen").asText().isEmpty() && !fault.path("since").isMissingNode();
        return complete && text.matches(pattern) && Stream.of(words).allMatch(text::contains);
    }

    public boolean allInstalled(String name) {
        return elements(instance(name).path("virtualAddresses")).allMatch(a -> a.path("installed").asBoolean());
    }

    int effectivePriority(String name) {
        return instance(name).path("effectivePriority").asInt();
    }

    /** Each counter by its name. */
    Map<String, Long> counters(String name) {
        Map<String, Long> counters = new TreeMap<>();
        instance(name).path("counters").properties().forEach(c -> counters.put(c.getKey(), c.getValue().asLong()));
        return counters;
    }

    /** "writing" or "suspended". */
    String journalState() {
        return json.path("journal").path("state").asText();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
