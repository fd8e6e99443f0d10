package org.vrrpd.proto.config;

import java.util.List;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** global_defs: what instances inherit, wherever in the file it stands. */
final class GlobalSettings {

    private static final String WHERE = "global_defs";
    static final IpAddress GROUP4 = IpAddress.parse("224.0.0.18");
    static final IpAddress GROUP6 = IpAddress.parse("ff02::12");
    static final long LONGEST_INTERVAL = 60 * Arguments.SECOND;

    String routerId;
    int version = 2;
    IpAddress group4 = GROUP4;
    IpAddress group6 = GROUP6;
    final GarpDraft garp = new GarpDraft();
    boolean minimalGarp;
    long garpIntervalNanos;
    long naIntervalNanos;
    boolean lowerPriorityNoAdvert;
    boolean checksumWithoutPseudoHeader;
    int downTimerAdverts = 3;
    boolean checkUnicastSource;
    boolean higherPrioritySendAdvert;
    boolean ownerIgnores;
    boolean skipAddressListCheck;
    boolean strict;
    String vmacPrefix = "vrrp";
    private boolean priorityChanges;
    private final GlobalDaemonReader daemon;
    private final Problems problems;

    GlobalSettings(String configId, Problems problems) {
        routerId = configId;
        this.problems = problems;
        daemon = new GlobalDaemonReader(problems);
    }

    void read(List<Statement> block) {
        Repeats repeats = new Repeats(WHERE, problems);
        for (Statement statement : block) {
            if (SourceReader.isForReader(statement.keyword().text())) {
                continue;
            }
            repeats.check(statement);
            Arguments arguments = new Arguments(statement, WHERE, problems);
            String keyword = statement.keyword().text();
            boolean garpKeyword = keyword.startsWith("vrrp_")
                    && garp.read(keyword.substring("vrrp_".length()), arguments);
            if (!garpKeyword) {
                if (read(keyword, arguments) || daemon.read(keyword, arguments)) {
                    arguments.end();
                } else {
                    Keywords.skip(Keywords.Scope.GLOBAL, statement, WHERE, problems);
                }
            }
        }
    }

    private boolean read(String keyword, Arguments arguments) {
        switch (keyword) {
            case "router_id" -> {
                Word word = arguments.text("a name");
                routerId = word == null ? routerId : word.text();
            }
            case "vrrp_version" -> version = or(arguments.integer(2, 3, "2 or 3"), version);
            case "dynamic_interfaces" -> arguments.nextIs("allow_if_changes"); // they are dynamic always
            case "vrrp_mcast_group4" -> group4 = group(arguments, Family.IPV4, group4);
            case "vrrp_mcast_group6" -> group6 = group(arguments, Family.IPV6, group6);
            case "vrrp_garp_interval" -> garpIntervalNanos = interval(arguments, garpIntervalNanos);
            case "vrrp_gna_interval" -> naIntervalNanos = interval(arguments, naIntervalNanos);
            case "vrrp_min_garp" -> minimalGarp = flag(arguments, minimalGarp);
            case "vrrp_lower_prio_no_advert" -> lowerPriorityNoAdvert = flag(arguments, lowerPriorityNoAdvert);
            case "v3_checksum_as_v2" -> checksumWithoutPseudoHeader = flag(arguments, checksumWithoutPseudoHeader);
            case "vrrp_down_timer_adverts" -> downTimerAdverts = or(arguments.integer(1, 100), downTimerAdverts);
            case "vrrp_higher_prio_send_advert" -> higherPrioritySendAdvert = flag(arguments, higherPrioritySendAdvert);
            case "vrrp_owner_ignore_adverts" -> ownerIgnores = flag(arguments, ownerIgnores);
            case "vrrp_skip_check_adv_addr" -> skipAddressListCheck = flag(arguments, skipAddressListCheck);
            case "vrrp_strict" -> strict = flag(arguments, strict);
            case "vmac_prefix" -> {
                Word prefix = arguments.interfaceName();
                vmacPrefix = prefix == null ? vmacPrefix : prefix.text();
            }
            case "vrrp_check_unicast_src" -> checkUnicastSource = true;
            case "vrrp_notify_priority_changes" -> priorityChanges = flag(arguments, priorityChanges);
            default -> {
                return false;
            }
        }
        return true;
    }

    GlobalConfiguration daemon() {
        return daemon.complete();
    }

    /** As whom scripts run that name no user. */
    Account scriptAccount() {
        return daemon.scriptAccount();
    }

    /** @param own null: not given */
    boolean priorityChanges(Boolean own) {
        return own == null ? priorityChanges : own;
    }

    IpAddress group(Family family) {
        return family == Family.IPV4 ? group4 : group6;
    }

    private static IpAddress group(Arguments arguments, Family family, IpAddress otherwise) {
        IpAddress group = multicast(arguments, family);
        return group == null ? otherwise : group;
    }

    /** @param family null: any */
    static IpAddress multicast(Arguments arguments, Family family) {
        String expected = family == null
                ? "a multicast address"
                : family == Family.IPV4 ? "an IPv4 multicast address" : "a link-local IPv6 multicast address";
        Word word = arguments.peek();
        IpAddress address = arguments.address(family, expected);
        if (address == null) {
            return null;
        }
        boolean linkLocal = address.family() == Family.IPV4 || (address.high() >>> 48 & 0xF) == 2;
        if (!address.isMulticast() || !linkLocal) {
            return arguments.bad(word,
                    linkLocal ? expected : "a link-local IPv6 multicast address, such as ff02::12");
        }
        return address;
    }

    private static long interval(Arguments arguments, long otherwise) {
        Long nanos = interval(arguments);
        return nanos == null ? otherwise : nanos;
    }

    /** The least time between two announcements; null after an error. */
    static Long interval(Arguments arguments) {
        return arguments.seconds(0, LONGEST_INTERVAL, "0 to 60 seconds");
    }

    private static boolean flag(Arguments arguments, boolean otherwise) {
        Boolean value = arguments.flag();
        return value == null ? otherwise : value;
    }

    private static int or(Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
