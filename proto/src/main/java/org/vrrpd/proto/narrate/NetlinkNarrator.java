package org.vrrpd.proto.narrate;

import static org.vrrpd.proto.rtnetlink.NetlinkConstants.*;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.narrate.Narrator.Narration;
import org.vrrpd.proto.rtnetlink.AddressMessage;
import org.vrrpd.proto.rtnetlink.ErrorMessage;
import org.vrrpd.proto.rtnetlink.LinkMessage;
import org.vrrpd.proto.rtnetlink.NetlinkCursor;

/**
 * Says what a datagram of the kernel changed. It keeps its own picture of links and addresses, made of nothing but the
 * datagrams it was given, since the core's picture is the state after them.
 */
final class NetlinkNarrator {

    private final IntFunction<String> knownNames;
    private final Map<Integer, Link> links = new TreeMap<>();
    private final NetlinkCursor cursor = new NetlinkCursor();
    private final LinkMessage link = new LinkMessage();
    private final AddressMessage address = new AddressMessage();
    private final ErrorMessage error = new ErrorMessage();
    private boolean fromTheStart;

    private static final class Link {
        private String name = "";
        private boolean up;
        private boolean running;
        private long mac;
        private final Map<String, Integer> addresses = new TreeMap<>();
    }

    /** @param knownNames of interfaces by index, for those no datagram has named; empty or null when not known */
    NetlinkNarrator(IntFunction<String> knownNames) {
        this.knownNames = knownNames;
    }

    /** A daemon started: nothing is known, and what is not known does not exist yet. */
    void forget() {
        links.clear();
        fromTheStart = true;
    }

    String interfaceName(int index) {
        Link known = links.get(index);
        String name = known != null && !known.name.isEmpty() ? known.name : knownNames.apply(index);
        return name != null && !name.isEmpty() ? name : "interface " + index;
    }

    Narration datagram(Event event) {
        StringJoiner changes = new StringJoiner("; ");
        boolean routine = true;
        int messages = 0;
        cursor.wrap(event.buffer(), event.payloadOffset(), event.payloadLength());
        while (cursor.next()) {
            messages++;
            String change = message();
            if (!change.isEmpty()) {
                changes.add(change);
                routine &= !fromTheStart && isPartOfDump();
            }
        }
        if (cursor.malformed()) {
            routine = false;
            changes.add("malformed netlink datagram of " + event.payloadLength() + " bytes");
        }
        return changes.length() > 0
                ? new Narration(changes.toString(), routine)
                : new Narration("netlink: " + messages + (messages == 1 ? " message" : " messages")
                        + " without a change", true);
    }

    /** Empty: nothing new. */
    private String message() {
        return switch (cursor.type()) {
            case RTM_NEWLINK -> link.wrap(cursor) ? linkSeen() : "";
            case RTM_DELLINK -> link.wrap(cursor) ? linkGone() : "";
            case RTM_NEWADDR -> address.wrap(cursor) && address.hasAddress() ? addressSeen() : "";
            case RTM_DELADDR -> address.wrap(cursor) && address.hasAddress() ? addressGone() : "";
            case NLMSG_ERROR, NLMSG_DONE -> error.wrap(cursor) && error.errno() != 0 ? refused() : "";
            case NLMSG_OVERRUN -> "the kernel lost netlink data";
            default -> "";
        };
    }

    private String linkSeen() {
        boolean up = (link.flags() & IFF_UP) != 0;
        boolean running = (link.flags() & IFF_RUNNING) != 0;
        String name = link.name();
        Link known = links.get(link.index());
        StringJoiner changes = new StringJoiner(", ");
        if (known == null) {
            known = new Link();
            links.put(link.index(), known);
            changes.add("link " + name + (appeared() ? " appeared" : " is there")
                    + " (" + (up ? "up" : "down") + (up && running ? ", running" : up ? ", no carrier" : "") + ")");
        } else {
            if (!known.name.equals(name)) {
                changes.add("link " + known.name + " was renamed to " + name);
            }
            if (known.up != up) {
                changes.add("link " + name + (up ? " was set up" : " was set down"));
            }
            if (known.running != running) {
                changes.add("link " + name + (running ? " running" : " lost carrier"));
            }
            if (known.mac != link.mac()) {
                changes.add("MAC of " + name + " is now " + MacAddress.text(link.mac()));
            }
        }
        known.name = name;
        known.up = up;
        known.running = running;
        known.mac = link.mac();
        return changes.toString();
    }

    private String linkGone() {
        Link known = links.remove(link.index());
        return known == null && fromTheStart ? "" : "link " + link.name() + " was removed";
    }

    private String addressSeen() {
        Link owner = links.computeIfAbsent(address.interfaceIndex(), index -> new Link());
        String text = address.address() + "/" + address.prefixLength();
        String device = interfaceName(address.interfaceIndex());
        int flags = address.flags() & (IFA_F_TENTATIVE | IFA_F_DADFAILED | IFA_F_DEPRECATED);
        Integer before = owner.addresses.put(text, flags);
        if (before == null) {
            return "address " + text + (appeared() ? " was added to " : " is on ") + device + describe(flags);
        }
        int changed = before ^ flags;
        if (changed == 0) {
            return "";
        }
        String subject = "address " + text + " on " + device;
        if ((changed & flags & IFA_F_DADFAILED) != 0) {
            return subject + " failed duplicate address detection";
        }
        if ((changed & IFA_F_TENTATIVE) != 0) {
            return subject + ((flags & IFA_F_TENTATIVE) != 0 ? " became tentative" : " no longer tentative");
        }
        return (changed & IFA_F_DEPRECATED) != 0
                ? subject + ((flags & IFA_F_DEPRECATED) != 0 ? " is deprecated" : " no longer deprecated")
                : subject + " is free of duplicates again";
    }

    /** A dump tells what was there before; only a notification tells of something new. */
    private boolean appeared() {
        return fromTheStart && !isPartOfDump();
    }

    private boolean isPartOfDump() {
        return (cursor.flags() & NLM_F_MULTI) != 0;
    }

    private static String describe(int flags) {
        return (flags & IFA_F_DADFAILED) != 0 ? " (failed duplicate address detection)"
                : (flags & IFA_F_TENTATIVE) != 0 ? " (tentative)"
                : (flags & IFA_F_DEPRECATED) != 0 ? " (deprecated)" : "";
    }

    private String addressGone() {
        Link owner = links.get(address.interfaceIndex());
        if (owner != null) {
            owner.addresses.remove(address.address() + "/" + address.prefixLength());
        }
        IpAddress gone = address.address();
        return "address " + gone + "/" + address.prefixLength() + " was removed from "
                + interfaceName(address.interfaceIndex());
    }

    private String refused() {
        String extended = error.extendedText();
        return "kernel refused request " + Integer.toUnsignedString(error.requestSequence())
                + typeName(error.requestType()) + ": " + Errno.text(error.errno())
                + (extended.isEmpty() ? "" : " (" + extended + ")");
    }

    private static String typeName(int type) {
        return switch (type) {
            case RTM_NEWLINK -> " (create link)";
            case RTM_DELLINK -> " (delete link)";
            case RTM_SETLINK -> " (configure link)";
            case RTM_NEWADDR -> " (add address)";
            case RTM_DELADDR -> " (remove address)";
            case RTM_GETLINK -> " (dump links)";
            case RTM_GETADDR -> " (dump addresses)";
            default -> "";
        };
    }
}
