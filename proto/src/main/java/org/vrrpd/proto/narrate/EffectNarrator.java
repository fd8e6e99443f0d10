package org.vrrpd.proto.narrate;

import static org.vrrpd.proto.rtnetlink.NetlinkConstants.IFF_UP;

import java.nio.ByteBuffer;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.effect.Reports.Note;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.Ipv6Header;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.rtnetlink.AddressMessage;
import org.vrrpd.proto.rtnetlink.LinkMessage;
import org.vrrpd.proto.rtnetlink.NetlinkCursor;
import org.vrrpd.proto.vrrp.Advertisement;

/** Says what an effect asks for: the kind, then what matters, terse and stable. */
final class EffectNarrator {

    private static final int INTERFACE_INDEX_BYTES = 4;
    /** Of the sender's address in ARP, and of the target in a neighbour advertisement. */
    private static final int ARP_SENDER = EthernetHeader.LENGTH + 14;
    private static final int NA_TARGET = EthernetHeader.LENGTH + Ipv6Header.LENGTH + 8;

    private final NetlinkNarrator links;
    private final AdvertisementNarrator advertisements = new AdvertisementNarrator();
    private final NetlinkCursor cursor = new NetlinkCursor();
    private final LinkMessage link = new LinkMessage();
    private final AddressMessage address = new AddressMessage();

    EffectNarrator(NetlinkNarrator links) {
        this.links = links;
    }

    String effect(Effects effects, int at) {
        EffectKind kind = effects.kind(at);
        if (kind == null) {
            return "an effect of an unknown kind, " + effects.payloadLength(at) + " bytes";
        }
        ByteBuffer in = effects.buffer();
        int payload = effects.payloadOffset(at);
        int length = effects.payloadLength(at);
        String detail = switch (kind) {
            case SEND_ADVERTISEMENT -> advertisements.sent(
                    in, payload + INTERFACE_INDEX_BYTES, length - INTERFACE_INDEX_BYTES) + device(in, payload);
            case SEND_GRATUITOUS_ARP -> announced(in, payload, length, Family.IPV4, ARP_SENDER);
            case SEND_NEIGHBOR_ADVERTISEMENT -> announced(in, payload, length, Family.IPV6, NA_TARGET);
            case ADD_ADDRESS, REMOVE_ADDRESS -> addressRequest(in, payload, length);
            case CREATE_VMAC, DELETE_VMAC, CONFIGURE_LINK -> linkRequest(in, payload, length, kind);
            case DUMP_LINKS, DUMP_ADDRESSES, END -> "";
            case OPEN_SOCKET -> openSocket(in, payload);
            case CLOSE_SOCKET -> Integer.toString(in.getInt(payload));
            case WRITE_SYSCTL -> Payloads.readText(in, payload) + "="
                    + Payloads.readText(in, Payloads.skipText(in, payload));
            case REPLY -> in.getLong(payload) + (in.get(payload + 8) == 1 ? " done: " : " refused: ")
                    + Payloads.readText(in, payload + 9);
            case REPORT_TRANSITION -> transition(Transition.read(in, payload));
            case REPORT_FAULT -> fault(Fault.read(in, payload));
            case REPORT_NOTE -> Narrator.note(Note.read(in, payload));
            case SEND_UNICAST_ADVERTISEMENT -> advertisements.sentPacket(
                    in, payload + INTERFACE_INDEX_BYTES, length - INTERFACE_INDEX_BYTES) + device(in, payload);
            case RUN_SCRIPT -> WorkNarrator.runScript(in, payload);
            case STOP_SCRIPT -> "effect " + in.getLong(payload);
            case OPEN_FIFO -> WorkNarrator.openFifo(in, payload);
            case CLOSE_FIFO -> Payloads.readText(in, payload);
            case WRITE_FIFO -> WorkNarrator.writeFifo(in, payload);
            case WATCH_FILE -> WorkNarrator.watchFile(in, payload);
            case WATCH_PROCESSES -> WorkNarrator.watchProcesses(in, payload);
            case UNWATCH_FILE, UNWATCH_PROCESSES -> Integer.toString(in.getInt(payload));
            case SET_FIREWALL -> Payloads.readText(in, payload).lines().count() + " lines";
            case SET_LOG_LEVEL -> String.valueOf(LogLevel.ofNumber(in.get(payload)));
        };
        return (Narrator.kindName(kind) + " " + detail).stripTrailing();
    }

    private static String transition(Transition transition) {
        return transition.instance() + " " + transition.from() + " -> " + transition.to()
                + ": " + transition.causeText();
    }

    private static String fault(Fault fault) {
        return fault.instance() + (fault.began() ? " began: " : " cleared: ") + fault.reasonText();
    }

    private String device(ByteBuffer in, int at) {
        return " dev=" + links.interfaceName(in.getInt(at)).replace(' ', '-');
    }

    private String announced(ByteBuffer in, int payload, int length, Family family, int addressOffset) {
        int frame = payload + INTERFACE_INDEX_BYTES;
        if (length < INTERFACE_INDEX_BYTES + addressOffset + family.addressBytes()) {
            return "a frame of " + (length - INTERFACE_INDEX_BYTES) + " bytes, too short for one";
        }
        return IpAddress.read(family, in, frame + addressOffset)
                + " mac=" + MacAddress.text(MacAddress.read(in, frame + 6)) + device(in, payload);
    }

    private String addressRequest(ByteBuffer in, int payload, int length) {
        cursor.wrap(in, payload, length);
        return cursor.next() && address.wrap(cursor) && address.hasAddress()
                ? address.address() + "/" + address.prefixLength()
                        + " dev=" + links.interfaceName(address.interfaceIndex()).replace(' ', '-')
                : "a request of " + length + " bytes that names no address";
    }

    private String linkRequest(ByteBuffer in, int payload, int length, EffectKind kind) {
        cursor.wrap(in, payload, length);
        if (!cursor.next() || !link.wrap(cursor)) {
            return "a request of " + length + " bytes that names no link";
        }
        String name = link.name().isEmpty()
                ? links.interfaceName(link.index()).replace(' ', '-') : link.name();
        if (kind == EffectKind.DELETE_VMAC) {
            return name;
        }
        return name + (link.mac() == -1 ? "" : " mac=" + MacAddress.text(link.mac()))
                + (link.linkIndex() == 0 ? "" : " dev=" + links.interfaceName(link.linkIndex()).replace(' ', '-'))
                + ((link.flags() & IFF_UP) != 0 ? " up" : "");
    }

    private String openSocket(ByteBuffer in, int payload) {
        Family family = in.get(payload + 8) == 6 ? Family.IPV6 : Family.IPV4;
        IpAddress address = IpAddress.read(family, in, payload + 12);
        boolean signed = (in.get(payload + 9) & 255) == Advertisement.PROTOCOL_AH;
        return in.getInt(payload) + (address.isMulticast() ? " group=" : " address=") + address
                + (signed ? " signed" : "") + device(in, payload + 4);
    }
}
