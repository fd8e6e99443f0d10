package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.ScriptRun;

/** All workers. Whoever asks never waits: a request is copied and handed over. */
public final class Workers {

    private static final long CLOSE_MILLIS = 500;

    private final ScriptRunner scripts;

    /** @param events where results go, from any thread */
    public Workers(EventOutput events, Consumer<String> log) throws IOException {
        Answers answers = new Answers(events);
        scripts = new ScriptRunner(answers, new ScriptLauncher(), log);
    }

    public void start() {
        scripts.start();
    }

    /** @param buffer is not kept */
    public void request(EffectKind kind, ByteBuffer buffer, int payload, int length, long effectId) {
        byte[] bytes = new byte[length];
        buffer.get(payload, bytes);
        ByteBuffer copy = ByteBuffer.wrap(bytes);
        switch (kind) {
            case RUN_SCRIPT -> scripts.run(effectId, ScriptRun.read(copy, 0));
            case STOP_SCRIPT -> scripts.stop(copy.getLong(0));
            default -> throw new IllegalStateException("Expected an effect for a worker, but found " + kind);
        }
    }

    /** Nothing that was started for the core is left behind. Takes a second at most. */
    public void close() {
        scripts.close(CLOSE_MILLIS);
    }
}
