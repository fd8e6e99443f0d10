package org.vrrpd.proto.config;

import java.util.List;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** Fills in the defaults of one instance and checks what depends on more than one line. */
final class InstanceCompletion {

    private static final long CENTISECOND = Arguments.SECOND / 100;
    private static final long LONGEST_V3 = 4095 * CENTISECOND;
    private static final int MOST_ADDRESSES = 255;
    private static final int IPV6_ADDRESSES_IN_1500 = 90;

    private final InstanceDraft draft;
    private final GlobalSettings global;
    private final Problems problems;
    private final String where;
    private final TrackCompletion tracks;
    private final Shared shared;
    private final StrictMode strict;

    /** What all instances share. */
    record Shared(TrackCompletion tracks, GarpGroups garpGroups, VmacNames vmacNames) {}

    InstanceCompletion(InstanceDraft draft, GlobalSettings global, Shared shared, Problems problems) {
        this.draft = draft;
        this.global = global;
        this.problems = problems;
        this.where = draft.where();
        this.shared = shared;
        this.tracks = shared.tracks();
        this.strict = new StrictMode(draft, global.strict, problems);
    }

    /** Null if something that has no default is missing, which is then reported here or was before. */
    InstanceConfiguration complete(SyncGroupDraft group) {
        if (draft.vridWord == null) {
            problems.error(draft.name, "no virtual_router_id in " + where + ": expected 1 to 255");
        }
        if (draft.interfaceName == null) {
            problems.error(draft.name, "no interface in " + where + ": expected the name of an interface"
                    + (draft.unicast.isUnicast()
                            ? "; an instance without one is not supported, even with unicast"
                            : ""));
        }
        List<VirtualAddress> addresses = values(InstanceReader.distinct(
                draft.addresses, List.of(), "virtual_ipaddress of " + where, problems));
        List<VirtualAddress> excluded = values(InstanceReader.distinct(
                draft.excluded, draft.addresses, "virtual_ipaddress_excluded of " + where, problems));
        Family family = family();
        checkFamilies(family);
        checkUseVmac(draft.addresses);
        checkUseVmac(draft.excluded);
        int version = version(family);
        checkAddresses(addresses, family, version);
        long advert = advertisementInterval(version);
        ElectionCompletion election = new ElectionCompletion(draft, global, strict, problems);
        ElectionConfiguration elects = election.complete();
        UnicastConfiguration unicast = draft.unicast.complete(draft, family, global.checkUnicastSource, problems);
        AuthenticationConfiguration authentication =
                draft.authentication.complete(version, strict.isOn(), where, problems);
        checkStrictUnicast(unicast);
        VmacConfiguration vmac = vmac(unicast != null, family);
        TrackingConfiguration tracking = tracks.complete(draft, group, election.isOwner());
        boolean accept = strict.accept(election.isOwner(), version);
        checkSource(unicast != null);
        if (draft.interfaceName == null || draft.vrid == null) {
            return null;
        }
        return new InstanceConfiguration(
                draft.name.text(),
                draft.interfaceName.text(),
                draft.vrid,
                family,
                version,
                election.priority(),
                advert,
                elects,
                new TransportConfiguration(
                        draft.source,
                        draft.trackSource != null && draft.source != null,
                        draft.group != null ? draft.group : global.group(family),
                        unicast,
                        authentication,
                        or(draft.checksumWithoutPseudoHeader, global.checksumWithoutPseudoHeader),
                        or(draft.skipAddressListCheck, global.skipAddressListCheck)),
                tracking,
                vmac,
                addresses,
                excluded,
                accept,
                GarpDraft.complete(draft.garp, global, shared.garpGroups(), draft.interfaceName.text(), strict),
                draft.promoteSecondaries,
                notifications(group));
    }

    private Family family() {
        if (draft.nativeIpv6 != null) {
            return Family.IPV6;
        }
        if (!draft.addresses.isEmpty()) {
            return draft.addresses.get(0).address().address().family();
        }
        IpAddress other = draft.source != null ? draft.source : draft.unicast.firstPeer();
        other = other != null ? other : draft.group;
        return other != null ? other.family() : Family.IPV4;
    }

