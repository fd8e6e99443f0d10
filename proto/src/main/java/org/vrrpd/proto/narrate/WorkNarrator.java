package org.vrrpd.proto.narrate;

import java.nio.ByteBuffer;
import org.vrrpd.proto.effect.FifoOpening;
import org.vrrpd.proto.effect.ProcessWatch;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.event.ScriptOutcome;

/** Says what workers are asked for and what they report: scripts, pipes, files and processes. */
final class WorkNarrator {

    private static final String[] CREATIONS = {"", " created if missing", " overwritten"};

    private WorkNarrator() {}

    // what they report

    static String scriptEnded(ByteBuffer in, int at) {
        int status = in.getShort(at + 10) & 0xFFFF;
        ScriptOutcome outcome = ScriptOutcome.ofNumber(in.get(at + 8));
        String ended = outcome == null ? "ended in an unknown way" : switch (outcome) {
            case EXITED -> "exited with status " + status;
            case SIGNALLED -> "was ended by signal " + status;
            case TIMED_OUT -> "took too long and is being ended";
            case NOT_STARTED -> "was not started";
        };
        String detail = Payloads.readText(in, at + 20);
        return "script of effect " + in.getLong(at) + " " + ended
                + " after " + HumanDuration.ofNanos(in.getLong(at + 12)) + (detail.isEmpty() ? "" : ": " + detail);
    }

    /** It succeeded, as checks do all day. */
    static boolean isSuccess(ByteBuffer in, int at) {
        return in.get(at + 8) == ScriptOutcome.EXITED.number() && in.getShort(at + 10) == 0;
    }

    static String fileRead(ByteBuffer in, int at) {
        String content = Payloads.readText(in, at + 5).strip();
        return "file watch " + in.getInt(at) + ": "
                + (in.get(at + 4) == 0 ? "no such file" : "read \"" + content + "\"");
    }

    static String processesCounted(ByteBuffer in, int at) {
        int count = in.getInt(at + 4);
        return "process watch " + in.getInt(at) + ": " + count + (count == 1 ? " process" : " processes");
    }

    // what they are asked for

    static String runScript(ByteBuffer in, int at) {
        ScriptRun run = ScriptRun.read(in, at);
        return run.purpose() + ": " + String.join(" ", run.arguments());
    }

    static String openFifo(ByteBuffer in, int at) {
        FifoOpening opening = FifoOpening.read(in, at);
        return opening.path() + (opening.reader().isEmpty() ? "" : " reader=" + String.join(" ", opening.reader()));
    }

    static String writeFifo(ByteBuffer in, int at) {
        return Payloads.readText(in, at) + ": " + Payloads.readText(in, Payloads.skipText(in, at)).stripTrailing();
    }

    static String watchFile(ByteBuffer in, int at) {
        int creation = in.get(at + 4);
        return in.getInt(at) + " " + Payloads.readText(in, at + 9)
                + (creation > 0 && creation < CREATIONS.length
                        ? CREATIONS[creation] + " with " + in.getInt(at + 5) : "");
    }

    static String watchProcesses(ByteBuffer in, int at) {
        ProcessWatch watch = ProcessWatch.read(in, at);
        return watch.watchId() + " " + watch.process()
                + (watch.parameters().isEmpty() ? "" : " " + String.join(" ", watch.parameters()));
    }
}
