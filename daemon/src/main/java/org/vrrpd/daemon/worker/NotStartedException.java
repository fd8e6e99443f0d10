package org.vrrpd.daemon.worker;

/** A script cannot be run; the message says why, for an operator. */
final class NotStartedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotStartedException(String message) {
        super(message, null, false, false);
    }
}
