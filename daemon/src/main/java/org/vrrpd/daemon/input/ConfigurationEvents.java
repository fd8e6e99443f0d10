package org.vrrpd.daemon.input;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;

/** Hands configurations to the core, one thread at a time: the parts of two must not mix. Makes payloads for others. */
public final class ConfigurationEvents {

    private ConfigurationEvents() {}

    /** The future completes when the last part was applied. */
    public static CompletableFuture<Void> loaded(CommandQueue commands, byte[] canonicalText) {
        CompletableFuture<Void> applied;
        int from = 0;
        do {
            int length = Math.min(Payloads.PART_BYTES, canonicalText.length - from);
            ByteBuffer payload = ByteBuffer.allocate(Payloads.PART_HEADER_BYTES + length);
            Payloads.writePart(payload, 0, canonicalText, from, length);
            applied = commands.submit(EventKind.CONFIGURATION_LOADED, payload.array());
            from += length;
        } while (from < canonicalText.length);
        return applied;
    }

    /** @param requestId of the client that asked for it; 0: a signal did */
    public static CompletableFuture<Void> refused(CommandQueue commands, long requestId, String why) {
        return commands.submit(EventKind.CONFIGURATION_REFUSED, numberAndText(requestId, why));
    }

    /** The payload of STOP_REQUESTED. */
    public static byte[] stop(int signal) {
        return numberAndText(signal, "");
    }

    /** The payload of CONTROL_REQUESTED. */
    public static byte[] requested(long requestId, int uid, int pid, String verb, String argument) {
        ByteBuffer payload = ByteBuffer.allocate(32 + verb.length() + 0xFFFF);
        int length = Payloads.writeControlRequested(payload, 0, requestId, uid, pid, verb, argument);
        byte[] bytes = new byte[length];
        payload.get(0, bytes);
        return bytes;
    }

    /** The payload of CONTROL_REFUSED. */
    public static byte[] clientRefused(int uid, int pid, long unrecorded, String verb, String why) {
        ByteBuffer payload = ByteBuffer.allocate(20 + 2 * 0xFFFF);
        int length = Payloads.writeControlRefused(payload, 0, uid, pid, unrecorded, verb, why);
        byte[] bytes = new byte[length];
        payload.get(0, bytes);
        return bytes;
    }

    private static byte[] numberAndText(long number, String text) {
        ByteBuffer payload = ByteBuffer.allocate(10 + 0xFFFF);
        int length = Payloads.writeNumberAndText(payload, 0, number, text);
        byte[] bytes = new byte[length];
        payload.get(0, bytes);
        return bytes;
    }
}
