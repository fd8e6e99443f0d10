package org.vrrpd.proto.effect;

/** The Linux error numbers that operators meet here, as text. The numbers are those of x86-64 and arm64. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENODEV = 19;
    public static final int EEXIST = 17;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRNOTAVAIL = 99;

    private Errno() {}

    public static String text(int errno) {
        return switch (errno) {
            case EPERM -> "operation not permitted (EPERM)";
            case 2 -> "no such file (ENOENT)";
            case 5 -> "input/output error (EIO)";
            case 6 -> "no such device or address (ENXIO)";
            case 11 -> "try again (EAGAIN)";
            case 12 -> "out of memory (ENOMEM)";
            case 13 -> "permission denied (EACCES)";
            case 16 -> "busy (EBUSY)";
            case EEXIST -> "exists already (EEXIST)";
            case ENODEV -> "no such device (ENODEV)";
            case 22 -> "invalid argument (EINVAL)";
            case 24 -> "too many open files (EMFILE)";
            case 28 -> "no space left (ENOSPC)";
            case 30 -> "read-only file system (EROFS)";
            case 90 -> "message too long (EMSGSIZE)";
            case EOPNOTSUPP -> "not supported by this kernel (EOPNOTSUPP)";
            case EAFNOSUPPORT -> "address family not supported (EAFNOSUPPORT)";
            case 98 -> "address in use (EADDRINUSE)";
            case EADDRNOTAVAIL -> "address not available (EADDRNOTAVAIL)";
            case 100 -> "network is down (ENETDOWN)";
            case 101 -> "network is unreachable (ENETUNREACH)";
            case 105 -> "no buffer space (ENOBUFS)";
            default -> "error number " + errno;
        };
    }
}
