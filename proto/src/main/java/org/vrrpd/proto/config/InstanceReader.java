package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;

/** Reads the block of one vrrp_instance; what depends on other lines is left to {@link InstanceCompletion}. */
final class InstanceReader {

    private static final int HIGHEST_BELOW_OWNER = 254;
    private static final long LONGEST_PREEMPT_DELAY = 1000 * Arguments.SECOND;
    private static final String MAC = "a unicast MAC of six octets, or of five to which the VRID is added,"
            + " outside 00:00:5e:00:01 and 00:00:5e:00:02";
    private static final long RFC_PREFIX_IPV4 = 0x00_00_5E_00_01L;
    private static final long RFC_PREFIX_IPV6 = 0x00_00_5E_00_02L;

    private final InstanceDraft draft;
    private final Problems problems;

    private InstanceReader(InstanceDraft draft, Problems problems) {
        this.draft = draft;
        this.problems = problems;
    }

    static InstanceDraft read(Word name, List<Statement> block, Problems problems) {
        InstanceDraft draft = new InstanceDraft(name);
        InstanceReader reader = new InstanceReader(draft, problems);
        Repeats repeats = new Repeats(draft.where(), problems);
        for (Statement statement : block) {
            repeats.check(statement);
            reader.read(statement);
        }
        return draft;
    }

    private void read(Statement statement) {
        Arguments arguments = new Arguments(statement, draft.where(), problems);
        String keyword = statement.keyword().text();
        draft.given.put(keyword, statement.keyword());
        if (flag(keyword, arguments) || value(keyword, arguments)) {
            arguments.end();
        } else if (!block(keyword, statement, arguments) && !part(keyword, arguments)) {
            draft.authentication.skip(Keywords.Scope.INSTANCE, statement, draft.where(), problems);
        }
    }

    private boolean part(String keyword, Arguments arguments) {
        return draft.garp.read(keyword, arguments)
                || draft.tracks.read(keyword, arguments, draft.where(), problems)
                || draft.notifications.read(keyword, arguments, draft.where())
                || draft.unicast.read(keyword, arguments, draft.where(), problems);
    }

