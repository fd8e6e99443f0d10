package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FifoOpening;
import org.vrrpd.proto.effect.ProcessWatch;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.Payloads;

/** All workers. Whoever asks never waits: a request is copied and handed over. */
public final class Workers {

    private static final long CLOSE_MILLIS = 500;
    private static final long REHEARSAL_NANOS = 10_000_000_000L;

    private final ScriptRunner scripts;
    private final FifoWriter fifos;
    private final FileWatcher files;
    private final ProcessWatcher processes;
    private final Firewall firewall;

    /** @param events where results go, from any thread */
    public Workers(EventOutput events, Consumer<String> log) throws IOException {
        Answers answers = new Answers(events);
        ScriptLauncher launcher = new ScriptLauncher();
        scripts = new ScriptRunner(answers, launcher, log);
        fifos = new FifoWriter(answers, launcher.users(), scripts, log);
        files = new FileWatcher(answers, log);
        processes = new ProcessWatcher(answers, log);
        firewall = new Firewall(answers, launcher.environment(), log);
    }

    public void start() {
        scripts.start();
        fifos.start();
        files.start();
        processes.start();
        firewall.start();
    }

    /** The first start of a script loads classes and takes a hundred times as long as others: let none that counts. */
    public void rehearse() {
        scripts.begin(new ScriptRun("rehearsal", REHEARSAL_NANOS, "", "", false, List.of("true")),
                (outcome, status, nanos, detail) -> { });
    }

    /** @param buffer is not kept */
    public void request(EffectKind kind, ByteBuffer buffer, int payload, int length, long effectId) {
        byte[] bytes = new byte[length];
        buffer.get(payload, bytes);
        ByteBuffer copy = ByteBuffer.wrap(bytes);
        switch (kind) {
            case RUN_SCRIPT -> scripts.run(effectId, ScriptRun.read(copy, 0));
            case STOP_SCRIPT -> scripts.stop(copy.getLong(0));
            case OPEN_FIFO -> fifos.open(effectId, FifoOpening.read(copy, 0));
            case CLOSE_FIFO -> fifos.close(Payloads.readText(copy, 0));
            case WRITE_FIFO -> fifos.write(effectId, Payloads.readText(copy, 0),
                    Payloads.readText(copy, Payloads.skipText(copy, 0)));
            case WATCH_FILE -> files.watch(
                    copy.getInt(0), copy.get(4), copy.getInt(5), Payloads.readText(copy, 9));
            case UNWATCH_FILE -> files.unwatch(copy.getInt(0));
            case WATCH_PROCESSES -> processes.watch(ProcessWatch.read(copy, 0));
            case UNWATCH_PROCESSES -> processes.unwatch(copy.getInt(0));
            case SET_FIREWALL -> firewall.set(effectId, Payloads.readText(copy, 0));
            default -> throw new IllegalStateException("Expected an effect for a worker, but found " + kind);
        }
    }

    /** Nothing that was started for the core is left behind. Takes two seconds at most. */
    public void close() {
        firewall.close(CLOSE_MILLIS);
        fifos.close(CLOSE_MILLIS);
        scripts.close(CLOSE_MILLIS);
    }
}
