package org.vrrpd.proto.config;

/** How an instance elects and yields: what its lines say together, what strict_mode takes back, and the defaults. */
final class ElectionCompletion {

    private static final int DEFAULT_PRIORITY = 100;
    /** RFC 9568 section 6.1. */
    private static final int STRICT_DOWN_TIMER_ADVERTS = 3;

    private final InstanceDraft draft;
    private final GlobalSettings global;
    private final StrictMode strict;
    private final Problems problems;
    private final String where;
    private final int priority;

    ElectionCompletion(InstanceDraft draft, GlobalSettings global, StrictMode strict, Problems problems) {
        this.draft = draft;
        this.global = global;
        this.strict = strict;
        this.problems = problems;
        this.where = draft.where();
        this.priority = findPriority();
    }

    /** Whether its priority will be 255. */
    static boolean isOwner(InstanceDraft draft) {
        return draft.priority == null
                ? draft.wantsMaster() && !draft.priorityFailed
                : draft.priority == InstanceConfiguration.OWNER_PRIORITY;
    }

    int priority() {
        return priority;
    }

    boolean isOwner() {
        return priority == InstanceConfiguration.OWNER_PRIORITY;
    }

    private int findPriority() {
        if (draft.priority == null && isOwner(draft)) {
            problems.warning(draft.stateWord, "state MASTER without a priority in " + where
                    + " means priority 255: this router takes itself for the owner of the addresses, becomes MASTER at"
                    + " once and yields to nobody; write priority 1 to 254 if that is not meant");
            return InstanceConfiguration.OWNER_PRIORITY;
        }
        if (isOwner(draft) && draft.stateWord != null && !draft.wantsMaster()) {
            problems.warning(draft.stateWord, "state " + draft.stateWord.shown() + " in " + where
                    + " is ignored: priority 255 is the owner of the addresses, which becomes MASTER at once");
        }
        return draft.priority == null ? DEFAULT_PRIORITY : draft.priority;
    }

    ElectionConfiguration complete() {
        boolean wantsMaster = wantsMaster();
        boolean preempt = preempt(wantsMaster);
        return new ElectionConfiguration(
                preempt,
                preemptDelay(preempt, wantsMaster),
                downTimerAdverts(),
                strict.force("lower_prio_no_advert", draft.lowerPriorityNoAdvert, global.lowerPriorityNoAdvert, true),
                strict.force("higher_prio_send_advert", draft.higherPrioritySendAdvert,
                        global.higherPrioritySendAdvert, false),
                ownerIgnores(),
                timerExpired(preempt),
                strict.isOn());
    }

    private boolean wantsMaster() {
        if (!draft.wantsMaster() || isOwner()) {
            return draft.wantsMaster();
        }
        // with AH it has to hear the sequence number first
        String reason = strict.isOn()
                ? "with strict_mode only priority 255 starts as MASTER"
                : draft.authentication.isAh() ? "with auth_type AH it has to hear the sequence number first" : null;
        if (reason != null) {
            problems.warning(draft.stateWord, "state MASTER in " + where + " counts as BACKUP: " + reason);
        }
        return reason == null;
    }

    private boolean preempt(boolean wantsMaster) {
        if (draft.nopreempt == null) {
            return true;
        }
        String reason = alwaysPreempts(wantsMaster);
        if (reason != null) {
            problems.warning(draft.nopreempt, "nopreempt in " + where + " is ignored: it does not go with " + reason);
            return true;
        }
        return false;
    }

    private long preemptDelay(boolean preempt, boolean wantsMaster) {
        long nanos = draft.preemptDelayNanos == null ? 0 : draft.preemptDelayNanos;
        String reason = !preempt ? "nopreempt" : alwaysPreempts(wantsMaster);
        reason = reason == null && strict.isOn() ? "strict_mode" : reason;
        if (nanos > 0 && reason != null) {
            problems.warning(draft.preemptDelayWord,
                    "preempt_delay in " + where + " is ignored: it does not go with " + reason);
            return 0;
        }
        return nanos;
    }

    private String alwaysPreempts(boolean wantsMaster) {
        return wantsMaster ? "state MASTER" : isOwner() ? "priority 255" : null;
    }

    private int downTimerAdverts() {
        Integer own = draft.downTimerAdverts;
        int configured = own != null ? own : global.downTimerAdverts;
        if (!strict.isOn()) {
            return configured;
        }
        if (own != null && own != STRICT_DOWN_TIMER_ADVERTS) {
            strict.ignored("down_timer_adverts", "it is " + STRICT_DOWN_TIMER_ADVERTS);
        }
        return STRICT_DOWN_TIMER_ADVERTS;
    }

    private boolean ownerIgnores() {
        if (isOwner()) {
            return strict.force("owner_ignore_adverts", draft.ownerIgnores, global.ownerIgnores, true);
        }
        if (draft.ownerIgnores != null && draft.ownerIgnores) {
            problems.warning(draft.given.get("owner_ignore_adverts"), "owner_ignore_adverts in " + where
                    + " is ignored: it is for priority 255");
        }
        return false;
    }

    private int timerExpired(boolean preempt) {
        if (draft.timerExpired != null && preempt) {
            problems.warning(draft.timerExpiredWord, draft.timerExpiredWord + " in " + where
                    + " is ignored: expected nopreempt beside it");
            return 0;
        }
        return draft.timerExpired == null ? 0 : draft.timerExpired;
    }
}
