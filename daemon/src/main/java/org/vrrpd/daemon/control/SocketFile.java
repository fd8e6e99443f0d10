package org.vrrpd.daemon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The file of the control socket: whoever may write to it may look. It has the mode 0660 and the group of the readers.
 */
public final class SocketFile {

    private static final String MODE = "rw-rw----";
    private static final String DEFAULT_GROUP = "vrrpd";

    private final Path path;
    private final String group;
    private final Access access;
    private final boolean named;
    private final boolean mayGive;
    private final Consumer<String> log;

    /**
     * @param group whose members may look; null: {@code vrrpd}, when the process is root and there is such a group,
     *     else the process's own
     */
    public SocketFile(Path path, String group, UnixSockets sockets, Access access, Consumer<String> log) {
        this.path = path;
        this.group = group == null ? DEFAULT_GROUP : group;
        this.access = access;
        this.named = group != null;
        this.mayGive = group != null || sockets.ownUid() == 0;
        this.log = log;
    }

    Path path() {
        return path;
    }

    /** First the group, then the mode: until then nobody but root can connect. */
    void open() throws IOException {
        warnOfDirectory();
        if (mayGive) {
            giveToGroup();
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
    }

    private void giveToGroup() {
        try {
            Integer gid = access.find(group).join();
            if (gid != null) {
                Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            } else if (named) {
                log.accept("control: there is no group " + group + ": " + path + " keeps the daemon's own group");
            }
        } catch (IOException | CompletionException e) {
            log.accept("control: cannot give " + path + " to the group " + group + ": " + e.getMessage());
        }
    }

    /** Who may write to the directory can put a socket of his own in place of ours. */
    private void warnOfDirectory() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            log.accept("control: Expected " + directory + " to be writable for its owner alone, but found "
                    + PosixFilePermissions.toString(permissions) + ": anybody could replace the control socket");
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return; // the directory is gone or read-only: nothing of ours is left to remove
        }
    }
}
