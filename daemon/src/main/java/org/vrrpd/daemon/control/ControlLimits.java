package org.vrrpd.daemon.control;

import java.time.Duration;
import org.vrrpd.proto.control.ControlProtocol;

/** What clients may take; docs/CONTROL.md says what one gets who wants more. */
public record ControlLimits(Connections connections, Messages messages, Rates rates, Memory memory) {

    /**
     * @param all together; the difference to {@code readersAndAdmins} is root's alone
     * @param readersAndAdmins all but root together; the difference to {@code readers} is the admins'
     * @param perUser of one uid that is not root's
     * @param acceptedPerSecond beyond it new ones wait in the kernel's queue, root's among them, so it must not be low;
     *     but each makes work for the garbage collector, for which the protocol thread waits too
     */
    public record Connections(int all, int readersAndAdmins, int readers, int perUser, int acceptedPerSecond) {}

    /**
     * @param errors messages that are none, after which the connection is closed
     * @param line from the first byte of a message to its end
     * @param idle a client that neither asks nor follows for so long is disconnected
     */
    public record Messages(int bytes, int errors, Duration line, Duration idle) {}

    /**
     * Requests a second; what comes faster is answered later, and read no faster than that.
     *
     * @param perConnection of anybody
     * @param burst of one connection after a pause
     * @param withoutRoot of all connections but root's together
     * @param large as how many a request counts whose answer can be long: such answers fill the heap, and for the
     *     collection of a full heap the protocol thread has to wait
     */
    public record Rates(int perConnection, int burst, int withoutRoot, int large) {

        int weight(String method) {
            return switch (method) {
                case ControlProtocol.EVENTS, ControlProtocol.FAULTS, ControlProtocol.DUMP -> large;
                default -> 1;
            };
        }
    }

    /**
     * @param unreadBytes answers and records of all connections that wait to be read
     * @param followRecords that wait for one slow follower; the rest is lost to it, and it is told how many
     * @param followBytes of them
     */
    public record Memory(long unreadBytes, int followRecords, int followBytes) {}

    public static final ControlLimits DEFAULT = new ControlLimits(
            new Connections(ControlProtocol.MAX_CONNECTIONS, 56, 40, 16, 300),
            new Messages(ControlProtocol.MAX_REQUEST_BYTES, ControlProtocol.MAX_ERRORS,
                    Duration.ofSeconds(10), Duration.ofSeconds(60)),
            new Rates(50, 100, 200, 20),
            new Memory(8 * 1024 * 1024, 4096, 128 * 1024));
}
