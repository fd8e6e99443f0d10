package org.vrrpd.proto.effect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.event.Payloads;

/**
 * What WATCH_PROCESSES asks for: the number of processes that match, now and after each change.
 *
 * @param watchId the core's name for it
 * @param process a name, as in /proc/PID/comm, or the path of the command
 * @param fullCommand the whole path of the command is compared, not its name
 */
public record ProcessWatch(
        int watchId, String process, boolean fullCommand, ParameterMatch parameterMatch, List<String> parameters) {

    /** Returns the payload's length in bytes. */
    public int write(ByteBuffer out, int offset) {
        out.putInt(offset, watchId);
        out.put(offset + 4, (byte) (fullCommand ? 1 : 0));
        out.put(offset + 5, (byte) parameterMatch.ordinal());
        int at = Payloads.writeText(out, offset + 6, process);
        return Payloads.writeTexts(out, at, parameters) - offset;
    }

    public static ProcessWatch read(ByteBuffer in, int offset) {
        List<String> parameters = new ArrayList<>();
        Payloads.readTexts(in, Payloads.skipText(in, offset + 6), parameters);
        return new ProcessWatch(
                in.getInt(offset), Payloads.readText(in, offset + 6), in.get(offset + 4) == 1,
                ParameterMatch.values()[in.get(offset + 5)], List.copyOf(parameters));
    }
}
