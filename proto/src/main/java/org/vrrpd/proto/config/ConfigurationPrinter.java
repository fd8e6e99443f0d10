package org.vrrpd.proto.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.MacAddress;

/** Writes a configuration as keepalived.conf text with every default spelt out. */
public final class ConfigurationPrinter {

    private final StringBuilder out = new StringBuilder();

    private ConfigurationPrinter() {}

    /**
     * {@link ConfigurationParser#parseCanonical} gives an equal configuration back. Throws IllegalArgumentException for
     * one that the language cannot express: a quote or line break in a name, or instances on one interface
     * whose spacing of GARPs differs.
     */
    public static String print(Configuration configuration) {
        ConfigurationPrinter printer = new ConfigurationPrinter();
        printer.globals(configuration);
        printer.linkDelays(configuration.linkDelays());
        configuration.scripts().forEach(printer::script);
        configuration.files().forEach(printer::file);
        configuration.processes().forEach(printer::process);
        configuration.syncGroups().forEach(printer::group);
        configuration.instances().forEach(printer::instance);
        return printer.out.toString();
    }

    private void globals(Configuration configuration) {
        line("global_defs {");
        line("    router_id " + quoted(configuration.routerId()));
        daemon(configuration.global());
        Map<String, GarpConfiguration> byInterface = spacing(configuration.instances());
        GarpConfiguration shared = null;
        for (GarpConfiguration garp : byInterface.values()) {
            if (shared == null) {
                shared = garp;
                line("    vrrp_garp_interval " + decimal(garp.garpIntervalNanos()));
                line("    vrrp_gna_interval " + decimal(garp.naIntervalNanos()));
            }
        }
        line("}");
        for (Map.Entry<String, GarpConfiguration> entry : byInterface.entrySet()) {
            if (!sameSpacing(entry.getValue(), shared)) {
                line("garp_group {");
                item("interface", quoted(entry.getKey()));
                item("garp_interval", decimal(entry.getValue().garpIntervalNanos()));
                item("gna_interval", decimal(entry.getValue().naIntervalNanos()));
                line("}");
            }
        }
    }

    private static Map<String, GarpConfiguration> spacing(List<InstanceConfiguration> instances) {
        Map<String, GarpConfiguration> byInterface = new LinkedHashMap<>();
        for (InstanceConfiguration instance : instances) {
            GarpConfiguration other = byInterface.putIfAbsent(instance.interfaceName(), instance.garp());
            if (other != null && !sameSpacing(other, instance.garp())) {
                throw new IllegalArgumentException("Expected one GARP and NA interval for all instances on "
                        + instance.interfaceName() + ", but " + instance.name() + " has another");
            }
        }
        return byInterface;
    }

    private static boolean sameSpacing(GarpConfiguration one, GarpConfiguration other) {
        return one.garpIntervalNanos() == other.garpIntervalNanos()
                && one.naIntervalNanos() == other.naIntervalNanos();
    }

    private void daemon(GlobalConfiguration global) {
        item("vrrp_startup_delay", decimal(global.startupDelayNanos()));
        item("vrrp_delay_after_boot", decimal(global.delayAfterBootNanos()));
        for (int i = 0; i < global.fifos().size(); i++) {
            FifoConfiguration fifo = global.fifos().get(i);
            String keyword = List.of("notify_fifo", "vrrp_notify_fifo").get(i);
            item(keyword, quoted(fifo.path()) + plainAccount(fifo.user(), fifo.group()));
            command(keyword + "_script", fifo.reader());
        }
        flag("fifo_write_vrrp_states_on_reload", global.statesToFifosOnReload());
        flag("enable_script_security", global.scriptSecurity());
        command("startup_script", global.startupScript());
        item("startup_script_timeout", wholeSeconds(global.startupScriptTimeoutNanos()));
        command("shutdown_script", global.shutdownScript());
        item("shutdown_script_timeout", wholeSeconds(global.shutdownScriptTimeoutNanos()));
        item("json_version", global.jsonVersion());
        text("state_dump_file", global.stateDumpFile());
        text("stats_dump_file", global.statisticsDumpFile());
        text("json_dump_file", global.jsonDumpFile());
        flag("log_unknown_vrids", global.logUnknownVrids());
    }

