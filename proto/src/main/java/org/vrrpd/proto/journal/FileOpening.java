package org.vrrpd.proto.journal;

/** Why a file was begun; it tells replay what the snapshot in it must agree with. The numbers never change. */
public enum FileOpening {
    /** A daemon started: the state is a fresh core's, and nothing before it matters. */
    RUN_STARTED(1),
    /** The file before was full or old enough: the state is the one at its end. */
    ROLLED(2),
    /** Journaling was suspended: records are missing before this file. */
    RESUMED(3),
    /** A killed daemon's last records, found in the ring: the state is the one at the end of the file before. */
    RECOVERED(4),
    /** As RECOVERED, but the end of the file before cannot be known: there is no snapshot. */
    RECOVERED_WITHOUT_STATE(5);

    private final int number;

    FileOpening(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** True when a replay that comes from the file before must arrive at the state and digest of the snapshot. */
    public boolean continues() {
        return this == ROLLED || this == RECOVERED;
    }

    public static FileOpening ofNumber(int number) {
        for (FileOpening opening : values()) {
            if (opening.number == number) {
                return opening;
            }
        }
        throw new IllegalArgumentException("Expected the number of a file's opening, but found " + number);
    }
}
