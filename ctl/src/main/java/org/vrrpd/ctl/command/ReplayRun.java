package org.vrrpd.ctl.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.ctl.render.ReplayReport;
import org.vrrpd.proto.control.Build;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.core.VrrpCore;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.EventKind.Role;
import org.vrrpd.proto.journal.Damage;
import org.vrrpd.proto.journal.JournalReader;
import org.vrrpd.proto.narrate.CoreClock;
import org.vrrpd.proto.narrate.Narrator;
import org.vrrpd.proto.replay.Replay;
import org.vrrpd.proto.replay.Replay.Disagreement;
import org.vrrpd.proto.replay.Replay.Result;

/** Collects what a replay tells. The transitions are those of this build's core, not those the journal lists. */
final class ReplayRun implements Replay.Listener {

    private final Path journal;
    private final boolean verify;
    private final List<EventLine> transitions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private VrrpCore core;
    private final Narrator narrator = new Narrator(index -> core == null ? "" : core.linkName(index));
    private String lastInput = "";
    private Disagreement disagreement;
    private boolean damaged;

    ReplayRun(Path journal, boolean verify) {
        this.journal = journal;
        this.verify = verify;
    }

    ReplayReport report(JournalReader reader, Replay.Until until) throws IOException {
        long began = System.nanoTime();
        Result result = Replay.run(reader, until, this);
        return new ReplayReport(journal, verify, result, Duration.ofNanos(System.nanoTime() - began),
                Build.id(), transitions, disagreement, lastInput, notes, damaged);
    }

    void onDamage(Damage damage) {
        damaged = true;
        notes.add("damaged: " + damage);
    }

    @Override
    public void onRecord(Event record, String position) {
        EventKind kind = record.kind();
        if (disagreement == null && kind != null && kind.role() == Role.INPUT) {
            lastNarrated(record);
        }
    }

    /** Narrating every record would take longer than replaying it; links are learned, the rest is named by kind. */
    private void lastNarrated(Event record) {
        lastInput = switch (record.kind()) {
            case NETLINK_RECEIVED, STARTED -> narrator.event(record);
            default -> Narrator.kindName(record.kind());
        };
    }

    @Override
    public void onApplied(Event input, Effects effects, VrrpCore coreAfter) {
        core = coreAfter;
        for (int at = 0; at < effects.end(); at = effects.next(at)) {
            if (effects.kind(at) == EffectKind.REPORT_TRANSITION) {
                Transition transition = Transition.read(effects.buffer(), effects.payloadOffset(at));
                transitions.add(new EventLine(
                        input.sequence(), CoreClock.wall(input.wallNanos()),
                        Narrator.kindName(EventKind.TRANSITION), transition.instance(),
                        Narrator.transition(transition), transition.causeSequence(), false));
            }
        }
    }

    @Override
    public void onMissing(long from, long to, boolean declared, String why) {
        damaged |= !declared;
        notes.add((to == from ? "record #" + from + " is" : "records #" + from + " to #" + to + " are") + " missing"
                + (why.isEmpty() ? "" : ": " + why));
    }

    @Override
    public boolean onDisagreement(Disagreement found) {
        if (disagreement == null) {
            disagreement = found;
        }
        return !verify;
    }
}