    private void linkDelays(List<LinkDelay> delays) {
        if (delays.isEmpty()) {
            return;
        }
        line("interface_up_down_delays {");
        for (LinkDelay delay : delays) {
            item(quoted(delay.interfaceName()), decimal(delay.downNanos()) + " " + decimal(delay.upNanos()));
        }
        line("}");
    }

    private void script(ScriptConfiguration script) {
        line("vrrp_script " + quoted(script.name()) + " {");
        item("script", ScriptWords.join(script.command().arguments()));
        if (!script.command().user().isEmpty()) {
            line("    user" + plainAccount(script.command().user(), script.command().group()));
        }
        item("interval", decimal(script.intervalNanos()));
        item("timeout", decimal(script.timeoutNanos()));
        item("rise", script.rise());
        item("fall", script.fall());
        flag("init_fail", script.startsFailed());
        line("}");
    }

    private void file(TrackedFileConfiguration file) {
        line("track_file " + quoted(file.name()) + " {");
        item("file", quoted(file.path()));
        switch (file.creation()) {
            case NONE -> { }
            case IF_MISSING -> item("init_file", file.initialValue());
            case OVERWRITE -> item("init_file", file.initialValue() + " overwrite");
        }
        line("}");
    }

    private void process(TrackedProcessConfiguration process) {
        line("vrrp_track_process " + quoted(process.name()) + " {");
        StringBuilder command = new StringBuilder(quoted(process.process()));
        process.parameters().forEach(parameter -> command.append(' ').append(quoted(parameter)));
        item("process", command);
        switch (process.parameterMatch()) {
            case NONE -> { }
            case EXACT -> line("    param_match");
            case INITIAL -> item("param_match", "initial");
            case PARTIAL -> item("param_match", "partial");
        }
        flag("full_command", process.fullCommand());
        if (process.quorum() > 0) {
            item("quorum", process.quorum());
        }
        if (process.quorumMax() != TrackedProcessConfiguration.UNLIMITED) {
            item("quorum_max", process.quorumMax());
        }
        item("fork_delay", decimal(process.forkDelayNanos()));
        item("terminate_delay", decimal(process.terminateDelayNanos()));
        line("}");
    }

    private void group(SyncGroupConfiguration group) {
        line("vrrp_sync_group " + quoted(group.name()) + " {");
        line("    group {");
        group.members().forEach(member -> line("        " + quoted(member)));
        line("    }");
        flag("sync_group_tracking_weight", group.trackingWeight());
        notifications(group.notifications());
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
        line("    " + (instance.accept() ? "accept" : "no_accept"));
        flag("dont_track_primary", !instance.tracking().trackPrimary());
        tracked("track_interface", instance.tracking().interfaces());
        tracked("track_script", instance.tracking().scripts());
        tracked("track_file", instance.tracking().files());
        tracked("track_process", instance.tracking().processes());
        vmac(instance.vmac());
        transport(instance.transport());
        garp(instance.garp());
        flag("promote_secondaries", instance.promoteSecondaries());
        election(instance.election(), instance.isOwner());
        flag("no_virtual_ipaddress", instance.virtualAddresses().isEmpty());
        addresses("virtual_ipaddress", instance.virtualAddresses());
        addresses("virtual_ipaddress_excluded", instance.excludedAddresses());
        notifications(instance.notifications());
        line("}");
    }

    private void tracked(String keyword, List<Tracked> tracked) {
        if (tracked.isEmpty()) {
            return;
        }
        line("    " + keyword + " {");
        for (Tracked one : tracked) {
            line("        " + quoted(one.name()) + " weight " + one.weight() + (one.reverse() ? " reverse" : ""));
        }
        line("    }");
    }