    private boolean flag(String keyword, Arguments arguments) {
        switch (keyword) {
            case "native_ipv6" -> draft.nativeIpv6 = arguments.keyword();
            case "nopreempt" -> draft.nopreempt = arguments.keyword();
            case "preempt" -> draft.nopreempt = null;
            case "accept" -> draft.accept = true;
            case "no_accept" -> draft.accept = false;
            case "dont_track_primary" -> draft.trackPrimary = false;
            case "vmac_xmit_base" -> draft.transmitOnBase = arguments.keyword();
            case "track_src_ip" -> draft.trackSource = arguments.keyword();
            case "promote_secondaries" -> draft.promoteSecondaries = true;
            case "v3_checksum_as_v2" -> draft.checksumWithoutPseudoHeader = arguments.flag();
            case "lower_prio_no_advert" -> draft.lowerPriorityNoAdvert = arguments.flag();
            case "higher_prio_send_advert" -> draft.higherPrioritySendAdvert = arguments.flag();
            case "owner_ignore_adverts" -> draft.ownerIgnores = arguments.flag();
            case "skip_check_adv_addr" -> draft.skipAddressListCheck = arguments.flag();
            case "strict_mode" -> draft.strict = arguments.flag();
            case "no_virtual_ipaddress" -> draft.noAddress = arguments.keyword();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean value(String keyword, Arguments arguments) {
        Word word = arguments.peek();
        switch (keyword) {
            case "state" -> readState(arguments);
            case "interface" -> readInterface(arguments);
            case "virtual_router_id" -> {
                draft.vridWord = word == null ? arguments.keyword() : word;
                draft.vrid = arguments.integer(1, 255);
            }
            case "priority" -> {
                draft.priority = arguments.integer(1, 255);
                draft.priorityFailed = draft.priority == null;
            }
            case "advert_int" -> {
                draft.advertWord = word;
                draft.advertNanos = arguments.seconds(
                        Arguments.SECOND / 100, 255 * Arguments.SECOND, "0.01 to 255 seconds");
            }
            case "version" -> {
                draft.versionWord = word;
                draft.version = arguments.integer(2, 3, "2 or 3");
            }
            case "preempt_delay" -> {
                draft.preemptDelayWord = arguments.keyword();
                draft.preemptDelayNanos = arguments.seconds(0, LONGEST_PREEMPT_DELAY, "0 to 1000 seconds");
            }
            case "use_vmac" -> readVmac(arguments);
            case "mcast_src_ip", "unicast_src_ip" -> readSource(arguments);
            case "mcast_dst_ip" -> {
                draft.groupWord = word;
                draft.group = GlobalSettings.multicast(arguments, null);
            }
            case "down_timer_adverts" -> draft.downTimerAdverts = arguments.integer(1, 100);
            case "timer_expired_backup", "thread_timer_expired" -> {
                draft.timerExpiredWord = arguments.keyword();
                draft.timerExpired = arguments.hasNext()
                        ? arguments.integer(1, HIGHEST_BELOW_OWNER)
                        : Integer.valueOf(HIGHEST_BELOW_OWNER);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean block(String keyword, Statement statement, Arguments arguments) {
        switch (keyword) {
            case "virtual_ipaddress" -> {
                draft.addressBlock = statement.keyword();
                readAddresses(arguments, draft.addresses);
            }
            case "virtual_ipaddress_excluded" -> readAddresses(arguments, draft.excluded);
            case "authentication" -> draft.authentication.read(statement, arguments, draft.where(), problems);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readState(Arguments arguments) {
        Word word = arguments.next("MASTER or BACKUP");
        if (word == null) {
            return;
        }
        if (!word.text().equals("MASTER") && !word.text().equals("BACKUP")) {
            arguments.warning(word, "state " + word.shown() + " in " + draft.where()
                    + ": expected MASTER or BACKUP; BACKUP is taken");
        }
        if (draft.stateWord == null) {
            draft.stateWord = word;
        } else {
            arguments.warning(word, "state " + word.shown() + " in " + draft.where() + " is ignored: line "
                    + draft.stateWord.line() + " says " + draft.stateWord.shown() + " already");
        }
    }

    private void readInterface(Arguments arguments) {
        Word word = arguments.interfaceName();
        if (word != null && word.text().equals("lo")) {
            arguments.bad(word, "an interface that is not the loopback interface");
        }
        // a wrong name is not also a missing one
        draft.interfaceName = word != null ? word : arguments.keyword();
    }

    private void readSource(Arguments arguments) {
        Word word = arguments.peek();
        String expected = "an IPv4 or IPv6 unicast address";
        if (draft.sourceKeyword != null && !draft.sourceKeyword.text().equals(arguments.keyword().text())) {
            arguments.warning(arguments.keyword(), arguments.keyword() + " in " + draft.where() + " behind "
                    + draft.sourceKeyword + ": the last one counts");
        }
        draft.sourceKeyword = arguments.keyword();
        draft.sourceIsUnicast = arguments.keyword().text().equals("unicast_src_ip");
        IpAddress address = arguments.address(null, expected);
        if (address != null && (address.isMulticast() || address.isUnspecified())) {
            arguments.bad(word, expected);
        } else {
            draft.source = address;
            draft.sourceWord = word;
        }
    }

    private void readVmac(Arguments arguments) {
        Word name = null;
        Word macWord = null;
        while (arguments.hasNext()) {
            Word word = arguments.peek();
            if (arguments.nextIs("netlink_notify_msg")) {
                arguments.warning(word, "netlink_notify_msg in " + draft.where() + " is ignored");
            } else if (arguments.nextIs("group")) {
                Word group = arguments.next("a number");
                arguments.warning(word, "group " + (group == null ? "" : group.shown() + " ") + "of use_vmac in "
                        + draft.where() + " is not supported yet: ignored");
            } else if (macWord == null && word.text().indexOf(':') >= 0) {
                macWord = arguments.next(MAC);
            } else if (name == null) {
                arguments.nextIs("name");
                name = arguments.interfaceName();
            } else {
                break;
            }
        }
        draft.vmac = new InstanceDraft.Vmac(arguments.keyword(), name, macWord, VmacConfiguration.STANDARD_MAC, 0);
        if (macWord != null) {
            readMac(name, macWord, arguments);
        }
    }

    private void readMac(Word name, Word word, Arguments arguments) {
        int octets = word.text().split(":", -1).length;
        long mac;
        try {
            mac = MacAddress.parse(octets == 5 ? word.text() + ":0" : word.text());
        } catch (IllegalArgumentException e) {
            arguments.bad(word, MAC);
            return;
        }
        long prefix = mac >>> 8;
        if ((mac >>> 40 & 1) != 0 || mac == 0 || prefix == RFC_PREFIX_IPV4 || prefix == RFC_PREFIX_IPV6) {
            arguments.bad(word, MAC);
        } else {
            draft.vmac = new InstanceDraft.Vmac(arguments.keyword(), name, word, mac, octets);
        }
    }

    private void readAddresses(Arguments arguments, List<InstanceDraft.Address> into) {
        String where = arguments.keyword() + " of " + draft.where();
        for (Statement line : arguments.block()) {
            if (Keywords.isRoot(line.keyword())) {
                Keywords.skip(Keywords.Scope.INSTANCE, line, where, problems);
                continue;
            }
            VirtualAddress address = AddressReader.read(line, where, problems);
            if (address == null) {
                draft.addressFailed = true;
            } else {
                into.add(new InstanceDraft.Address(address, line.keyword()));
            }
        }
    }

    /** The addresses without those given twice. */
    static List<InstanceDraft.Address> distinct(
            List<InstanceDraft.Address> addresses,
            List<InstanceDraft.Address> others,
            String where,
            Problems problems) {
        Set<IpAddress> seen = new LinkedHashSet<>();
        others.forEach(other -> seen.add(other.address().address()));
        List<InstanceDraft.Address> distinct = new ArrayList<>();
        for (InstanceDraft.Address address : addresses) {
            if (seen.add(address.address().address())) {
                distinct.add(address);
            } else {
                problems.warning(address.word(), address.address().address() + " in " + where + " again: ignored");
            }
        }
        return distinct;
    }
}
