package org.vrrpd.proto.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.effect.ScriptRun;

/** The notify scripts of one instance or sync group that have not ended yet: one runs, the others wait in order. */
final class NotifyLane {

    /** One that waits, or runs. */
    record Notice(String purpose, List<String> arguments, String user, String group, boolean stop) {

        ScriptRun run(long timeoutNanos, boolean secure) {
            return new ScriptRun(purpose, timeoutNanos, user, group, secure, arguments);
        }

        void save(SnapshotWriter out) {
            out.putText(purpose).putText(user).putText(group).putBoolean(stop).putInt(arguments.size());
            arguments.forEach(out::putText);
        }

        static Notice load(SnapshotReader in) {
            String purpose = in.getText();
            String user = in.getText();
            String group = in.getText();
            boolean stop = in.getBoolean();
            List<String> arguments = new ArrayList<>();
            for (int i = in.getInt(); i > 0; i--) {
                arguments.add(in.getText());
            }
            return new Notice(purpose, arguments, user, group, stop);
        }
    }

    /** Of the instance or group. */
    final String name;
    /** For the journal's effects; of a group: none. */
    final int instance;
    final ArrayDeque<Notice> waiting = new ArrayDeque<>();
    /** Null: none runs. */
    Notice running;
    long effectId;
    /** When the next one starts, whatever has become of the one that runs. */
    long giveUpAt = Moment.NEVER;
    /** How many were dropped since nothing waited last. */
    int dropped;

    NotifyLane(String name, int instance) {
        this.name = name;
        this.instance = instance;
    }

    boolean isIdle() {
        return running == null && waiting.isEmpty();
    }

    /** True while what is to be told of the stop has not begun. */
    boolean owesStop() {
        return !waiting.isEmpty() && waiting.peekLast().stop() && (running == null || !running.stop());
    }

    void save(SnapshotWriter out) {
        out.putText(name).putInt(instance).putLong(effectId).putLong(giveUpAt).putInt(dropped);
        out.putBoolean(running != null);
        if (running != null) {
            running.save(out);
        }
        out.putInt(waiting.size());
        waiting.forEach(notice -> notice.save(out));
    }

    static NotifyLane load(SnapshotReader in) {
        NotifyLane lane = new NotifyLane(in.getText(), in.getInt());
        lane.effectId = in.getLong();
        lane.giveUpAt = in.getLong();
        lane.dropped = in.getInt();
        lane.running = in.getBoolean() ? Notice.load(in) : null;
        for (int i = in.getInt(); i > 0; i--) {
            lane.waiting.add(Notice.load(in));
        }
        return lane;
    }
}
