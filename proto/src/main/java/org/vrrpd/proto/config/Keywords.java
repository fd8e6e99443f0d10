package org.vrrpd.proto.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The words that each block knows: those that work, and those of keepalived that are skipped. */
final class Keywords {

    /** A place where keywords stand. */
    enum Scope {
        ROOT(
                words("global_defs vrrp_sync_group vrrp_instance vrrp_script track_file vrrp_track_file"
                        + " vrrp_track_process interface_up_down_delays garp_group"),
                words("net_namespace net_namespace_ipvs namespace_with_ipsets instance use_pid_dir child_wait_time"
                        + " linkbeat_use_polling linkbeat_interfaces track_group"
                        + " static_ipaddress static_routes static_rules bfd_instance")),
        GLOBAL(
                words("router_id vrrp_version dynamic_interfaces vrrp_mcast_group4 vrrp_mcast_group6"
                        + " vrrp_garp_master_delay vrrp_garp_master_repeat vrrp_garp_master_refresh"
                        + " vrrp_garp_master_refresh_repeat vrrp_garp_lower_prio_delay"
                        + " vrrp_garp_lower_prio_repeat vrrp_garp_interval vrrp_gna_interval vrrp_min_garp"
                        + " vrrp_garp_extra_if vrrp_vmac_garp_intvl vrrp_lower_prio_no_advert"
                        + " vrrp_down_timer_adverts v3_checksum_as_v2 script_user enable_script_security"
                        + " startup_script shutdown_script startup_script_timeout shutdown_script_timeout"
                        + " notify_fifo notify_fifo_script vrrp_notify_fifo vrrp_notify_fifo_script"
                        + " vrrp_notify_priority_changes fifo_write_vrrp_states_on_reload"
                        + " vrrp_check_unicast_src vrrp_startup_delay vrrp_delay_after_boot"
                        + " log_unknown_vrids json_version state_dump_file stats_dump_file json_dump_file"
                        + " vrrp_strict vrrp_higher_prio_send_advert vrrp_owner_ignore_adverts"
                        + " vrrp_skip_check_adv_addr vmac_prefix include_check random_seed"),
                words("process_names process_name vrrp_process_name use_symlink_paths"
                        + " set_supplementary_groups notification_email notification_email_from smtp_server"
                        + " smtp_helo_name smtp_connect_timeout smtp_alert smtp_alert_vrrp no_email_faults"
                        + " default_interface disable_local_igmp vmac_addr_prefix vrrp_iptables vrrp_ipsets"
                        + " nftables nftables_priority nftables_ifindex nftables_counters vrrp_priority"
                        + " vrrp_no_swap vrrp_rt_priority vrrp_cpu_affinity vrrp_rlimit_rttime"
                        + " vrrp_rlimit_rtime max_auto_priority min_auto_priority_delay"
                        + " vrrp_netlink_cmd_rcv_bufs vrrp_netlink_monitor_rcv_bufs"
                        + " vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs_force"
                        + " process_monitor_rcv_bufs process_monitor_rcv_bufs_force vrrp_rx_bufs_policy"
                        + " vrrp_rx_bufs_multiplier umask reload_check_config reload_time_file"
                        + " reload_repeat reload_file config_save_dir tmp_config_directory"
                        + " data_use_instance iproute_usr_dir iproute_etc_dir enable_snmp_vrrp"
                        + " enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3"
                        + " enable_traps snmp_socket enable_dbus dbus_service_name dbus_no_interface_name")),
        GROUP(
                words("group track_interface track_script track_file track_process notify_master notify_backup"
                        + " notify_fault notify_stop notify notify_priority_changes sync_group_tracking_weight"
                        + " global_tracking"),
                words("track_bfd smtp_alert")),
        SCRIPT(words("script interval timeout weight rise fall user init_fail"), List.of()),
        FILE(words("file weight init_file"), List.of()),
        PROCESS(
                words("process param_match weight quorum quorum_max delay fork_delay terminate_delay full_command"),
                List.of()),
        AUTHENTICATION(words("auth_type auth_pass"), List.of()),
        GARP(words("garp_interval gna_interval interface interfaces"), List.of()),
        INSTANCE(
                words("state interface virtual_router_id priority advert_int version native_ipv6"
                        + " virtual_ipaddress virtual_ipaddress_excluded nopreempt preempt preempt_delay"
                        + " accept no_accept dont_track_primary track_interface use_vmac vmac_xmit_base"
                        + " mcast_src_ip track_src_ip mcast_dst_ip garp_master_delay garp_master_repeat"
                        + " garp_master_refresh garp_master_refresh_repeat garp_lower_prio_delay"
                        + " garp_lower_prio_repeat garp_extra_if vmac_garp_intvl promote_secondaries"
                        + " v3_checksum_as_v2 lower_prio_no_advert down_timer_adverts authentication"
                        + " unicast_src_ip unicast_peer unicast_ttl unicast_fault_no_peer check_unicast_src"
                        + " old_unicast_checksum track_script track_file track_process notify_master"
                        + " notify_backup notify_fault notify_stop notify_deleted notify"
                        + " notify_master_rx_lower_pri notify_priority_changes strict_mode"
                        + " no_virtual_ipaddress higher_prio_send_advert owner_ignore_adverts"
                        + " skip_check_adv_addr timer_expired_backup thread_timer_expired"),
                words("virtual_routes virtual_rules auth_hmac use_vmac_addr use_ipvlan vrf track_bfd"
                        + " linkbeat_use_polling kernel_rx_buf_size smtp_alert lvs_sync_daemon_interface"
                        + " debug"));

