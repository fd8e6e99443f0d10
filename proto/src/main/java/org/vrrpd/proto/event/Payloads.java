package org.vrrpd.proto.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The payloads of the input events, but for NETLINK_RECEIVED (the datagram itself) and DEADLINE_REACHED and
 * NETLINK_OVERRUN (empty). Each {@code write…} returns the payload's length in bytes. Text is UTF-8 after a u16
 * length, and is cut at 65,535 bytes.
 */
public final class Payloads {

    /** CONFIGURATION_LOADED and SNAPSHOT_PART: u32 total length, u32 offset of this part, bytes. */
    public static final int PART_HEADER_BYTES = 8;
    /** The most bytes of a configuration or snapshot that one record carries. */
    public static final int PART_BYTES = 32 * 1024;

    private Payloads() {}

    /** STARTED and FILE_STARTED: build id, boot id, u32 process id. */
    public static int writeStarted(ByteBuffer out, int offset, String buildId, String bootId, int processId) {
        int at = writeText(out, offset, buildId);
        at = writeText(out, at, bootId);
        out.putInt(at, processId);
        return at + 4 - offset;
    }

    /** EFFECT_SUCCEEDED: u64 effect id, text (for WRITE_SYSCTL the former value, else empty). */
    public static int writeEffectSucceeded(ByteBuffer out, int offset, long effectId, String detail) {
        out.putLong(offset, effectId);
        return writeText(out, offset + 8, detail) - offset;
    }

    /** EFFECT_FAILED: u64 effect id, u32 errno, text (the call that failed). */
    public static int writeEffectFailed(ByteBuffer out, int offset, long effectId, int errno, String call) {
        out.putLong(offset, effectId);
        out.putInt(offset + 8, errno);
        return writeText(out, offset + 12, call) - offset;
    }

    /** CONTROL_REQUESTED: u64 request id, u32 uid, u32 pid, text verb, text argument. */
    public static int writeControlRequested(
            ByteBuffer out, int offset, long requestId, int uid, int pid, String verb, String argument) {
        out.putLong(offset, requestId);
        out.putInt(offset + 8, uid);
        out.putInt(offset + 12, pid);
        int at = writeText(out, offset + 16, verb);
        return writeText(out, at, argument) - offset;
    }

    /** CONTROL_REFUSED: u32 uid, u32 pid, u64 refusals that were not recorded since the last, text verb, text why. */
    public static int writeControlRefused(
            ByteBuffer out, int offset, int uid, int pid, long unrecorded, String verb, String why) {
        out.putInt(offset, uid);
        out.putInt(offset + 4, pid);
        out.putLong(offset + 8, unrecorded);
        int at = writeText(out, offset + 16, verb);
        return writeText(out, at, why) - offset;
    }

    /** CONFIGURATION_REFUSED: u64 request id (0: nobody asked), text. STOP_REQUESTED: u64 signal number, empty text. */
    public static int writeNumberAndText(ByteBuffer out, int offset, long number, String text) {
        out.putLong(offset, number);
        return writeText(out, offset + 8, text) - offset;
    }

    /**
     * SCRIPT_ENDED: u64 effect id of the run, u8 outcome (see {@link ScriptOutcome}), u8 0, u16 exit status or signal,
     * u64 duration in nanoseconds, text.
     */
    public static int writeScriptEnded(
            ByteBuffer out, int offset, long effectId, ScriptOutcome outcome, int status, long durationNanos,
            String detail) {
        out.putLong(offset, effectId);
        out.put(offset + 8, (byte) outcome.number());
        out.put(offset + 9, (byte) 0);
        out.putShort(offset + 10, (short) status);
        out.putLong(offset + 12, durationNanos);
        return writeText(out, offset + 20, detail) - offset;
    }

    /** FILE_READ: u32 watch id, u8 1 when there is such a file, text (the file's first 64 bytes as they are). */
    public static int writeFileRead(ByteBuffer out, int offset, int watchId, boolean present, String content) {
        out.putInt(offset, watchId);
        out.put(offset + 4, (byte) (present ? 1 : 0));
        return writeText(out, offset + 5, content) - offset;
    }

    /** PROCESSES_COUNTED: u32 watch id, u32 count. */
    public static int writeProcessesCounted(ByteBuffer out, int offset, int watchId, int count) {
        out.putInt(offset, watchId);
        out.putInt(offset + 4, count);
        return 8;
    }

    /** CONFIGURATION_LOADED and SNAPSHOT_PART. */
    public static int writePart(ByteBuffer out, int offset, byte[] whole, int from, int length) {
        out.putInt(offset, whole.length);
        out.putInt(offset + 4, from);
        out.put(offset + PART_HEADER_BYTES, whole, from, length);
        return PART_HEADER_BYTES + length;
    }

    /** Returns the offset behind the text. */
    public static int writeText(ByteBuffer out, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, 0xFFFF);
        out.putShort(offset, (short) length);
        out.put(offset + 2, bytes, 0, length);
        return offset + 2 + length;
    }

    /** u16 count, then the texts. Returns the offset behind them. */
    public static int writeTexts(ByteBuffer out, int offset, List<String> texts) {
        out.putShort(offset, (short) texts.size());
        int at = offset + 2;
        for (String text : texts) {
            at = writeText(out, at, text);
        }
        return at;
    }

    /** Returns the offset behind them. */
    public static int readTexts(ByteBuffer in, int offset, List<String> into) {
        int count = in.getShort(offset) & 0xFFFF;
        int at = offset + 2;
        for (int i = 0; i < count; i++) {
            into.add(readText(in, at));
            at = skipText(in, at);
        }
        return at;
    }

    public static String readText(ByteBuffer in, int offset) {
        byte[] bytes = new byte[in.getShort(offset) & 0xFFFF];
        in.get(offset + 2, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The offset behind the text at {@code offset}. */
    public static int skipText(ByteBuffer in, int offset) {
        return offset + 2 + (in.getShort(offset) & 0xFFFF);
    }
}
