package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.CoreFixture.MILLISECOND;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.narrate.LogEntry;
import org.vrrpd.proto.narrate.LogLimiter;
import org.vrrpd.proto.narrate.LogLines;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.simulation.WirePacket;

@DisplayName("whatever a stranger on the wire sends, the log stays short")
class HostileLogTest {

    private static final int MINUTES = 5;
    private static final long MINUTE = 60 * SECOND;
    /**
     * Of one instance in a minute: each reason to discard once, what differs three times, who is master six times, one
     * answer, one unknown router. What comes with a change of state is not limited by the core.
     */
    private static final int MOST_NOTES = 25;
    /** Of one instance in a minute, and as many at once before: transitions, faults, two kinds of notes. */
    private static final int MOST_LINES = 60 + 6 + MOST_NOTES;
    private static final int AT_ONCE = 120 + 20;

    private final LogLimiter limiter = new LogLimiter();
    private final List<LogEntry> written = new ArrayList<>();
    private final TreeMap<String, Integer> notes = new TreeMap<>();
    private int transitions;

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"priority 100, 1", "priority 100, 2", "priority 255, 3", "priority 255, 4", "priority 1, 5",
        "nopreempt, 6"})
    void randomStreams(String line, long seed) {
        CoreFixture core = Configurations.master(
                "global_defs {\nvrrp_version 3\nlog_unknown_vrids\n}\n"
                        + Configurations.instance("V4", "eth0", 51, "192.0.2.10/24", line));
        Random random = new Random(seed);
        long end = core.now + MINUTES * MINUTE;
        int packets = 0;
        while (core.now < end) {
            core.received(packet(random), core.kernel.byName("eth0"));
            core.advance(random.nextInt(20) * MILLISECOND);
            log(core);
            packets++;
        }
        int sent = packets;
        int told = notes.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(packets > MINUTES * 5000, () -> sent + " packets prove little");
        assertTrue(told <= MINUTES * MOST_NOTES, () -> "notes of " + MINUTES + " minutes: " + notes);
        assertTrue(written.size() <= AT_ONCE + MINUTES * MOST_LINES, () -> written.size() + " lines");
    }

    /** Alternating claims and resignations make as many changes of state as an attacker wants. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"priority 100", "priority 255"})
    void flappingMaster(String line) {
        CoreFixture core = Configurations.master(Configurations.ipv4(line));
        for (int i = 0; i < 20_000; i++) {
            PeerRouter peer = PeerRouter.of(3, 51, "192.0.2." + (100 + i % 100), 10 * MILLISECOND, "192.0.2.10");
            core.received(peer.advertisement(255), core.kernel.byName("eth0"));
            core.received(peer.advertisement(0), core.kernel.byName("eth0"));
            core.advance(15 * MILLISECOND);
            log(core);
        }
        assertTrue(transitions > 5000, () -> transitions + " transitions prove little");
        assertTrue(written.size() <= AT_ONCE + 5 * MOST_LINES, () -> written.size() + " lines");
        limiter.end(written::add);
        LogEntry last = written.stream().filter(entry -> entry.topic().of() == LogEntry.Class.TRANSITION)
                .reduce((first, second) -> second).orElseThrow();
        assertEquals("(V4) Entering " + core.state("V4") + " STATE", last.message(), "the log ends with what is true");
    }

    private static WirePacket packet(Random random) {
        int version = random.nextInt(4) == 0 ? 2 : 3;
        String[] addresses = new String[random.nextInt(3)];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = "192.0.2." + (9 + random.nextInt(3));
        }
        long interval = version == 2 ? SECOND : (1 + random.nextInt(200)) * 10 * MILLISECOND;
        PeerRouter peer = PeerRouter.of(version, random.nextInt(10) == 0 ? random.nextInt(256) : 51,
                "192.0.2." + (1 + random.nextInt(250)), interval, addresses);
        int[] priorities = {0, 1, 100, 254, 255, random.nextInt(256)};
        WirePacket packet = peer.advertisement(
                priorities[random.nextInt(priorities.length)], random.nextBoolean());
        for (int damage = random.nextInt(8) - 5; damage > 0; damage--) {
            packet.ip()[random.nextInt(packet.ip().length)] ^= (byte) (1 << random.nextInt(8));
        }
        return packet;
    }

    private void log(CoreFixture core) {
        for (Recorded effect : core.effects) {
            if (effect.is(EffectKind.REPORT_TRANSITION)) {
                transitions++;
                LogLines.of(effect.transition(), 1).forEach(entry -> limiter.offer(entry, core.now, written::add));
            } else if (effect.is(EffectKind.REPORT_FAULT)) {
                limiter.offer(LogLines.of(effect.fault(), 1, core.now), core.now, written::add);
            } else if (effect.is(EffectKind.REPORT_NOTE)) {
                notes.merge(effect.note().kind().name(), 1, Integer::sum);
                limiter.offer(LogLines.of(effect.note(), 1), core.now, written::add);
            }
        }
        limiter.settle(core.now, written::add);
        core.forget();
    }
}
