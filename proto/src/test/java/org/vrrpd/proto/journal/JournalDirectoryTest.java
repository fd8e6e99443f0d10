package org.vrrpd.proto.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDirectoryTest {

    @TempDir
    Path temp;

    /** Holds the lock until it is killed. */
    public static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (JournalDirectory held = JournalDirectory.lock(Path.of(arguments[0]))) {
                System.out.println("locked " + held.path());
                System.in.read();
            }
        }
    }

    @Test
    void isMadeForOwnerAndGroup() throws Exception {
        try (JournalDirectory directory = JournalDirectory.lock(temp.resolve("a/b"))) {
            assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())));
        }
    }

    @Test
    void aSecondDaemonIsRefusedByNameUntilTheFirstIsGone() throws Exception {
        try (ChildJvm child = new ChildJvm(Holder.class, temp.toString())) {
            assertEquals("locked " + temp, child.readLine());
            JournalLockedException refused =
                    assertThrows(JournalLockedException.class, () -> JournalDirectory.lock(temp));
            assertTrue(refused.getMessage().contains("process " + child.pid()), refused.getMessage());
            child.kill9();
        }
        JournalDirectory.lock(temp).close();
    }

    @Test
    void isRefusedTwiceInOneProcess() throws Exception {
        try (JournalDirectory held = JournalDirectory.lock(temp)) {
            assertThrows(JournalLockedException.class, () -> JournalDirectory.lock(held.path()));
        }
        JournalDirectory.lock(temp).close();
    }

    /** The process id in a stale lock may be anybody's by now, even ours (process 1 in every container). */
    @Test
    void aStaleLockWithTheIdOfALivingProcessMeansNothing() throws Exception {
        Files.writeString(temp.resolve("lock"), ProcessHandle.current().pid() + "\n");
        JournalDirectory.lock(temp).close();
        Files.writeString(temp.resolve("lock"), "1\n");
        JournalDirectory.lock(temp).close();
    }
}