    private void checkFamilies(Family family) {
        for (InstanceDraft.Address address : draft.addresses) {
            if (address.address().address().family() != family) {
                String reason = draft.nativeIpv6 != null ? "it has native_ipv6" : "its first address has that family";
                problems.error(address.word(), address.word().shown() + " in virtual_ipaddress of " + where
                        + ": expected an " + family.text() + " address, since " + reason
                        + "; others may stand in virtual_ipaddress_excluded");
            }
        }
        checkFamily(draft.source, draft.sourceWord, String.valueOf(draft.sourceKeyword), family);
        checkFamily(draft.group, draft.groupWord, "mcast_dst_ip", family);
    }

    /** A virtual MAC is made only on the instance's own interface. */
    private void checkUseVmac(List<InstanceDraft.Address> addresses) {
        for (InstanceDraft.Address address : addresses) {
            VirtualAddress value = address.address();
            boolean elsewhere = value.device() != null && draft.interfaceName != null
                    && !value.device().equals(draft.interfaceName.text());
            if (value.useVmac() && elsewhere) {
                problems.warning(address.word(), "use_vmac behind " + address.word().shown() + " in " + where
                        + " is ignored: there is no virtual MAC on " + value.device() + ", only on its own interface");
            }
        }
    }

    private void checkFamily(IpAddress address, Word word, String keyword, Family family) {
        if (address != null && address.family() != family) {
            problems.error(word, keyword + " " + word.shown() + " in " + where + ": expected an " + family.text()
                    + " address, as the virtual addresses are");
        }
    }

    private int version(Family family) {
        if (family == Family.IPV4) {
            return draft.version != null ? draft.version : global.version;
        }
        if (draft.version != null && draft.version == 2) {
            problems.warning(draft.versionWord, "version 2 in " + where
                    + " is ignored: only version 3 carries IPv6");
        }
        return 3;
    }

    private void checkAddresses(List<VirtualAddress> addresses, Family family, int version) {
        if (draft.noAddress != null && (strict.isOn() || !addresses.isEmpty())) {
            problems.warning(draft.noAddress, "no_virtual_ipaddress in " + where + " is ignored: "
                    + (addresses.isEmpty() ? "strict_mode expects an address" : "there is an address"));
        }
        boolean mayBeNone = draft.noAddress != null && !strict.isOn();
        if (addresses.isEmpty() && !draft.addressFailed && !mayBeNone) {
            Word place = draft.addressBlock != null ? draft.addressBlock : draft.name;
            if (strict.isOn()) {
                problems.error(place, "no address in virtual_ipaddress of " + where
                        + ": expected at least one, since it has strict_mode");
            } else if (version == 3) {
                problems.error(place, "no address in virtual_ipaddress of " + where
                        + ": expected at least one, since version 3 cannot advertise none; or no_virtual_ipaddress");
            } else {
                problems.warning(place, "no address in virtual_ipaddress of " + where + ": it advertises none");
            }
        }
        if (addresses.size() > MOST_ADDRESSES) {
            problems.error(draft.addresses.get(MOST_ADDRESSES).word(), addresses.size()
                    + " addresses in virtual_ipaddress of " + where + ": expected at most " + MOST_ADDRESSES
                    + "; move the others to virtual_ipaddress_excluded");
        } else if (family == Family.IPV6 && addresses.size() > IPV6_ADDRESSES_IN_1500) {
            problems.warning(draft.addresses.get(IPV6_ADDRESSES_IN_1500).word(), addresses.size()
                    + " addresses in virtual_ipaddress of " + where + " need an MTU of more than 1500:"
                    + " that carries at most " + IPV6_ADDRESSES_IN_1500);
        }
        // RFC 9568 section 5.2.9: the first address of IPv6 is the link-local one
        if (family == Family.IPV6 && !addresses.isEmpty() && !addresses.get(0).address().isLinkLocal()) {
            problems.warning(draft.addresses.get(0).word(), draft.addresses.get(0).word().shown()
                    + " is the first address of " + where
                    + ": RFC 9568 section 5.2.9 expects a link-local address there");
        }
    }

