package org.vrrpd.daemon.control;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vrrpd.daemon.control.UnixSockets.Peer;

/**
 * Who may change something: root, and the members of one group when one is named. Whoever else can open the socket may
 * look. The daemon's own user is not trusted: what runs as it, such as a script, has no business reloading.
 *
 * <p>The group's number is looked up at the start and at every reload, on a thread of its own, since a directory server
 * that does not answer must hold up nobody. Who is in the group is not looked up at all: the kernel tells the groups
 * that the process had when it connected.
 */
public final class Access {

    private static final int ROOT_UID = 0;
    private static final long LOOKUP_SECONDS = 2;

    /** In order of what one may. */
    public enum Role { READER, ADMIN, ROOT }

    private final UnixSockets sockets;
    private final String adminGroup;
    private final Consumer<String> log;
    private volatile Integer adminGid;
    private String told = "";

    /** @param adminGroup empty: root alone may change something */
    public Access(UnixSockets sockets, String adminGroup, Consumer<String> log) {
        this.sockets = sockets;
        this.adminGroup = adminGroup;
        this.log = log;
    }

    /** Any thread. Completes when the group was looked up, or after two seconds. */
    public CompletableFuture<Void> lookUp() {
        if (adminGroup.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return find(adminGroup).handle(this::found);
    }

    private synchronized Void found(Integer gid, Throwable problem) {
        if (problem == null) {
            adminGid = gid; // when it cannot be told now, what was true before is the best guess
        }
        String text = problem != null
                ? "cannot look up the group " + adminGroup + ": " + problem.getMessage() + "; " + needs()
                        + " to change anything"
                : gid == null
                        ? "there is no group " + adminGroup + ": only root may change anything, until there is one at"
                                + " the next reload"
                        : "root and the group " + adminGroup + " (gid " + Integer.toUnsignedString(gid)
                                + ") may change something";
        if (!text.equals(told)) {
            told = text;
            log.accept("control: " + text);
        }
        return null;
    }

    /** The number of a group, null when there is none; fails when that cannot be told in time. */
    CompletableFuture<Integer> find(String group) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(sockets.group(group));
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }, "group-lookup");
        thread.setDaemon(true);
        thread.start();
        return answer.orTimeout(LOOKUP_SECONDS, TimeUnit.SECONDS);
    }

    /** @param fd the connection, which must be open */
    Role roleOf(Peer peer, int fd) {
        if (peer.uid() == ROOT_UID) {
            return Role.ROOT;
        }
        Integer gid = adminGid;
        if (gid == null) {
            return Role.READER;
        }
        try {
            return peer.gid() == gid || sockets.isMember(fd, gid) ? Role.ADMIN : Role.READER;
        } catch (IOException e) {
            return Role.READER; // who cannot show it is no member
        }
    }

    /** What a change needs: {@code needs root or the group netops}. */
    String needs() {
        return adminGid == null ? "needs root" : "needs root or the group " + adminGroup;
    }

    /** How one gets there. */
    String hint() {
        if (adminGid != null) {
            return "usermod -aG " + adminGroup + " NAME makes NAME a member, from the next login on";
        }
        return adminGroup.isEmpty()
                ? "vrrpd --admin-group GROUP would let the members of GROUP do it too"
                : "vrrpd was told that the group " + adminGroup + " may too, but there is none: make it, and reload";
    }
}
