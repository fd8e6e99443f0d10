package org.vrrpd.proto.effect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.event.Payloads;

/**
 * What RUN_SCRIPT asks for.
 *
 * @param purpose for people, such as "vrrp_script chk_http" or "notify_master of VI_1"
 * @param timeoutNanos after it the run is ended with all that it started
 * @param user empty: keepalived_script when there is such a user, else the daemon's own
 * @param group empty: the user's own
 * @param secure it is not run as root when others than root could change it
 * @param arguments the program first; no shell
 */
public record ScriptRun(
        String purpose, long timeoutNanos, String user, String group, boolean secure, List<String> arguments) {

    /** Returns the payload's length in bytes. */
    public int write(ByteBuffer out, int offset) {
        out.putLong(offset, timeoutNanos);
        out.put(offset + 8, (byte) (secure ? 1 : 0));
        int at = Payloads.writeText(out, offset + 9, purpose);
        at = Payloads.writeText(out, at, user);
        at = Payloads.writeText(out, at, group);
        return Payloads.writeTexts(out, at, arguments) - offset;
    }

    public static ScriptRun read(ByteBuffer in, int offset) {
        int purpose = offset + 9;
        int user = Payloads.skipText(in, purpose);
        int group = Payloads.skipText(in, user);
        List<String> arguments = new ArrayList<>();
        Payloads.readTexts(in, Payloads.skipText(in, group), arguments);
        return new ScriptRun(
                Payloads.readText(in, purpose), in.getLong(offset), Payloads.readText(in, user),
                Payloads.readText(in, group), in.get(offset + 8) == 1, List.copyOf(arguments));
    }
}
