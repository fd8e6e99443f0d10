package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.vrrp.Advertisement;

/** log_unknown_vrids: advertisements for virtual routers that nobody here is, told at most once a minute. */
final class UnknownRouters {

    private static final long SPACING_NANOS = 60_000_000_000L;

    private final CoreContext context;
    private long count;
    private long quietUntil;

    UnknownRouters(CoreContext context) {
        this.context = context;
    }

    void heard(Advertisement advertisement, int interfaceIndex) {
        count++;
        long now = context.moment().nowNanos();
        if (now < quietUntil) {
            return;
        }
        quietUntil = now + SPACING_NANOS;
        ObservedLink link = context.kernel().byIndex(interfaceIndex);
        context.outbox().note(NoteKind.UNKNOWN_VRID, Effects.NO_INSTANCE, "", advertisement.source().toString(),
                "virtual router " + advertisement.vrid() + (link == null ? "" : " on " + link.name), count);
        count = 0;
    }

    void save(SnapshotWriter out) {
        out.putLong(count).putLong(quietUntil);
    }

    void load(SnapshotReader in) {
        count = in.getLong();
        quietUntil = in.getLong();
    }
}
