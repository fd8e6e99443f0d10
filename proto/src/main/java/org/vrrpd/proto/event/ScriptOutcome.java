package org.vrrpd.proto.event;

/** What became of a run of a script. Numbers are those of the journal and closed. */
public enum ScriptOutcome {
    /** It ended by itself; the number is its exit status. */
    EXITED(1),
    /** A signal ended it; the number is the signal's. */
    SIGNALLED(2),
    /** Its time is over and it is being ended. When it is gone, EXITED or SIGNALLED follows for the same run. */
    TIMED_OUT(3),
    /** It was not started; the text says why. */
    NOT_STARTED(4);

    private static final ScriptOutcome[] ALL = values();

    private final int number;

    ScriptOutcome(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Null when none has the number. */
    public static ScriptOutcome ofNumber(int number) {
        return number >= 1 && number <= ALL.length ? ALL[number - 1] : null;
    }
}
