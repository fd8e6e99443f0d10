package org.vrrpd.daemon.control;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Where records come from: those of the past from a directory, those to come by subscription. */
public interface EventSource {

    /** The journal, which may be read while it is written. */
    Path journalDirectory();

    /**
     * Every record after the call goes to the handler, in order, on the thread that writes the journal; the handler
     * copies and returns. Records already in the directory may be given again.
     */
    Subscription subscribe(RecordHandler handler);

    /** The buffer is big-endian and valid only during the call. */
    @FunctionalInterface
    interface RecordHandler {
        void onRecord(ByteBuffer bigEndian, int offset, int length);
    }

    /** Closing it twice does nothing. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
