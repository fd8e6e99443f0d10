package org.vrrpd.proto.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** One address line: ADDRESS[/LENGTH] and then options in any order. */
final class AddressReader {

    static final long LONGEST_LIFETIME = 0xFFFF_FFFEL;
    private static final int LONGEST_LABEL = 15;
    private static final List<String> OPTIONS = List.of(
            "brd", "broadcast", "dev", "scope", "label", "peer", "home", "-nodad", "mngtmpaddr", "noprefixroute",
            "autojoin", "no_track", "preferred_lft", "use_vmac", "track_group");
    private static final Map<String, Integer> SCOPES = new LinkedHashMap<>();

    static {
        SCOPES.put("global", 0);
        SCOPES.put("site", 200);
        SCOPES.put("link", 253);
        SCOPES.put("host", 254);
        SCOPES.put("nowhere", 255);
    }

    private final Arguments arguments;
    private final Word first;
    private final String where;
    private IpAddress address;
    private int prefixLength = -1;
    private boolean lengthGiven;
    private String device;
    private Word broadcastWord;
    private int scope;
    private String label;
    private IpAddress peer;
    private boolean home;
    private boolean duplicateAddressDetection;
    private boolean manageTemporary;
    private boolean noPrefixRoute;
    private boolean autoJoin;
    private boolean noTrack;
    private boolean useVmac;
    private Long preferredLifetime;
    private boolean failed;

    private AddressReader(Statement statement, String where, Problems problems) {
        this.arguments = new Arguments(statement, where, problems);
        this.first = statement.keyword();
        this.where = where;
    }

    /** Null after reporting an error. */
    static VirtualAddress read(Statement statement, String where, Problems problems) {
        AddressReader reader = new AddressReader(statement, where, problems);
        return reader.readAddress() ? reader.readOptions() : null;
    }

    private boolean readAddress() {
        int slash = first.text().indexOf('/');
        lengthGiven = slash >= 0;
        address = Arguments.address(lengthGiven ? first.text().substring(0, slash) : first.text());
        if (address == null || address.isMulticast() || address.isUnspecified()) {
            arguments.bad(first, "an IPv4 or IPv6 unicast address, with or without /LENGTH");
            return false;
        }
        prefixLength = length(first, slash, address.family());
        return !failed;
    }

    private int length(Word word, int slash, Family family) {
        if (slash < 0) {
            return family.addressBits();
        }
        Integer length = Arguments.integer(word.text().substring(slash + 1));
        if (length == null || length < 0 || length > family.addressBits()) {
            fail(word, "a prefix length of 0 to " + family.addressBits());
            return family.addressBits();
        }
        return length;
    }

    private VirtualAddress readOptions() {
        while (arguments.hasNext()) {
            Word option = arguments.next("");
            if (!OPTIONS.contains(option.text())) {
                unknown(option);
            } else if (!flag(option)) {
                valued(option);
            }
        }
        arguments.end();
        IpAddress broadcast = broadcast();
        if (peer != null && lengthGiven) {
            arguments.warning(first, "the length of " + first.shown() + " in " + where
                    + " is ignored: that of its peer counts");
        }
        if (failed) {
            return null;
        }
        long lifetime = preferredLifetime != null ? preferredLifetime : defaultLifetime();
        return new VirtualAddress(address, prefixLength, device, broadcast, scope, label, peer, home,
                duplicateAddressDetection, manageTemporary, noPrefixRoute, autoJoin, noTrack, useVmac, lifetime);
    }

    /** A /128 is added deprecated, so that the kernel does not choose it as a source. */
    private long defaultLifetime() {
        return address.family() == Family.IPV6 && prefixLength == 128 ? 0 : VirtualAddress.FOREVER;
    }

