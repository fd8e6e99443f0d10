package org.vrrpd.proto.config;

import java.util.List;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.MacAddress;

/** Writes a configuration as keepalived.conf text with every default spelt out. */
public final class ConfigurationPrinter {

    private final StringBuilder out = new StringBuilder();

    private ConfigurationPrinter() {}

    /**
     * {@link ConfigurationParser#parseCanonical} gives an equal configuration back. Throws IllegalArgumentException for
     * one that the language cannot express: a quote or line break in a name, or instances whose spacing of GARPs
     * differs, which is a global setting.
     */
    public static String print(Configuration configuration) {
        ConfigurationPrinter printer = new ConfigurationPrinter();
        printer.globals(configuration);
        configuration.syncGroups().forEach(printer::group);
        configuration.instances().forEach(printer::instance);
        return printer.out.toString();
    }

    private void globals(Configuration configuration) {
        line("global_defs {");
        line("    router_id " + quoted(configuration.routerId()));
        if (!configuration.instances().isEmpty()) {
            GarpConfiguration first = configuration.instances().get(0).garp();
            for (InstanceConfiguration instance : configuration.instances()) {
                GarpConfiguration garp = instance.garp();
                if (garp.garpIntervalNanos() != first.garpIntervalNanos()
                        || garp.naIntervalNanos() != first.naIntervalNanos()) {
                    throw new IllegalArgumentException("Expected one GARP and NA interval for all instances, but "
                            + instance.name() + " has another");
                }
            }
            line("    vrrp_garp_interval " + decimal(first.garpIntervalNanos()));
            line("    vrrp_gna_interval " + decimal(first.naIntervalNanos()));
        }
        line("}");
    }

    private void group(SyncGroupConfiguration group) {
        line("vrrp_sync_group " + quoted(group.name()) + " {");
        line("    group {");
        group.members().forEach(member -> line("        " + quoted(member)));
        line("    }");
        line("}");
    }

    private void instance(InstanceConfiguration instance) {
        line("vrrp_instance " + quoted(instance.name()) + " {");
        item("state", instance.isOwner() ? "MASTER" : "BACKUP");
        item("interface", quoted(instance.interfaceName()));
        item("virtual_router_id", instance.vrid());
        item("priority", instance.basePriority());
        item("version", instance.version());
        flag("native_ipv6", instance.family() == Family.IPV6);
        item("advert_int", decimal(instance.advertisementIntervalNanos()));
        line("    " + (instance.election().preempt() ? "preempt" : "nopreempt"));
        item("preempt_delay", decimal(instance.election().preemptDelayNanos()));
        line("    " + (instance.accept() ? "accept" : "no_accept"));
        flag("dont_track_primary", !instance.tracking().trackPrimary());
        tracked(instance.tracking().interfaces());
        vmac(instance.vmac());
        if (instance.transport().sourceAddress() != null) {
            item("mcast_src_ip", instance.transport().sourceAddress());
        }
        flag("track_src_ip", instance.transport().trackSourceAddress());
        item("mcast_dst_ip", instance.transport().multicastGroup());
        garp(instance.garp());
        flag("promote_secondaries", instance.promoteSecondaries());
        item("v3_checksum_as_v2", onOff(instance.transport().checksumWithoutPseudoHeader()));
        item("lower_prio_no_advert", onOff(instance.election().lowerPriorityNoAdvert()));
        item("down_timer_adverts", instance.election().downTimerAdverts());
        addresses("virtual_ipaddress", instance.virtualAddresses());
        addresses("virtual_ipaddress_excluded", instance.excludedAddresses());
        line("}");
    }

    private void tracked(List<Tracked> tracked) {
        if (tracked.isEmpty()) {
            return;
        }
        line("    track_interface {");
        for (Tracked link : tracked) {
            line("        " + quoted(link.name()) + " weight " + link.weight() + (link.reverse() ? " reverse" : ""));
        }
        line("    }");
    }

