package org.vrrpd.daemon.output;

import org.vrrpd.proto.effect.LogLevel;

/** Where the daemon says what troubles itself. Nobody waits for it. */
@FunctionalInterface
public interface Log {

    void log(LogLevel level, String text);

    default void error(String text) {
        log(LogLevel.ERROR, text);
    }

    default void warning(String text) {
        log(LogLevel.WARNING, text);
    }

    default void notice(String text) {
        log(LogLevel.NOTICE, text);
    }

    default void info(String text) {
        log(LogLevel.INFO, text);
    }
}
