package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.journal.JournalFile;
import org.vrrpd.proto.journal.JournalReader;

/** With instances in the core: snapshots are not empty, and inputs have derived records behind them. */
class RealCoreJournalTest {

    private static final int RELOADS = 200;

    @TempDir
    Path temp;

    private static final class Daemon {

        private final PipelineBed bed;
        private final List<Long> dumps = new ArrayList<>();

        Daemon(PipelineBed bed) {
            this.bed = bed;
            bed.onEffects = this::noteDumps;
        }

        private void noteDumps(Effects effects) {
            for (int at = 0; at < effects.end(); at = effects.next(at)) {
                EffectKind kind = effects.kind(at);
                if (kind == EffectKind.DUMP_LINKS || kind == EffectKind.DUMP_ADDRESSES) {
                    dumps.add(effects.id(at));
                }
            }
        }

        /** A machine without any interface: every dump is at once done. */
        void answerDumps() {
            while (!dumps.isEmpty()) {
                ByteBuffer out = bed.records.buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
                int at = Event.HEADER_BYTES;
                out.putInt(at, 20).putShort(at + 4, (short) 3).putShort(at + 6, (short) 2);
                out.putInt(at + 8, (int) (long) dumps.remove(0)).putInt(at + 12, 0).putInt(at + 16, 0);
                bed.put(bed.records.finish(EventKind.NETLINK_RECEIVED, 20));
            }
        }

        void load(String name) {
            int vrid = 1 + name.length() % 200;
            byte[] text = ("vrrp_instance " + name + " {\n interface eno1\n virtual_router_id " + vrid
                    + "\n priority 100\n virtual_ipaddress {\n 192.0.2.1/24\n }\n}\n").getBytes(StandardCharsets.UTF_8);
            int length = Payloads.writePart(bed.records.buffer, Event.HEADER_BYTES, text, 0, text.length);
            bed.put(bed.records.finish(EventKind.CONFIGURATION_LOADED, length));
            answerDumps();
        }
    }

    private void write(PipelineBed bed) {
        Daemon daemon = new Daemon(bed);
        bed.put(bed.records.started());
        daemon.answerDumps();
        for (int i = 0; i < RELOADS; i++) {
            daemon.load("GATEWAY" + "X".repeat(i % 90));
            bed.netlink(20, 100);
            bed.put(bed.records.advance(1_000_000_000L).deadline());
            daemon.answerDumps();
        }
        bed.drain();
        assertEquals(List.of(), bed.differences);
        assertEquals(List.of(), bed.damage);
        assertEquals(1, bed.pipeline.view().instances().size());
    }

    @Test
    void snapshotsDigestsAndDerivedRecordsAgreeFromAnyFileOn() throws Exception {
        Path directory = temp.resolve("journal");
        try (PipelineBed bed = new PipelineBed(directory, temp.resolve("ring"),
                PipelineBed.SMALL.withRoll(200_000, Long.MAX_VALUE))) {
            write(bed);
        }
        Replay.Result whole = PipelineBed.replay(directory);
        assertTrue(whole.agrees());
        assertTrue(whole.transitions() >= RELOADS, "transitions: " + whole.transitions());
        assertEquals(0, whole.missing() + whole.unverified());
        List<JournalFile> files = files(directory);
        assertTrue(files.size() > 3, "files: " + files.size());
        for (JournalFile file : files) {
            Replay.Result alone = PipelineBed.replay(file.path());
            assertTrue(alone.agrees(), file.toString());
            assertEquals(0, alone.unverified());
            assertEquals(file.sequence() + 1, alone.firstSequence());
        }
    }

    @Test
    void aKilledDaemonsRingContinuesItsState() throws Exception {
        Path directory = temp.resolve("journal");
        PipelineBed killed = new PipelineBed(directory, temp.resolve("ring"), PipelineBed.SMALL);
        write(killed);
        new Daemon(killed).load("LAST");
        killed.netlink(50, 100);
        killed.kill();
        try (PipelineBed next = new PipelineBed(directory, temp.resolve("ring"), PipelineBed.SMALL)) {
            assertTrue(killed.records.nextSequence() <= next.firstSequence);
            assertEquals(List.of(), next.damage);
            write(next);
        }
        Replay.Result result = PipelineBed.replay(directory);
        assertTrue(result.agrees());
        assertEquals(0, result.missing() + result.unverified());
        assertEquals(3, files(directory).size());
    }

    private static List<JournalFile> files(Path directory) throws IOException {
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            return reader.files();
        }
    }
}
