package org.vrrpd.proto.effect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.event.Payloads;

/**
 * What OPEN_FIFO asks for: a pipe to write lines to, created when it is missing, and its reader.
 *
 * @param user owner of a pipe that is created; empty: as for scripts
 * @param group of a pipe that is created; empty: the user's own
 * @param reader started with the pipe's path as last argument, and again when it ends; empty: nobody is started
 * @param readerUser empty: as for scripts
 * @param secure as for scripts
 */
public record FifoOpening(
        String path, String user, String group,
        List<String> reader, String readerUser, String readerGroup, boolean secure) {

    /** Returns the payload's length in bytes. */
    public int write(ByteBuffer out, int offset) {
        out.put(offset, (byte) (secure ? 1 : 0));
        int at = Payloads.writeText(out, offset + 1, path);
        at = Payloads.writeText(out, at, user);
        at = Payloads.writeText(out, at, group);
        at = Payloads.writeText(out, at, readerUser);
        at = Payloads.writeText(out, at, readerGroup);
        return Payloads.writeTexts(out, at, reader) - offset;
    }

    public static FifoOpening read(ByteBuffer in, int offset) {
        int path = offset + 1;
        int user = Payloads.skipText(in, path);
        int group = Payloads.skipText(in, user);
        int readerUser = Payloads.skipText(in, group);
        int readerGroup = Payloads.skipText(in, readerUser);
        List<String> reader = new ArrayList<>();
        Payloads.readTexts(in, Payloads.skipText(in, readerGroup), reader);
        return new FifoOpening(
                Payloads.readText(in, path), Payloads.readText(in, user), Payloads.readText(in, group),
                List.copyOf(reader), Payloads.readText(in, readerUser), Payloads.readText(in, readerGroup),
                in.get(offset) == 1);
    }
}
