package org.vrrpd.proto.config;

/** strict_mode of one instance: what it demands beside the other lines. */
final class StrictMode {

    private final InstanceDraft draft;
    private final boolean on;
    private final Problems problems;

    StrictMode(InstanceDraft draft, boolean global, Problems problems) {
        this.draft = draft;
        this.on = draft.strict != null ? draft.strict : global;
        this.problems = problems;
    }

    boolean isOn() {
        return on;
    }

    /**
     * A setting that strict_mode knows better.
     *
     * @param own null: not given
     * @param demanded its value in strict_mode
     */
    boolean force(String keyword, Boolean own, boolean global, boolean demanded) {
        if (!on) {
            return own != null ? own : global;
        }
        if (own != null && own != demanded) {
            ignored(keyword, "it is " + (demanded ? "on" : "off"));
        }
        return demanded;
    }

    /** Reports that a line does not count. */
    void ignored(String keyword, String instead) {
        problems.warning(draft.given.get(keyword), keyword + " in " + draft.where()
                + " is ignored: with strict_mode " + instead);
    }

    /** Whether packets to the addresses are accepted. RFC 3768 has no Accept_Mode; in RFC 9568 it is off by default. */
    boolean accept(boolean owner, int version) {
        if (!on || owner) {
            return draft.accept == null || draft.accept;
        }
        boolean accept = draft.accept != null && draft.accept;
        if (accept && version == 2) {
            ignored("accept", "only an owner of version 2 accepts packets to the virtual addresses");
            return false;
        }
        if (draft.accept == null) {
            problems.warning(draft.name, draft.where() + " accepts no packets to its virtual addresses, pings neither:"
                    + " strict_mode " + (version == 2 ? "and version 2 allow that to the owner only"
                    : "without accept means no_accept"));
        }
        return accept;
    }
}
