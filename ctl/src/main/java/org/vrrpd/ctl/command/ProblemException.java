package org.vrrpd.ctl.command;

/** What was asked for cannot be had; the message is all there is to say. */
public final class ProblemException extends Exception {

    private static final long serialVersionUID = 1;

    public ProblemException(String message) {
        super(message);
    }
}
