package org.vrrpd.system;

import java.util.regex.Pattern;
import org.vrrpd.system.Alignment.Row;
import org.vrrpd.system.Alignment.Verdict;

/** A difference that is on purpose: who does what the other does not, as a pattern of its whole text. */
record Deviation(Verdict verdict, Pattern text) {

    static Deviation onlyKeepalived(String text) {
        return new Deviation(Verdict.ONLY_KEEPALIVED, Pattern.compile(text));
    }

    static Deviation onlyVrrpd(String text) {
        return new Deviation(Verdict.ONLY_VRRPD, Pattern.compile(text));
    }

    static Deviation atAnotherTime(String text) {
        return new Deviation(Verdict.AT_ANOTHER_TIME, Pattern.compile(text));
    }

    boolean explains(Row row) {
        return row.verdict() == verdict && text.matcher(row.either().text()).matches();
    }

    @Override
    public String toString() {
        return verdict + " " + text;
    }
}