    private long advertisementInterval(int version) {
        if (draft.advertNanos == null) {
            return Arguments.SECOND;
        }
        long nanos = draft.advertNanos;
        if (version == 3 && nanos > LONGEST_V3) {
            problems.error(draft.advertWord, "advert_int " + draft.advertWord.shown() + " in " + where
                    + ": expected 0.01 to 40.95 seconds, which is what version 3 can say");
            return Arguments.SECOND;
        }
        long unit = version == 2 ? Arguments.SECOND : CENTISECOND;
        long rounded = Math.max(1, (nanos + unit / 2) / unit) * unit;
        if (rounded != nanos) {
            problems.warning(draft.advertWord, "advert_int " + draft.advertWord.shown() + " in " + where
                    + " is rounded to " + ConfigurationPrinter.seconds(rounded) + ": version " + version + " counts "
                    + (version == 2 ? "whole seconds" : "hundredths of a second"));
        }
        return rounded;
    }

    private void checkStrictUnicast(UnicastConfiguration unicast) {
        if (unicast != null && strict.isOn()) {
            problems.error(draft.unicast.firstPeerWord(), "unicast in " + where
                    + ": expected none with strict_mode, since the RFC knows only multicast");
        }
    }

    private VmacConfiguration vmac(boolean unicast, Family family) {
        if (draft.vmac == null) {
            if (draft.transmitOnBase != null) {
                problems.warning(draft.transmitOnBase, "vmac_xmit_base in " + where
                        + " is ignored: expected use_vmac beside it");
            }
            return null;
        }
        Word name = draft.vmac.name();
        if (name != null && draft.interfaceName != null && name.text().equals(draft.interfaceName.text())) {
            problems.error(name, "use_vmac " + name.shown() + " in " + where
                    + ": expected a name that is not that of its interface");
        }
        long mac = draft.vmac.octets() == 5 && draft.vrid != null ? draft.vmac.mac() | draft.vrid : draft.vmac.mac();
        boolean transmitOnBase = draft.transmitOnBase != null;
        if (strict.isOn()) {
            if (transmitOnBase) {
                strict.ignored("vmac_xmit_base", "advertisements come from the virtual MAC");
            }
            if (draft.vmac.macWord() != null) {
                problems.warning(draft.vmac.macWord(), draft.vmac.macWord().shown() + " of use_vmac in " + where
                        + " is ignored: with strict_mode it is the MAC of RFC 9568 section 7.3");
            }
            transmitOnBase = false;
            mac = VmacConfiguration.STANDARD_MAC;
        } else if (unicast && !transmitOnBase) {
            problems.warning(draft.vmac.keyword(), "use_vmac in " + where
                    + " implies vmac_xmit_base, since it has a unicast_peer");
        }
        String chosen = name != null
                ? name.text()
                : draft.vrid == null ? null : shared.vmacNames().choose(draft.vrid, family);
        return new VmacConfiguration(chosen, mac, transmitOnBase || unicast);
    }

    private void checkSource(boolean unicast) {
        if (draft.trackSource != null && draft.source == null && draft.sourceWord == null) {
            problems.warning(draft.trackSource, "track_src_ip in " + where
                    + " is ignored: expected mcast_src_ip or unicast_src_ip beside it");
        }
        if (!unicast && draft.source != null && draft.source.family() == Family.IPV6 && !draft.source.isLinkLocal()) {
            problems.warning(draft.sourceWord, draft.sourceKeyword + " " + draft.sourceWord.shown() + " in " + where
                    + ": RFC 9568 section 5.1.2.1 expects a link-local address");
        }
    }

    private NotifyConfiguration notifications(SyncGroupDraft group) {
        Boolean changes = draft.notifications.priorityChanges();
        if (changes == null && group != null) {
            changes = group.notifications.priorityChanges();
        }
        return draft.notifications.complete(global.priorityChanges(changes), global.scriptAccount());
    }

    private static List<VirtualAddress> values(List<InstanceDraft.Address> addresses) {
        return addresses.stream().map(InstanceDraft.Address::address).toList();
    }

    private static boolean or(Boolean own, boolean global) {
        return own != null ? own : global;
    }
}
