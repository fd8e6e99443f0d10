package org.vrrpd.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last word of every test: what the daemon did follows from what it recorded. */
final class Journals {

    private Journals() {}

    static void verify(Path journal) {
        if (!Files.isDirectory(journal)) {
            throw new AssertionError("Expected a journal at " + journal + ", but there is none");
        }
        Shell.Result result = Shell.run(
                List.of(Programs.vrrpctl().toString(), "replay", journal.toString(), "--verify"));
        if (result.exit() != 0) {
            throw new AssertionError("Expected the replay of " + journal + " to verify, but found exit status "
                    + result.exit() + ": " + result.output());
        }
    }
}
