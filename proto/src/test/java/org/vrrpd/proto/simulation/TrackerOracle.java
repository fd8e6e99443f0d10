package org.vrrpd.proto.simulation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TrackedFileConfiguration;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.ProcessWatch;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * What the scripts, files and processes that a router tracks are worth, and which of them are a fault: CONFIGURATION.md
 * written down a second time. What runs of scripts come to is counted here from what the daemon was told; it counts in
 * streaks, the core in one number. What files hold is read off the host, and what is tracked off the configuration that
 * was handed over, so that the core's own idea of either decides nothing.
 */
final class TrackerOracle {

    private static final String CHECK = "vrrp_script ";
    private static final int LEAST_OF_FILE = -254;
    private static final int MOST_OF_FILE = 253;
    /** A run that cannot be ended keeps the next from beginning for so long. */
    private static final long ABANDONED = 3600L * 1_000_000_000L;
    /** As strtol of C reads it: what is behind the number does not count. */
    private static final Pattern NUMBER =
            Pattern.compile("[ \t-\r]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9][0-9]*))?(?s:.*)");

    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;

    /** One run of a check. */
    private static final class Run {
        final CountedScript script;
        final long sinceNanos;
        /** Its time was over, which was its result. */
        boolean over;

        Run(CountedScript script, long sinceNanos) {
            this.script = script;
            this.sinceNanos = sinceNanos;
        }
    }

    private final SimulatedHost host;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private Configuration configuration = Configuration.EMPTY;
    private boolean stopping;
    private final Map<String, CountedScript> scripts = new TreeMap<>();
    private final Map<String, CountedProcesses> processes = new TreeMap<>();
    private final Map<Long, Run> runs = new TreeMap<>();
    private final Map<Integer, String> watches = new TreeMap<>();

    TrackerOracle(SimulatedHost host) {
        this.host = host;
    }

    // what happens

    /** Before the core is told. */
    void event(Event event) {
        ByteBuffer in = event.buffer();
        int at = event.payloadOffset();
        switch (event.kind()) {
            case STARTED -> begin();
            case CONFIGURATION_LOADED -> part(in, at, event.payloadLength());
            case SCRIPT_ENDED -> ended(in.getLong(at), ScriptOutcome.ofNumber(in.get(at + 8)), in.getShort(at + 10));
            case STOP_REQUESTED -> stopping = true;
            case PROCESSES_COUNTED -> counted(watches.get(in.getInt(at)), in.getInt(at + 4));
            default -> { }
        }
    }

    void effect(Effects effects, int at) {
        ByteBuffer in = effects.buffer();
        int payload = effects.payloadOffset(at);
        if (effects.kind(at) == EffectKind.RUN_SCRIPT) {
            began(effects.id(at), ScriptRun.read(in, payload));
        } else if (effects.kind(at) == EffectKind.STOP_SCRIPT) {
            runs.remove(in.getLong(payload)); // no answer came in time: it is ended, and run again
        } else if (effects.kind(at) == EffectKind.WATCH_PROCESSES) {
            ProcessWatch watch = ProcessWatch.read(in, payload);
            watches.put(watch.watchId(), watch.process());
        }
    }

    /** What had to last for a while has lasted when the core, which may be late, looks at its clock. */
    void applied(Event event) {
        if (event.kind() == EventKind.DEADLINE_REACHED || event.kind() == EventKind.CONFIGURATION_LOADED) {
            processes.values().forEach(each -> each.reached(host.now));
        }
    }

    private void begin() {
        stopping = false;
        configuration = Configuration.EMPTY;
        scripts.clear();
        processes.clear();
        runs.clear();
        watches.clear();
    }

    private void part(ByteBuffer in, int at, int length) {
        if (in.getInt(at + 4) == 0) {
            parts.reset();
        }
        byte[] part = new byte[length - Payloads.PART_HEADER_BYTES];
        in.get(at + Payloads.PART_HEADER_BYTES, part);
        parts.writeBytes(part);
        if (parts.size() == in.getInt(at)) {
            load(ConfigurationParser.parseCanonical(parts.toString(StandardCharsets.UTF_8)));
        }
    }

    /** What is tracked no more is forgotten; what is tracked as before goes on. */
    private void load(Configuration next) {
        Map<String, CountedScript> formerScripts = new TreeMap<>(scripts);
        scripts.clear();
        next.scripts().forEach(each -> {
            CountedScript former = formerScripts.get(each.name());
            scripts.put(each.name(), former == null ? new CountedScript(each, host.now) : former.altered(each));
        });
        runs.values().removeIf(each -> scripts.get(each.script.name()) != each.script);
        Map<String, CountedProcesses> formerProcesses = new TreeMap<>(processes);
        processes.clear();
        next.processes().forEach(each -> processes.put(
                each.name(), CountedProcesses.of(each, formerProcesses.get(each.name()))));
        configuration = next;
    }

