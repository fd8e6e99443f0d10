package org.vrrpd.proto.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.Damage;
import org.vrrpd.proto.journal.JournalDirectory;
import org.vrrpd.proto.journal.JournalOptions;
import org.vrrpd.proto.journal.JournalReader;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.journal.JournalState;
import org.vrrpd.proto.journal.Records;
import org.vrrpd.proto.journal.RingLeftovers;
import org.vrrpd.proto.journal.SequenceReservation;

/** A daemon's journal side in a test: ring, lock and pipeline, with all that the pipeline told. */
final class PipelineBed implements AutoCloseable, JournalPipeline.Listener {

    static final JournalOptions SMALL = JournalOptions.defaults().withBlockBytes(256 * 1024).withRetryNanos(0);

    final JournalDirectory lock;
    final JournalRing ring;
    final JournalPipeline pipeline;
    final Records records;
    final long firstSequence;
    final EventProcessor live = new EventProcessor();
    /** What is wrong with the digests that this protocol thread writes. */
    long lie;
    Consumer<Effects> onEffects = effects -> { };
    final List<Long> differences = new ArrayList<>();
    final List<JournalState> states = new ArrayList<>();
    final List<String> damage = new ArrayList<>();

    PipelineBed(Path directory, Path ringFile, JournalOptions options) throws IOException {
        lock = JournalDirectory.lock(directory);
        RingLeftovers.setAside(ringFile);
        ring = JournalRing.open(ringFile, 1 << 20);
        SequenceReservation sequences = SequenceReservation.open(directory);
        firstSequence = sequences.first();
        pipeline = JournalPipeline.open(
                lock, ring, RingLeftovers.of(ringFile), sequences, Records.RUN, options, this);
        records = new Records(firstSequence);
    }

    /** Offers the record and applies it, as the protocol thread does; then offers what derives from it. */
    void put(Records record) {
        offer(record.digest(live.digest() ^ lie));
        Event event = new Event().wrap(record.buffer, 0);
        if (event.kind().role() == EventKind.Role.INPUT) {
            Effects effects = live.process(event);
            onEffects.accept(effects);
            putDerived(effects);
        }
    }

    private void putDerived(Effects effects) {
        for (int at = 0; at < effects.end(); at = effects.next(at)) {
            EventKind kind = Shadow.derivedKind(effects.kind(at));
            if (kind != null) {
                int length = effects.payloadLength(at);
                records.buffer.put(Event.HEADER_BYTES, effects.buffer(), effects.payloadOffset(at), length);
                offer(records.finish(kind, length).digest(live.digest() ^ lie));
            }
        }
    }

    /** Goes through the ring as it is, whatever it says. */
    void offer(Records record) {
        while (!record.offerTo(ring)) {
            pipeline.work();
        }
    }

    void drain() {
        while (pipeline.work() > 0) {
            // a batch at a time
        }
    }

    void netlink(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            put(records.netlink(bytes));
        }
    }

    @Override
    public void onShadowDiffers(long sequence, long liveDigest, long shadowDigest) {
        differences.add(sequence);
    }

    @Override
    public void onStateChanged(JournalState state) {
        states.add(state);
    }

    @Override
    public void onDamage(String text) {
        damage.add(text);
    }

    /** As kill -9 would: nothing is written, ended or emptied any more. */
    void kill() throws IOException {
        lock.close();
    }

    @Override
    public void close() throws IOException {
        pipeline.close();
        ring.close();
        lock.close();
    }

    /** Sequences of all records that count, and all damage. */
    record Content(List<Long> sequences, List<Damage> damage, int files) {}

    static Content read(Path directory) {
        List<Long> sequences = new ArrayList<>();
        List<Damage> damage = new ArrayList<>();
        Event event = new Event();
        try (JournalReader reader = JournalReader.open(directory, damage::add)) {
            int files = reader.files().size();
            while (reader.next(event)) {
                if (event.kind().role() != EventKind.Role.STRUCTURE) {
                    sequences.add(event.sequence());
                }
            }
            return new Content(sequences, damage, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Replay.Result replay(Path directory) {
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            return Replay.run(reader, Replay.Until.END, new Replay.Listener() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