    private void transport(TransportConfiguration transport) {
        UnicastConfiguration unicast = transport.unicast();
        if (transport.sourceAddress() != null) {
            item(unicast == null ? "mcast_src_ip" : "unicast_src_ip", transport.sourceAddress());
        }
        flag("track_src_ip", transport.trackSourceAddress());
        item("mcast_dst_ip", transport.multicastGroup());
        if (unicast != null) {
            unicast(unicast);
        }
        if (transport.authentication() != null) {
            line("    authentication {");
            item("    auth_type", transport.authentication().type());
            item("    auth_pass", quoted(transport.authentication().password()));
            line("    }");
        }
        item("v3_checksum_as_v2", onOff(transport.checksumWithoutPseudoHeader()));
        item("skip_check_adv_addr", onOff(transport.skipAddressListCheck()));
    }

    private void election(ElectionConfiguration election, boolean owner) {
        item("strict_mode", onOff(election.strict()));
        line("    " + (election.preempt() ? "preempt" : "nopreempt"));
        item("preempt_delay", decimal(election.preemptDelayNanos()));
        item("lower_prio_no_advert", onOff(election.lowerPriorityNoAdvert()));
        item("higher_prio_send_advert", onOff(election.higherPrioritySendAdvert()));
        if (owner) {
            item("owner_ignore_adverts", onOff(election.ownerIgnoresAdvertisements()));
        }
        item("down_timer_adverts", election.downTimerAdverts());
        if (election.timerExpiredPriority() > 0) {
            item("timer_expired_backup", election.timerExpiredPriority());
        }
    }

    private void unicast(UnicastConfiguration unicast) {
        if (unicast.peers().isEmpty()) {
            line("    unicast_fault_no_peer");
        } else {
            line("    unicast_peer {");
            for (UnicastConfiguration.UnicastPeer peer : unicast.peers()) {
                String least = peer.minTimeToLive() > 0 ? " min_ttl " + peer.minTimeToLive() : "";
                String most = peer.maxTimeToLive() < 255 ? " max_ttl " + peer.maxTimeToLive() : "";
                line("        " + peer.address() + least + most);
            }
            line("    }");
        }
        item("unicast_ttl", unicast.timeToLive());
        flag("check_unicast_src", unicast.checkSource());
        switch (unicast.oldChecksum()) {
            case AUTO -> { }
            case ALWAYS -> line("    old_unicast_checksum");
            case NEVER -> item("old_unicast_checksum", "never");
        }
    }

    private void notifications(NotifyConfiguration notify) {
        command("notify_master", notify.master());
        command("notify_backup", notify.backup());
        command("notify_fault", notify.fault());
        command("notify_stop", notify.stop());
        if (notify.deleted() != null) {
            command("notify_deleted", notify.deleted());
        } else {
            flag("notify_deleted", notify.deletedEvent());
        }
        command("notify", notify.any());
        command("notify_master_rx_lower_pri", notify.masterReceivedLower());
        item("notify_priority_changes", onOff(notify.priorityChanges()));
    }

    private void command(String keyword, ScriptCommand command) {
        if (command != null) {
            item(keyword, ScriptWords.join(command.arguments()) + account(command.user(), command.group()));
        }
    }

    private static String plainAccount(String user, String group) {
        return user.isEmpty() ? "" : " " + quoted(user) + (group.isEmpty() ? "" : " " + quoted(group));
    }

    /** Behind a command, where a word is quoted as the command is. */
    private static String account(String user, String group) {
        return (user.isEmpty() ? "" : " " + ScriptWords.quote(user))
                + (user.isEmpty() || group.isEmpty() ? "" : " " + ScriptWords.quote(group));
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

    private void text(String keyword, String value) {
        if (!value.isEmpty()) {
            item(keyword, quoted(value));
        }
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
                && (Character.isLetterOrDigit(c) || "_-.:/%+,=".indexOf(c) >= 0))
                && !Keywords.isRoot(text) && !Keywords.isInclude(text);
        return plain ? text : '"' + text + '"';
    }

    private static long wholeSeconds(long nanos) {
        if (nanos % Arguments.SECOND != 0) {
            throw new IllegalArgumentException("Expected whole seconds, but found " + decimal(nanos));
        }
        return nanos / Arguments.SECOND;
    }

    /** For messages: 1 s, 0.25 s. */
    public static String seconds(long nanos) {
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
