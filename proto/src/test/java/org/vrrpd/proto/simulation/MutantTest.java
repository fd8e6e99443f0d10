package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bugs that others had, and the classic ones: each, planted, is found within so many seeds. */
class MutantTest {

    private static final int SEEDS = Integer.getInteger("simulation.mutant.seeds", 60);

    @TempDir
    Path directory;

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant("BACKUP gives way only to a higher priority, not to an equal one", "core/BackupState.java",
                        "advertisement.priority() < router.effectivePriority()",
                        "advertisement.priority() <= router.effectivePriority()"),
                new Mutant("the lower address wins among equals", "core/MasterState.java",
                        "order > 0 || order == 0 && address > 0", "order > 0 || order == 0 && address < 0"),
                new Mutant("Master_Down_Timer is not armed again", "core/BackupState.java",
                        "router.masterDownAt = receivedNanos + router.masterDownInterval();", ""),
                new Mutant("Skew_Time from the own interval", "core/VirtualRouter.java",
                        "Timers.skewTime(configuration.version(), timerPriority(), masterIntervalNanos)",
                        "Timers.skewTime(configuration.version(), timerPriority(),"
                                + " configuration.advertisementIntervalNanos())"),
                new Mutant("Master_Down_Interval from the own interval", "core/VirtualRouter.java",
                        "configuration.version(), timerPriority(), masterIntervalNanos,\n",
                        "configuration.version(), timerPriority(), configuration.advertisementIntervalNanos(),\n"),
                new Mutant("priority 0 is answered after a whole Master_Down_Interval", "core/BackupState.java",
                        "router.masterDownAt = receivedNanos + router.skewTime();",
                        "router.masterDownAt = receivedNanos + router.masterDownInterval();"),
                new Mutant("an address that becomes usable goes unnoticed", "core/KernelObserver.java",
                        "boolean changed = isNew || address.flags != addressMessage.flags();",
                        "boolean changed = isNew;"),
                new Mutant("an interface that comes back has another index", "core/ReceiveSocket.java",
                        "interfaceIndex == ", "0 == 0 * "),
                new Mutant("dropped netlink messages are not asked for again", "core/VrrpCore.java",
                        "case NETLINK_OVERRUN -> onOverrun();", "case NETLINK_OVERRUN -> { }"),
                new Mutant("a sync group splits", "core/MasterState.java", "router.syncGroupToBackup();", ""),
                new Mutant("what a killed daemon left stays", "core/KernelListener.java",
                        "StaleObjects.remove(context);", ""),
                new Mutant("a socket that could not be opened is given up", "core/SocketKeeper.java",
                        "socket.backoff.isDue(moment.nowNanos())", "socket.failure.isEmpty()"),
                new Mutant("a field is missing from snapshots", "core/VirtualRouter.java",
                        "answeredAt = in.getLong();", "in.getLong();"),
                new Mutant("a virtual address that somebody removed is not missed", "core/KernelListener.java",
                        "router.addresses.onRemoved(link, address);", ""));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isFound(Mutant mutant) throws Exception {
        assertTrue(mutant.firstSeedThatFinds(directory, SEEDS) > 0,
                () -> "Expected seeds 1 to " + SEEDS + " to find: " + mutant);
    }
}
