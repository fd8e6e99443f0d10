package org.vrrpd.daemon.linux;

/**
 * Who is at the other end of a connected Unix stream socket, as the kernel noted it when the connection was made. What
 * /proc would tell is somebody else's as soon as the process id is.
 */
public final class PeerSocket {

    private static final int CREDENTIALS_BYTES = 12;
    private static final int UID = 4;
    private static final int GID = 8;
    private static final int GROUPS = 64;
    private static final int MOST_GROUPS = 65536;

    /** @param gid of the process; the groups it has beside are asked for by {@link #isMember} */
    public record Credentials(int uid, int gid, int pid) {}

    private PeerSocket() {}

    public static Credentials credentials(int fd) throws NativeCallException {
        Scratch scratch = Scratch.ofBytes(CREDENTIALS_BYTES + 16);
        long value = scratch.reserve(CREDENTIALS_BYTES);
        int read = read(scratch, fd, Constants.SO_PEERCRED, value, CREDENTIALS_BYTES);
        if (read != CREDENTIALS_BYTES) {
            throw new NativeCallException("SO_PEERCRED", Linux.errno());
        }
        return new Credentials(scratch.intAt(value + UID), scratch.intAt(value + GID), scratch.intAt(value));
    }

    /**
     * Whether the group was among the supplementary groups of who connected. Before Linux 4.13 the kernel cannot tell,
     * and nobody's counts.
     */
    public static boolean isMember(int fd, int gid) throws NativeCallException {
        for (int capacity = GROUPS; capacity <= MOST_GROUPS; ) {
            Scratch scratch = Scratch.ofBytes(capacity * 4 + 16);
            long groups = scratch.reserve(capacity * 4);
            int bytes = read(scratch, fd, Constants.SO_PEERGROUPS, groups, capacity * 4);
            if (bytes >= 0) {
                for (int at = 0; at < bytes; at += 4) {
                    if (scratch.intAt(groups + at) == gid) {
                        return true;
                    }
                }
                return false;
            }
            int errno = Linux.errno();
            if (Errno.ENOPROTOOPT.is(errno)) {
                return false;
            }
            if (!Errno.ERANGE.is(errno)) {
                throw new NativeCallException("SO_PEERGROUPS", errno);
            }
            capacity *= 32;
        }
        throw new NativeCallException("SO_PEERGROUPS", Errno.ERANGE.number());
    }

    /** The number of bytes that were written to {@code value}; negative: see errno. */
    private static int read(Scratch scratch, int fd, int option, long value, int capacity) {
        long length = scratch.reserve(4);
        scratch.bytes().putInt(scratch.offset(length), capacity);
        int result = Linux.C.getsockopt(fd, Constants.SOL_SOCKET, option, value, length);
        return result < 0 ? result : scratch.intAt(length);
    }

    /**
     * The file that this socket is bound to next gets no permissions at all, whatever the umask: between bind() and
     * chmod() nobody but root can connect.
     */
    public static void bindForNobody(int fd) throws NativeCallException {
        Linux.check(Linux.C.fchmod(fd, 0), "fchmod");
    }
}
