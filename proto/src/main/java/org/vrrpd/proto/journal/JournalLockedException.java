package org.vrrpd.proto.journal;

import java.io.IOException;

/** Another process writes to the journal directory; the message names it when it can. */
public final class JournalLockedException extends IOException {

    private static final long serialVersionUID = 1;

    public JournalLockedException(String message) {
        super(message);
    }
}
