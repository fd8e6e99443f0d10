package org.vrrpd.daemon.worker;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.event.ScriptOutcome;

/** What workers tell the core. */
final class Answers {

    private static final int DETAIL_CHARACTERS = 1024;
    /** The longest: numbers, and a text that may need three bytes a character. */
    private static final int BYTES = 64 + 3 * DETAIL_CHARACTERS;

    private final EventOutput events;

    Answers(EventOutput events) {
        this.events = events;
    }

    void succeeded(long effectId, String detail) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        submit(EventKind.EFFECT_SUCCEEDED, out, Payloads.writeEffectSucceeded(out, 0, effectId, cut(detail)));
    }

    void failed(long effectId, int errno, String what) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        submit(EventKind.EFFECT_FAILED, out, Payloads.writeEffectFailed(out, 0, effectId, errno, cut(what)));
    }

    void scriptEnded(long effectId, ScriptOutcome outcome, int status, long durationNanos, String detail) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        submit(EventKind.SCRIPT_ENDED, out,
                Payloads.writeScriptEnded(out, 0, effectId, outcome, status, durationNanos, cut(detail)));
    }

    void fileRead(int watchId, boolean present, String content) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        submit(EventKind.FILE_READ, out, Payloads.writeFileRead(out, 0, watchId, present, content));
    }

    void processesCounted(int watchId, int count) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        submit(EventKind.PROCESSES_COUNTED, out, Payloads.writeProcessesCounted(out, 0, watchId, count));
    }

    private void submit(EventKind kind, ByteBuffer out, int length) {
        events.submit(kind, Arrays.copyOf(out.array(), length));
    }

    private static String cut(String text) {
        return text.length() <= DETAIL_CHARACTERS ? text : text.substring(0, DETAIL_CHARACTERS);
    }
}
