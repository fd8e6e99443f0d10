package org.vrrpd.proto.narrate;

import java.nio.ByteBuffer;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.effect.Reports.Note;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.Payloads;

/**
 * Says in one line what a record or an effect is. It remembers the links it has narrated, so that it can call them by
 * name and say what changed: give it every event of a stretch in order. The lines are stable: transcripts of tests are
 * compared with them.
 */
public final class Narrator {

    /** One line, lower-case, without the sequence and the time. {@code view} names the instances. */
    public String event(Event event, CoreView view) {
        if (event.kind() == null) {
            return "a record of an unknown kind, " + event.payloadLength() + " bytes";
        }
        ByteBuffer in = event.buffer();
        int at = event.payloadOffset();
        return switch (event.kind()) {
            case STARTED -> started("daemon", in, at);
            case FILE_STARTED -> started("journal file", in, at);
            case CONFIGURATION_LOADED -> part("configuration", event);
            case SNAPSHOT_PART -> part("snapshot", event);
            case CONFIGURATION_REFUSED -> "configuration refused: " + Payloads.readText(in, at + 8);
            case NETLINK_RECEIVED -> "netlink datagram of " + event.payloadLength() + " bytes";
            case NETLINK_OVERRUN -> "netlink socket overrun: the kernel dropped messages";
            case ADVERTISEMENT_RECEIVED -> "advertisement of " + event.payloadLength() + " bytes";
            case DEADLINE_REACHED -> "deadline";
            case EFFECT_SUCCEEDED -> "effect " + in.getLong(at) + " succeeded";
            case EFFECT_FAILED -> "effect " + in.getLong(at) + " failed: " + Payloads.readText(in, at + 12)
                    + " (errno " + in.getInt(at + 8) + ")";
            case CONTROL_REQUESTED -> controlRequested(in, at);
            case STOP_REQUESTED -> "stop requested by signal " + in.getLong(at);
            case TRANSITION -> transition(Transition.read(in, at));
            case FAULT -> fault(Fault.read(in, at));
            case NOTE -> note(Note.read(in, at));
            case GAP -> "gap: " + Payloads.readText(in, at);
        };
    }

    /** One line such as {@code send-advertisement priority=100 vip=192.0.2.10}. */
    public String effect(Effects effects, int at, CoreView view) {
        return effects.kind(at).name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** {@code XN_VI_ipv4: MASTER -> FAULT, because of #88213 link eno1 lost carrier}. */
    public static String transition(Transition transition) {
        return transition.instance() + ": " + transition.from() + " -> " + transition.to() + ", because of "
                + cause(transition.causeSequence(), transition.causeText());
    }

    /** {@code XN_VI_ipv4: fault began: no carrier on eno1, because of #88213 link eno1 lost carrier}. */
    public static String fault(Fault fault) {
        return fault.instance() + ": fault " + (fault.began() ? "began: " : "cleared: ") + fault.reasonText()
                + ", because of " + cause(fault.causeSequence(), fault.causeText());
    }

    public static String note(Note note) {
        return (note.instance().isEmpty() ? "" : note.instance() + ": ") + note.text();
    }

    /** {@code #88213 link eno1 lost carrier}. */
    public static String cause(long sequence, String text) {
        return "#" + sequence + " " + text;
    }

    private static String started(String what, ByteBuffer in, int at) {
        int bootId = Payloads.skipText(in, at);
        return what + " started: build " + Payloads.readText(in, at) + ", pid "
                + in.getInt(Payloads.skipText(in, bootId)) + ", boot " + Payloads.readText(in, bootId);
    }

    private static String part(String what, Event event) {
        int total = event.buffer().getInt(event.payloadOffset());
        int from = event.buffer().getInt(event.payloadOffset() + 4);
        int length = event.payloadLength() - Payloads.PART_HEADER_BYTES;
        return length == total
                ? what + " of " + total + " bytes"
                : what + " of " + total + " bytes, the part from " + from + " to " + (from + length);
    }

    private static String controlRequested(ByteBuffer in, int at) {
        int argument = Payloads.skipText(in, at + 16);
        String text = Payloads.readText(in, argument);
        return "control request " + in.getLong(at) + ": " + Payloads.readText(in, at + 16)
                + (text.isEmpty() ? "" : " " + text)
                + " by uid " + in.getInt(at + 8) + ", pid " + in.getInt(at + 12);
    }
}
