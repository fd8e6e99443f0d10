package org.vrrpd.daemon.linux;

import java.nio.charset.StandardCharsets;

/** Users and groups as the system's databases have them. Can take as long as these do: never on the protocol thread. */
public final class Accounts {

    private static final int FIRST_BYTES = 4 * 1024;
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int ENTRY_BYTES = 64;
    /** struct passwd and struct group: two pointers, then numbers. */
    private static final int NUMBER = 16;
    private static final int USER_GROUP = 20;

    /** Numbers of a user and of its own group. */
    public record User(int uid, int gid) {}

    /** One of the two look-ups. */
    @FunctionalInterface
    private interface Lookup {
        int find(long name, long entry, long buffer, long length, long result);
    }

    private Accounts() {}

    /** As whom the process acts. */
    public static User self() {
        return new User(Linux.C.geteuid(), Linux.C.getegid());
    }

    /** Null when there is none of that name. */
    public static User user(String name) throws NativeCallException {
        int[] found = find(name, Linux.C::getpwnam_r, "getpwnam_r");
        return found == null ? null : new User(found[0], found[1]);
    }

    /** Null when there is none of that name. */
    public static Integer group(String name) throws NativeCallException {
        int[] found = find(name, Linux.C::getgrnam_r, "getgrnam_r");
        return found == null ? null : found[0];
    }

    private static int[] find(String name, Lookup lookup, String call) throws NativeCallException {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        for (int length = FIRST_BYTES; ; length *= 8) { // a group can have very many members
            Scratch scratch = Scratch.ofBytes(Scratch.sizeOf(text) + ENTRY_BYTES + 8 + length);
            long entry = scratch.reserve(ENTRY_BYTES);
            long result = scratch.reserve(8);
            int errno = lookup.find(scratch.place(text), entry, scratch.reserve(length), length, result);
            if (scratch.longAt(result) != 0) {
                return new int[] {scratch.intAt(entry + NUMBER), scratch.intAt(entry + USER_GROUP)};
            }
            if (errno == 0 || Errno.ENOENT.is(errno) || Errno.ESRCH.is(errno)) {
                return null;
            }
            if (!Errno.ERANGE.is(errno) || length > MOST_BYTES) {
                throw new NativeCallException(call, errno);
            }
        }
    }
}
