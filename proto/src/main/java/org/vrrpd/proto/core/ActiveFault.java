package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.FaultReason;

/** A fault that holds now. Two are the same when reason and subject are; the detail may change while it lasts. */
record ActiveFault(FaultReason reason, String subject, String detail, long sinceNanos, long sinceSequence) {

    boolean isSameAs(FaultReason otherReason, String otherSubject) {
        return reason == otherReason && subject.equals(otherSubject);
    }

    ActiveFault withDetail(String newDetail) {
        return detail.equals(newDetail)
                ? this
                : new ActiveFault(reason, subject, newDetail, sinceNanos, sinceSequence);
    }

    void save(SnapshotWriter out) {
        out.putInt(reason.number()).putText(subject).putText(detail).putLong(sinceNanos).putLong(sinceSequence);
    }

    static ActiveFault load(SnapshotReader in) {
        return new ActiveFault(
                FaultReason.ofNumber(in.getInt()), in.getText(), in.getText(), in.getLong(), in.getLong());
    }
}