        private final Set<String> working;
        private final Set<String> known;

        Scope(List<String> working, List<String> skipped) {
            this.working = new LinkedHashSet<>(working);
            this.known = new LinkedHashSet<>(working);
            this.known.addAll(skipped);
        }

        /** In the order of the reference page. */
        List<String> working() {
            return List.copyOf(working);
        }

        List<String> known() {
            return List.copyOf(known);
        }
    }

    /** keepalived's words for LVS and its other processes, which have nothing to do with VRRP. */
    static final List<String> NOT_VRRP = words("virtual_server virtual_server_group SSL checker_process_name"
            + " lvs_process_name bfd_process_name checker_priority checker_no_swap checker_rt_priority"
            + " checker_cpu_affinity checker_rlimit_rttime checker_rlimit_rtime checker_log_all_failures bfd_priority"
            + " bfd_no_swap bfd_rt_priority bfd_cpu_affinity bfd_rlimit_rttime bfd_rlimit_rtime smtp_alert_checker"
            + " no_checker_emails lvs_timeouts lvs_flush lvs_flush_on_stop lvs_flush_onstop lvs_notify_fifo"
            + " lvs_notify_fifo_script lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force"
            + " lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force lvs_sync_daemon rs_init_notifies"
            + " nftables_ipvs nftables_ipvs_priority nftables_ipvs_start_fwmark enable_snmp_checker"
            + " snmp_vs_stats_update_interval snmp_rs_stats_update_interval");

    private static final Set<String> NOT_VRRP_SET = new LinkedHashSet<>(NOT_VRRP);
    private static final Set<String> ROOT_BLOCKS = new LinkedHashSet<>(words("global_defs vrrp_sync_group"
            + " vrrp_instance vrrp_script vrrp_track_process virtual_server"));
    private static final Set<String> INCLUDE =
            new LinkedHashSet<>(words("include includer includem includew includeb includea"));

    private static final Set<String> SCRIPT = new LinkedHashSet<>(words("script quorum_up quorum_down misc_path"));
    /** Named like those that have a command, but without one. */
    private static final Set<String> NO_SCRIPT = new LinkedHashSet<>(words("vrrp_script track_script notify_fifo"
            + " vrrp_notify_fifo lvs_notify_fifo notify_priority_changes"));

    private Keywords() {}

    static boolean isInclude(String word) {
        return INCLUDE.contains(word);
    }

    /** A block of its own, which in another block means that a brace is missing. */
    static boolean isRoot(Word word) {
        return !word.quoted() && isRoot(word.text());
    }

    static boolean isRoot(String word) {
        return ROOT_BLOCKS.contains(word);
    }

    /** Any word of keepalived's in any block. */
    static boolean isKnown(String word) {
        for (Scope scope : Scope.values()) {
            if (scope.known.contains(word)) {
                return true;
            }
        }
        return NOT_VRRP_SET.contains(word);
    }

    static boolean isWorking(String word) {
        for (Scope scope : Scope.values()) {
            if (scope.working.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Its arguments have quotes of both kinds and escapes: see {@link ScriptWords}. */
    static boolean isScript(String word) {
        return (SCRIPT.contains(word) || word.startsWith("notify") || word.endsWith("_script"))
                && !NO_SCRIPT.contains(word);
    }

    /** Reports, once, that a statement is skipped with all that is in it. */
    static void skip(Scope scope, Statement statement, String where, Problems problems) {
        Word keyword = statement.keyword();
        String word = keyword.text();
        if (word.equals("{")) {
            return; // reported where the brace was read
        }
        if (scope != Scope.ROOT && isRoot(keyword)) {
            problems.error(keyword, word + " inside " + where + ": expected a } before it");
        } else if (NOT_VRRP_SET.contains(word)) {
            String what = statement.hasBlock() ? "the block is skipped" : "skipped";
            problems.warning(keyword, word + " is not VRRP: " + what + lines(statement));
        } else if (scope.known.contains(word)) {
            problems.warning(keyword, word + " is skipped: " + SkippedWords.reason(word) + lines(statement));
        } else {
            problems.warning(keyword, unknown(scope, statement, where, problems.isFull(Severity.WARNING))
                    + ": skipped" + lines(statement));
        }
    }

    private static String unknown(Scope scope, Statement statement, String where, boolean full) {
        Word keyword = statement.keyword();
        for (Scope other : Scope.values()) {
            if (other != scope && other.known.contains(keyword.text())) {
                return keyword.shown() + " does not belong " + where(scope, where);
            }
        }
        String nearest = full ? null : nearest(keyword.text(), scope.known);
        return keyword.shown() + " is not a keyword " + where(scope, where)
                + (nearest == null ? "" : " (did you mean " + nearest + "?)");
    }

    private static String where(Scope scope, String where) {
        return scope == Scope.ROOT ? "outside of a block" : "in " + where;
    }

    private static String lines(Statement statement) {
        int first = statement.keyword().line();
        return statement.lastLine() == first ? "" : " (lines " + first + " to " + statement.lastLine() + ")";
    }

    /** The candidate that needs the fewest edits, if they are few; the first of equals. */
    static String nearest(String word, Iterable<String> candidates) {
        if (word.length() > 60) {
            return null;
        }
        String nearest = null;
        int best = Math.max(1, word.length() / 3) + 1;
        for (String candidate : candidates) {
            int edits = edits(word, candidate);
            if (edits < best) {
                best = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static int edits(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
            }
            int[] other = before;
            before = row;
            row = other;
        }
        return before[b.length()];
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
