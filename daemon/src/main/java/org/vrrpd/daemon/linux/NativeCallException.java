package org.vrrpd.daemon.linux;

import java.io.IOException;

/** A call that the kernel refused: which one, and why. */
public final class NativeCallException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    NativeCallException(String call, int errno) {
        super(call + ": " + Errno.text(errno));
        this.call = call;
        this.errno = errno;
    }

    /** The function, or the socket option, that failed. */
    public String call() {
        return call;
    }

    public int errno() {
        return errno;
    }
}
