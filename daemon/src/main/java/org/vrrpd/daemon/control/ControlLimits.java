package org.vrrpd.daemon.control;

import java.time.Duration;
import org.vrrpd.proto.control.ControlProtocol;

/**
 * @param idle a client that neither asks nor follows for so long is disconnected
 * @param followQueue records that wait for one slow follower; the rest is lost to it, and it is told how many
 */
public record ControlLimits(int connections, int requestBytes, int errors, Duration idle, int followQueue) {

    public static final ControlLimits DEFAULT = new ControlLimits(
            ControlProtocol.MAX_CONNECTIONS, ControlProtocol.MAX_REQUEST_BYTES, ControlProtocol.MAX_ERRORS,
            Duration.ofSeconds(60), 4096);
}
