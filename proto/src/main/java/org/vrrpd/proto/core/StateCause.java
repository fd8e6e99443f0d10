package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.Cause;

/** Why a state was entered, kept for as long as the state lasts. */
record StateCause(Cause cause, String subject, String detail) {

    static final StateCause NONE = new StateCause(Cause.NONE, "", "");

    static StateCause of(Cause cause) {
        return new StateCause(cause, "", "");
    }

    static StateCause of(Moment moment) {
        return new StateCause(moment.cause(), moment.causeSubject(), moment.causeDetail());
    }

    String text() {
        return cause.text(subject, detail);
    }

    void save(SnapshotWriter out) {
        out.putInt(cause.number()).putText(subject).putText(detail);
    }

    static StateCause load(SnapshotReader in) {
        return new StateCause(Cause.ofNumber(in.getInt()), in.getText(), in.getText());
    }
}
