package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rings of runs that were killed. A new run sets the old ring aside under a name of its own and begins with an
 * empty one at once; the journal thread puts what is left behind the old journal whenever the disk is ready.
 */
public final class RingLeftovers {

    private static final int MOST = 100;

    private RingLeftovers() {}

    /** Sets an existing ring aside; only under the lock that makes the caller the only daemon there. */
    public static void setAside(Path ring) throws IOException {
        if (!Files.exists(ring)) {
            return;
        }
        for (int i = 1; i < MOST; i++) {
            if (!Files.exists(name(ring, i))) {
                Files.move(ring, name(ring, i));
                return;
            }
        }
        Files.delete(ring); // a hundred runs were killed before one record of theirs reached the disk
    }

    /** Those set aside, the oldest first. */
    public static List<Path> of(Path ring) {
        List<Path> leftovers = new ArrayList<>();
        for (int i = 1; i < MOST; i++) {
            if (Files.exists(name(ring, i))) {
                leftovers.add(name(ring, i));
            }
        }
        return leftovers;
    }

    private static Path name(Path ring, int number) {
        return ring.resolveSibling(ring.getFileName() + ".left-" + number);
    }
}
