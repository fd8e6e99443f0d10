package org.vrrpd.ctl.client;

/** Nobody answers on the control socket. The message says which socket, and what to look at. */
public final class NoDaemonException extends Exception {

    private static final long serialVersionUID = 1;

    public NoDaemonException(String message, Throwable cause) {
        super(message, cause);
    }
}
