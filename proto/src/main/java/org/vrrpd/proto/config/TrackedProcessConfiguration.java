package org.vrrpd.proto.config;

import java.util.List;
import org.vrrpd.proto.effect.ParameterMatch;

/**
 * A vrrp_track_process: how many processes of a name run.
 *
 * @param process a name, as in /proc/PID/comm, or a path
 * @param fullCommand the whole path of the command is compared, not its name
 * @param quorum at least so many must run
 * @param quorumMax at most so many may; {@link #UNLIMITED}: any number
 * @param forkDelayNanos until what began counts, 0 to 3600 s
 * @param terminateDelayNanos until what ended counts, 0 to 3600 s
 */
public record TrackedProcessConfiguration(
        String name,
        String process,
        List<String> parameters,
        ParameterMatch parameterMatch,
        boolean fullCommand,
        int quorum,
        int quorumMax,
        long forkDelayNanos,
        long terminateDelayNanos) {

    public static final int UNLIMITED = Integer.MAX_VALUE;
}
