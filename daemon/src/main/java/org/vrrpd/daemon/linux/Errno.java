package org.vrrpd.daemon.linux;

/** The error numbers of Linux that the daemon can meet, by name and in words. */
public enum Errno {
    EPERM(1, "not permitted"),
    ENOENT(2, "no such file or directory"),
    ESRCH(3, "no such process"),
    EINTR(4, "interrupted"),
    EIO(5, "input/output error"),
    ENXIO(6, "no such device or address"),
    E2BIG(7, "argument list too long"),
    ENOEXEC(8, "not a program that can be executed"),
    EBADF(9, "bad file descriptor"),
    ECHILD(10, "no such child"),
    EAGAIN(11, "nothing there yet"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "permission denied"),
    EFAULT(14, "bad address"),
    EBUSY(16, "busy"),
    EEXIST(17, "exists already"),
    ENODEV(19, "no such device"),
    ENOTDIR(20, "not a directory"),
    EISDIR(21, "is a directory"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many open files in the system"),
    EMFILE(24, "too many open files"),
    ENOSPC(28, "no space left"),
    EROFS(30, "read-only file system"),
    EPIPE(32, "broken pipe"),
    ERANGE(34, "out of range"),
    ELOOP(40, "too many symbolic links"),
    EMSGSIZE(90, "message too long"),
    ENOPROTOOPT(92, "option not known to this kernel"),
    EPROTONOSUPPORT(93, "protocol not known to this kernel"),
    EOPNOTSUPP(95, "not supported"),
    EAFNOSUPPORT(97, "address family not known to this kernel"),
    EADDRINUSE(98, "address in use"),
    EADDRNOTAVAIL(99, "address not available"),
    ENETDOWN(100, "network is down"),
    ENETUNREACH(101, "network is unreachable"),
    ENOBUFS(105, "no buffer space"),
    EHOSTUNREACH(113, "no route to host");

    private final int number;
    private final String words;

    Errno(int number, String words) {
        this.number = number;
        this.words = words;
    }

    public int number() {
        return number;
    }

    public boolean is(int errno) {
        return number == errno;
    }

    /** Such as "no such device (ENODEV)"; for one that is not in the list, "errno 123". */
    public static String text(int errno) {
        for (Errno known : values()) {
            if (known.number == errno) {
                return known.words + " (" + known + ")";
            }
        }
        return "errno " + errno;
    }
}
