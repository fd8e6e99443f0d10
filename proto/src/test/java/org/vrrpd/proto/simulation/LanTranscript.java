package org.vrrpd.proto.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A run of a LAN as a text that can be kept: what befell which routers, and what they made of it. It begins with
 * comments; then follow sections, each below a line such as {@code --- r1.conf}.
 *
 * <pre>
 * # the story in plain words
 * --- seed
 * 33
 * --- r1.conf
 * vrrp_instance v1 {
 * …
 * --- scenario
 * at 5s node r1 kill
 * until 30s
 * --- timeline
 * …
 * </pre>
 *
 * @param comment lines that begin with #
 * @param seed of the LAN: it decides about delays and losses
 * @param texts of the configurations, by the routers' names
 * @param timeline who was what when; empty: not known yet
 */
record LanTranscript(String comment, long seed, Map<String, String> texts, Scenario scenario, String timeline) {

    private static final String HEADING = "--- ";
    private static final String CONF = ".conf";
    private static final String FAILURE = "FAILED: ";

    static LanTranscript of(long seed) {
        Topology topology = SimulatedRun.topology(seed);
        return new LanTranscript("", seed, topology.texts(), SimulatedRun.scenario(seed, topology), "");
    }

    /** @param name of the file, for the messages; throws IllegalArgumentException for what it does not understand */
    static LanTranscript parse(String name, String text) {
        Map<String, StringBuilder> sections = new LinkedHashMap<>();
        StringBuilder section = new StringBuilder();
        sections.put("", section);
        for (String line : text.split("\n")) {
            if (line.startsWith(HEADING)) {
                section = new StringBuilder();
                sections.put(line.substring(HEADING.length()).strip(), section);
            } else {
                section.append(line).append('\n');
            }
        }
        Map<String, String> texts = new TreeMap<>();
        sections.forEach((heading, content) -> {
            if (heading.endsWith(CONF)) {
                texts.put(heading.substring(0, heading.length() - CONF.length()), content.toString());
            }
        });
        if (texts.isEmpty() || !sections.containsKey("seed") || !sections.containsKey("scenario")) {
            throw new IllegalArgumentException(
                    name + ": Expected --- seed, --- NODE.conf, --- scenario, but found " + sections.keySet());
        }
        return new LanTranscript(sections.get("").toString(), Long.parseLong(sections.get("seed").toString().strip()),
                texts, Scenario.parse(name, sections.get("scenario").toString()),
                sections.getOrDefault("timeline", new StringBuilder()).toString());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(comment).append(HEADING).append("seed\n").append(seed).append('\n');
        texts.forEach((name, configuration) ->
                text.append(HEADING).append(name).append(CONF).append('\n').append(configuration));
        text.append(HEADING).append("scenario\n").append(scenario);
        if (!timeline.isEmpty()) {
            text.append(HEADING).append("timeline\n").append(timeline);
        }
        return text.toString();
    }

    Topology topology() {
        return new Topology(texts);
    }

    LanTranscript with(Map<String, String> otherTexts, Scenario otherScenario) {
        return new LanTranscript(comment, seed, otherTexts, otherScenario, "");
    }

    LanTranscript withComment(String otherComment) {
        return new LanTranscript(otherComment, seed, texts, scenario, timeline);
    }

    /** With the timeline of its run, which ends with what did not hold. */
    LanTranscript told() {
        StringBuilder told = new StringBuilder();
        AtomicReference<Timeline> seen = new AtomicReference<>();
        SimulatedRun run = SimulatedRun.of(seed, topology(), scenario, lan -> seen.set(Timeline.of(lan)));
        seen.get().entries().forEach(each -> told.append(line(each)).append('\n'));
        if (run.failure() != null) {
            told.append(FAILURE).append(run.failure().replace("\n", " ")).append('\n');
        }
        return new LanTranscript(comment, seed, texts, scenario, told.toString());
    }

    private static String line(Timeline.Entry entry) {
        String who = Statement.duration(entry.atNanos()) + " " + entry.node();
        return entry.isTransition()
                ? who + " " + entry.instance() + ": " + entry.from() + " -> " + entry.to() + ", " + entry.cause()
                : who + ": " + entry.cause();
    }

    /** What did not hold; null: everything held. */
    String failure() {
        return SimulatedRun.of(seed, topology(), scenario).failure();
    }

    /** Of a transcript as text. Called where a bug is planted. */
    static String failureOf(String text) {
        return parse("transcript", text).failure();
    }

    /** The same with the timeline, as text. */
    static String toldOf(String text) {
        return parse("transcript", text).told().toString();
    }
}
