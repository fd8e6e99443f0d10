package org.vrrpd.proto.journal;

import java.nio.ByteBuffer;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.Payloads;

/** The payload of FILE_STARTED: that of STARTED (build id, boot id, u32 process id), then u8 why the file was begun. */
public record FileStart(String buildId, String bootId, int processId, FileOpening opening) {

    public int write(ByteBuffer out, int offset) {
        int length = Payloads.writeStarted(out, offset, buildId, bootId, processId);
        out.put(offset + length, (byte) opening.number());
        return length + 1;
    }

    public static FileStart read(Event event) {
        ByteBuffer in = event.buffer();
        int boot = Payloads.skipText(in, event.payloadOffset());
        int process = Payloads.skipText(in, boot);
        return new FileStart(
                Payloads.readText(in, event.payloadOffset()), Payloads.readText(in, boot),
                in.getInt(process), FileOpening.ofNumber(in.get(process + 4)));
    }
}
