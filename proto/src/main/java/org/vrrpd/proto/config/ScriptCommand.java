package org.vrrpd.proto.config;

import java.util.List;

/**
 * A command to run: no shell, argument by argument.
 *
 * @param arguments the program first; at least one
 * @param user as whom; empty: keepalived_script when there is such a user, else the daemon's own
 * @param group empty: the user's own
 */
public record ScriptCommand(List<String> arguments, String user, String group) {

    /** For people, not for a shell. */
    public String text() {
        return String.join(" ", arguments);
    }
}