    private void vmac(VmacConfiguration vmac) {
        if (vmac == null) {
            return;
        }
        String mac = vmac.mac() == VmacConfiguration.STANDARD_MAC ? "" : " " + MacAddress.text(vmac.mac());
        line("    use_vmac" + (vmac.name() == null ? "" : " name " + quoted(vmac.name())) + mac);
        flag("vmac_xmit_base", vmac.transmitOnBase());
    }

    private void garp(GarpConfiguration garp) {
        item("garp_master_delay", wholeSeconds(garp.masterDelayNanos()));
        item("garp_master_repeat", garp.masterRepeat());
        item("garp_master_refresh", wholeSeconds(garp.refreshNanos()));
        item("garp_master_refresh_repeat", garp.refreshRepeat());
        item("garp_lower_prio_delay", wholeSeconds(garp.lowerPriorityDelayNanos()));
        item("garp_lower_prio_repeat", garp.lowerPriorityRepeat());
        if (garp.extraNanos() > 0) {
            item("garp_extra_if", (garp.extraEverywhere() ? "all " : "") + wholeSeconds(garp.extraNanos()));
        }
    }

    private void addresses(String keyword, List<VirtualAddress> addresses) {
        if (addresses.isEmpty()) {
            return;
        }
        line("    " + keyword + " {");
        addresses.forEach(this::address);
        line("    }");
    }

    private void address(VirtualAddress address) {
        out.append("        ").append(address.address());
        String length = "/" + address.prefixLength();
        out.append(address.peer() == null ? length : " peer " + address.peer() + length);
        option("dev", address.device() == null ? null : quoted(address.device()));
        option("brd", address.broadcast());
        if (address.address().family() == Family.IPV4) {
            option("scope", address.scope());
        }
        option("label", address.label() == null ? null : quoted(address.label()));
        word("home", address.home());
        word("-nodad", address.duplicateAddressDetection());
        word("mngtmpaddr", address.manageTemporary());
        word("noprefixroute", address.noPrefixRoute());
        word("autojoin", address.autoJoin());
        word("no_track", address.noTrack());
        word("use_vmac", address.useVmac());
        long lifetime = address.preferredLifetimeSeconds();
        option("preferred_lft", lifetime == VirtualAddress.FOREVER ? "forever" : String.valueOf(lifetime));
        out.append('\n');
    }

    private void option(String name, Object value) {
        if (value != null) {
            out.append(' ').append(name).append(' ').append(value);
        }
    }

    private void word(String word, boolean present) {
        out.append(present ? " " + word : "");
    }

    private void item(String keyword, Object value) {
        line("    " + keyword + " " + value);
    }

    private void flag(String keyword, boolean present) {
        if (present) {
            line("    " + keyword);
        }
    }

    private void line(String line) {
        out.append(line).append('\n');
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String quoted(String text) {
        if (text.chars().anyMatch(c -> c == '"' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("Expected a name without quotes, NULs and line breaks, but found "
                    + text);
        }
        boolean plain = !text.isEmpty() && text.chars().allMatch(c -> c < 128
                && (Character.isLetterOrDigit(c) || "_-.:/%+,=".indexOf(c) >= 0));
        return plain && !Keywords.isInclude(text) ? text : '"' + text + '"';
    }

    private static long wholeSeconds(long nanos) {
        if (nanos % Arguments.SECOND != 0) {
            throw new IllegalArgumentException("Expected whole seconds, but found " + decimal(nanos));
        }
        return nanos / Arguments.SECOND;
    }

    /** For messages: 1 s, 0.25 s. */
    static String seconds(long nanos) {
        return decimal(nanos) + " s";
    }

    private static String decimal(long nanos) {
        long part = nanos % Arguments.SECOND;
        if (part == 0) {
            return String.valueOf(nanos / Arguments.SECOND);
        }
        String digits = String.valueOf(Arguments.SECOND + part).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return nanos / Arguments.SECOND + "." + digits.substring(0, end);
    }
}