    private boolean flag(Word option) {
        switch (option.text()) {
            case "home" -> home = onlyIpv6(option);
            case "-nodad" -> duplicateAddressDetection = onlyIpv6(option);
            case "mngtmpaddr" -> manageTemporary = onlyIpv6(option);
            case "noprefixroute" -> noPrefixRoute = true;
            case "autojoin" -> autoJoin = true;
            case "no_track" -> noTrack = true;
            case "use_vmac" -> useVmac = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void valued(Word option) {
        if (!arguments.hasNext()) {
            arguments.error(option, option + " without a value behind " + first.shown() + " in " + where);
            failed = true;
            return;
        }
        Word value = arguments.next("");
        switch (option.text()) {
            case "brd", "broadcast" -> broadcastWord = value;
            case "dev" -> readDevice(value);
            case "scope" -> readScope(option, value);
            case "label" -> readLabel(option, value);
            case "peer" -> readPeer(value);
            case "preferred_lft" -> readLifetime(value);
            default -> arguments.warning(option, option + " in " + where + " is for static addresses: ignored");
        }
    }

    private void readDevice(Word value) {
        if (Arguments.isInterfaceName(value.text())) {
            device = value.text();
        } else {
            fail(value, "the name of an interface, at most 15 characters");
        }
    }

    private void readScope(Word option, Word value) {
        Integer number = SCOPES.get(value.text());
        if (number == null) {
            number = Arguments.integer(value.text());
        }
        if (number == null || number < 0 || number > 255) {
            fail(value, "global, site, link, host, nowhere or 0 to 255");
        } else if (onlyIpv4(option)) {
            scope = number;
        }
    }

    private void readLabel(Word option, Word value) {
        if (address.family() == Family.IPV6) {
            arguments.error(option, option + " for " + first.shown() + " in " + where + ": expected an IPv4 address");
            failed = true;
        } else if (value.text().isEmpty() || value.text().length() > LONGEST_LABEL) {
            fail(value, "a label of at most " + LONGEST_LABEL + " characters");
        } else {
            label = value.text();
        }
    }

    private void readPeer(Word value) {
        int slash = value.text().indexOf('/');
        peer = Arguments.address(slash < 0 ? value.text() : value.text().substring(0, slash));
        if (peer == null || peer.family() != address.family()) {
            fail(value, "an " + address.family().text() + " address, with or without /LENGTH");
        } else {
            prefixLength = length(value, slash, peer.family());
        }
    }

    private void readLifetime(Word value) {
        boolean digits = value.text().length() <= 10 && value.text().matches("\\d+");
        long seconds = digits ? Long.parseLong(value.text()) : -1;
        if (value.text().equals("forever") || seconds == LONGEST_LIFETIME + 1) {
            preferredLifetime = VirtualAddress.FOREVER;
        } else if (!digits || seconds > LONGEST_LIFETIME) {
            fail(value, "forever or 0 to " + LONGEST_LIFETIME + " seconds");
        } else {
            preferredLifetime = seconds;
        }
    }

    private IpAddress broadcast() {
        if (broadcastWord == null || failed) {
            return null;
        }
        String text = broadcastWord.text();
        if (address.family() == Family.IPV6) {
            fail(broadcastWord, "no broadcast address for IPv6");
            return null;
        }
        if (peer != null) {
            arguments.warning(broadcastWord, "the broadcast address of " + first.shown() + " in " + where
                    + " is ignored: it has a peer");
            return null;
        }
        if (text.equals("+") || text.equals("-")) {
            if (prefixLength > 30) {
                fail(broadcastWord, "an address with a length of /30 or shorter");
                return null;
            }
            long hosts = 0xFFFF_FFFFL >>> prefixLength;
            return IpAddress.ipv4((int) (text.equals("+") ? address.low() | hosts : address.low() & ~hosts));
        }
        IpAddress broadcast = Arguments.address(text);
        if (broadcast == null || broadcast.family() != Family.IPV4) {
            fail(broadcastWord, "an IPv4 address, + or -");
            return null;
        }
        return broadcast;
    }

    private boolean onlyIpv6(Word option) {
        return only(option, Family.IPV6);
    }

    private boolean onlyIpv4(Word option) {
        return only(option, Family.IPV4);
    }

    private boolean only(Word option, Family family) {
        boolean applies = address.family() == family;
        if (!applies) {
            arguments.warning(option, option + " behind " + first.shown() + " in " + where + " is ignored: it is for "
                    + family.text());
        }
        return applies;
    }

    private void unknown(Word option) {
        String nearest = Keywords.nearest(option.text(), OPTIONS);
        arguments.warning(option, option.shown() + " behind " + first.shown() + " in " + where
                + " is not an option of an address" + (nearest == null ? "" : " (did you mean " + nearest + "?)")
                + ": ignored");
    }

    private void fail(Word word, String expected) {
        arguments.bad(word, expected);
        failed = true;
    }
}
