package org.vrrpd.daemon.input;

/** Which signal does what, under keepalived's names. Numbers of Linux on x86_64 and aarch64. */
public enum SignalNumber {
    STOP(15),
    RELOAD(1),
    /** SIGUSR1. */
    DATA(10),
    /** SIGUSR2. */
    STATS(12),
    /** SIGRTMAX - 1. */
    STATS_CLEAR(63),
    /** SIGRTMIN + 2. */
    JSON(36);

    private final int number;

    SignalNumber(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Null for a number that is none of them. */
    static SignalNumber of(int number) {
        for (SignalNumber signal : values()) {
            if (signal.number == number) {
                return signal;
            }
        }
        return null;
    }
}