    private void began(long effectId, ScriptRun run) {
        if (!run.purpose().startsWith(CHECK)) {
            return;
        }
        String name = run.purpose().substring(CHECK.length());
        CountedScript script = scripts.get(name);
        require(script != null, () -> "no run of a script that nobody tracks, but one of " + name);
        require(script.isRun(run), () -> "a run as configured, but " + run);
        for (Run other : runs.values()) {
            require(other.script != script || host.now - other.sinceNanos >= ABANDONED,
                    () -> "one run of " + name + " at a time");
        }
        runs.values().removeIf(each -> each.script == script);
        runs.put(effectId, new Run(script, host.now));
        script.awake(host.now);
    }

    /** A run counts once: when its time is over, or else when it ends. */
    private void ended(long effectId, ScriptOutcome outcome, int status) {
        Run run = runs.get(effectId);
        if (run == null) {
            return; // a notify, or a run of what was tracked before
        }
        if (!run.over) {
            run.script.met(outcome == ScriptOutcome.EXITED && status == 0);
        }
        run.over = true;
        if (outcome != ScriptOutcome.TIMED_OUT) {
            runs.remove(effectId);
            run.script.awake(host.now);
        }
    }

    private void counted(String process, int count) {
        processes.values().stream().filter(each -> each.isOf(process))
                .forEach(each -> each.counted(count, host.now));
    }

    // what follows

    /** As it was handed over; null: there is none of the name. */
    InstanceConfiguration configured(String instance) {
        return configuration.instances().stream().filter(each -> each.name().equals(instance)).findFirst().orElse(null);
    }

    /** What the instance cannot work without; null: nothing. */
    String fault(String instance) {
        InstanceConfiguration configured = configured(instance);
        if (configured == null) {
            return null;
        }
        for (Tracked tracked : configured.tracking().scripts()) {
            String fault = fault(tracked, "script", scripts.get(tracked.name()).isWell());
            if (fault != null) {
                return fault;
            }
        }
        for (Tracked tracked : configured.tracking().processes()) {
            String fault = fault(tracked, "number of", processes.get(tracked.name()).isWell());
            if (fault != null) {
                return fault;
            }
        }
        for (Tracked tracked : configured.tracking().files()) {
            int number = numberIn(tracked.name());
            boolean wrong = tracked.weight() == 0
                    ? (number != 0) != tracked.reverse() : product(tracked, number) <= LEAST_OF_FILE;
            if (wrong) {
                return "the number in " + tracked.name() + " is " + number;
            }
        }
        return null;
    }

    /** @param well null: nobody knows */
    private static String fault(Tracked tracked, String what, Boolean well) {
        if (tracked.weight() != 0) {
            return null;
        }
        return well == null ? what + " " + tracked.name() + " not known yet"
                : well == tracked.reverse() ? what + " " + tracked.name() + (well ? " well" : " not well") : null;
    }

    /** What scripts, files and processes add to the priority of an instance. */
    int worth(String instance) {
        InstanceConfiguration configured = configured(instance);
        int sum = 0;
        for (Tracked tracked : configured.tracking().scripts()) {
            sum += worth(tracked, scripts.get(tracked.name()).isWell());
        }
        for (Tracked tracked : configured.tracking().processes()) {
            sum += worth(tracked, processes.get(tracked.name()).isWell());
        }
        for (Tracked tracked : configured.tracking().files()) {
            sum += (int) Math.max(LEAST_OF_FILE, Math.min(MOST_OF_FILE, product(tracked, numberIn(tracked.name()))));
        }
        return sum;
    }

    /**
     * A positive weight is added while it is well, a negative one while it is not.
     *
     * @param well null: nobody knows, which is worth nothing
     */
    static int worth(Tracked tracked, Boolean well) {
        if (well == null || well != tracked.weight() > 0) {
            return 0;
        }
        return tracked.reverse() ? -tracked.weight() : tracked.weight();
    }

    private static long product(Tracked tracked, int number) {
        return (long) number * tracked.weight() * (tracked.reverse() ? -1 : 1);
    }

    private int numberIn(String file) {
        String path = configuration.files().stream().filter(each -> each.name().equals(file))
                .map(TrackedFileConfiguration::path).findFirst().orElseThrow();
        return number(host.workers.files.get(path));
    }

    /** @param content null: no such file */
    static int number(String content) {
        Matcher found = NUMBER.matcher(content == null ? "" : content);
        found.matches();
        for (int group = 2; group <= 4; group++) {
            String digits = found.group(group);
            if (digits != null && !digits.isEmpty()) {
                int radix = List.of(HEXADECIMAL, OCTAL, DECIMAL).get(group - 2);
                BigInteger number = new BigInteger(found.group(1).equals("-") ? "-" + digits : digits, radix);
                return number.bitLength() < Integer.SIZE ? number.intValue() : 0;
            }
        }
        return 0;
    }

    /** Checks are run for ever: from the end of one run to the next it is one interval. Null: none is overdue. */
    String overdue() {
        for (CountedScript script : scripts.values()) {
            boolean runs = this.runs.values().stream().anyMatch(each -> each.script == script);
            if (!runs && !stopping && script.isOverdue(host.now)) {
                return script.name();
            }
        }
        return null;
    }

    private static void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError("Expected " + what.get());
        }
    }
}
