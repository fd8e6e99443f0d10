package org.vrrpd.proto.narrate;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.IntFunction;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Errno;
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

    private final NetlinkNarrator netlink;
    private final AdvertisementNarrator advertisements = new AdvertisementNarrator();
    private final EffectNarrator effects;

    /**
     * What happened.
     *
     * @param routine as far as the record itself tells, it changed nothing: our own deadlines, the periodic
     *     advertisements of a master, acknowledgements, repeated dumps
     */
    public record Narration(String text, boolean routine) {}

    public Narrator() {
        this(index -> "");
    }

    /** @param interfaceNames by index, for interfaces that no record has named yet; empty or null when not known */
    public Narrator(IntFunction<String> interfaceNames) {
        netlink = new NetlinkNarrator(interfaceNames);
        effects = new EffectNarrator(netlink);
    }

    /** One line, without the sequence and the time. */
    public String event(Event event) {
        return narrate(event).text();
    }

    /** As {@link #event}, for any record: a payload that cannot be read is named as such, and never thrown. */
    public Narration narrate(Event event) {
        if (event.kind() == null) {
            return told("a record of an unknown kind, " + event.payloadLength() + " bytes");
        }
        try {
            Narration narration = narrateKnown(event);
            return new Narration(oneLine(narration.text()), narration.routine());
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return told("a record " + kindName(event.kind()) + " that cannot be read: " + e.getMessage());
        }
    }

    private Narration narrateKnown(Event event) {
        ByteBuffer in = event.buffer();
        int at = event.payloadOffset();
        return switch (event.kind()) {
            case STARTED -> {
                netlink.forget();
                yield told(started("daemon", in, at));
            }
            case FILE_STARTED -> routine(started("journal file", in, at));
            case CONFIGURATION_LOADED -> part("configuration loaded", event);
            case SNAPSHOT_PART -> routine(part("snapshot", event).text());
            case CONFIGURATION_REFUSED -> told("configuration refused: " + Payloads.readText(in, at + 8));
            case NETLINK_RECEIVED -> netlink.datagram(event);
            case NETLINK_OVERRUN -> told("netlink socket overrun: the kernel dropped messages");
            case ADVERTISEMENT_RECEIVED -> routine(advertisements.received(event, netlink));
            case DEADLINE_REACHED -> routine("deadline reached");
            case EFFECT_SUCCEEDED -> routine("effect " + in.getLong(at) + " succeeded");
            case EFFECT_FAILED -> told("effect " + in.getLong(at) + " failed: "
                    + Payloads.readText(in, at + 12) + ": " + Errno.text(in.getInt(at + 8)));
            case CONTROL_REQUESTED -> told(controlRequested(in, at));
            case STOP_REQUESTED -> told("stop requested by signal " + in.getLong(at));
            case SCRIPT_ENDED -> new Narration(WorkNarrator.scriptEnded(in, at), WorkNarrator.isSuccess(in, at));
            case FILE_READ -> told(WorkNarrator.fileRead(in, at));
            case PROCESSES_COUNTED -> told(WorkNarrator.processesCounted(in, at));
            case CONTROL_REFUSED -> told(controlRefused(in, at));
            case TRANSITION -> told(transition(Transition.read(in, at)));
            case FAULT -> told(fault(Fault.read(in, at)));
            case NOTE -> told(note(Note.read(in, at)));
            case GAP -> told("gap: " + Payloads.readText(in, at));
        };
    }

    /** One line such as {@code send-advertisement priority=100 vip=192.0.2.10 vrid=51 from=192.0.2.1 dev=eth0}. */
    public String effect(Effects from, int at) {
        return oneLine(effects.effect(from, at));
    }

    /** Texts of others are in here: they must neither break the line nor command the terminal. */
    private static String oneLine(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.strip().replaceAll("\\R", "; ").codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c).forEach(line::appendCodePoint);
        return line.toString();
    }

    /** Of an event or an effect: {@code netlink-received}. */
    public static String kindName(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Narration told(String text) {
        return new Narration(text, false);
    }

    private static Narration routine(String text) {
        return new Narration(text, true);
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

    private static Narration part(String what, Event event) {
        int total = event.buffer().getInt(event.payloadOffset());
        int from = event.buffer().getInt(event.payloadOffset() + 4);
        int end = from + event.payloadLength() - Payloads.PART_HEADER_BYTES;
        return from == 0 && end == total
                ? told(what + ", " + total + " bytes")
                : new Narration(what + ", bytes " + from + " to " + end + " of " + total, end < total);
    }

    private static String controlRequested(ByteBuffer in, int at) {
        int argument = Payloads.skipText(in, at + 16);
        String text = Payloads.readText(in, argument);
        return "request " + in.getLong(at) + ": " + Payloads.readText(in, at + 16)
                + (text.isEmpty() ? "" : " " + text)
                + " by uid " + in.getInt(at + 8) + ", pid " + in.getInt(at + 12);
    }

    private static String controlRefused(ByteBuffer in, int at) {
        long unrecorded = in.getLong(at + 8);
        return "refused " + Payloads.readText(in, at + 16) + " to uid " + Integer.toUnsignedString(in.getInt(at))
                + ", pid " + in.getInt(at + 4) + ": " + Payloads.readText(in, Payloads.skipText(in, at + 16))
                + (unrecorded == 0 ? "" : " (" + unrecorded + " refusals before it were not recorded)");
    }
}
