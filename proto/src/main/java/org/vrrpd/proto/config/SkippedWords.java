package org.vrrpd.proto.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** keepalived's words that are skipped, each with what that means for the operator. */
final class SkippedWords {

    /** Words, a colon, and the reason as it stands behind "is skipped:". */
    private static final String REASONS = """
            net_namespace: vrrpd runs in the network namespace it is started in
            net_namespace_ipvs: vrrpd does no load balancing, so it needs no namespace for it
            namespace_with_ipsets: vrrpd uses no ipsets
            instance: several vrrpd on a host are told apart by the options --control and --journal
            use_pid_dir: the pid file is where the option --pid says
            child_wait_time: vrrpd has no child daemons to wait for
            linkbeat_use_polling linkbeat_interfaces: no link is polled, the kernel tells when a carrier comes or goes
            track_group: only static addresses, routes and rules use it, which are not supported yet
            static_ipaddress: static addresses are not supported yet, so these are not added
            static_routes: static routes are not supported yet, so these are not added
            static_rules: static rules are not supported yet, so these are not added
            bfd_instance: BFD is not supported yet, so no session is opened
            track_bfd: BFD is not supported yet, so a lost session changes nothing
            process_names process_name vrrp_process_name: vrrpd is one process and keeps its name
            use_symlink_paths: vrrpd runs scripts by the path that is given, symbolic links included
            set_supplementary_groups: scripts run with the one group that is given, or that of their user
            notification_email notification_email_from: mail is not supported yet, so nobody gets any
            smtp_server smtp_helo_name smtp_connect_timeout: mail is not supported yet, so no server is asked
            smtp_alert smtp_alert_vrrp: mail is not supported yet, so none is sent; notify can run a command instead
            no_email_faults: mail is not supported yet, for faults neither
            default_interface: only static addresses use it, which are not supported yet
            disable_local_igmp: this sysctl is not set by vrrpd; net.ipv4.igmp_link_local_mcast_reports=0 does the same
            vmac_addr_prefix use_vmac_addr: addresses on other interfaces are added to these without a virtual MAC
            vrrp_iptables: no_accept works with nftables, in a table of its own
            vrrp_ipsets: no_accept works with nftables, which needs no ipsets
            nftables: no_accept uses nftables always; its table is called vrrpd
            nftables_priority: the priority of vrrpd's chains cannot be chosen
            nftables_ifindex: vrrpd's rules know an interface by its name
            nftables_counters: vrrpd's rules have no counters
            vrrp_priority vrrp_rt_priority: vrrpd sets its own real-time priority
            vrrp_no_swap: vrrpd locks its memory always
            vrrp_cpu_affinity: the unit decides on which CPUs vrrpd runs, with CPUAffinity=
            vrrp_rlimit_rttime vrrp_rlimit_rtime: the unit limits real-time use, with LimitRTTIME=
            max_auto_priority min_auto_priority_delay: vrrpd has its real-time priority from the start
            vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force: vrrpd sizes its netlink buffers itself
            vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force: vrrpd sizes its netlink buffers itself, \
            and asks the kernel again when one has overflown
            process_monitor_rcv_bufs process_monitor_rcv_bufs_force: vrrpd counts all processes anew when it missed one
            vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier kernel_rx_buf_size: vrrpd sizes its receive buffers itself
            umask: what vrrpd creates has fixed modes; the unit can narrow them with UMask=
            reload_check_config: a reload is always checked first, and refused whole if there is an error
            reload_time_file reload_repeat: reloads at a given time are not supported yet; a timer can run \
            vrrpctl reload
            reload_file: no file says that a reload goes on; vrrpctl reload ends when it is done
            config_save_dir: the journal keeps every configuration that was in force
            tmp_config_directory: the files are read once, so nobody needs a copy
            data_use_instance: the names of dump files are those of state_dump_file and the like, or the usual ones
            iproute_usr_dir iproute_etc_dir: only virtual routes and rules use names from there, which are not \
            supported yet
            enable_snmp_vrrp enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3: SNMP is not \
            supported yet, so nothing is answered
            enable_traps: SNMP is not supported yet, so no trap is sent
            snmp_socket: SNMP is not supported yet, so no agent is asked
            enable_dbus: D-Bus is not supported yet, so vrrpd is not on the bus
            dbus_service_name dbus_no_interface_name: D-Bus is not supported yet, so no name is taken there
            virtual_routes: virtual routes are not supported yet, so these are not added
            virtual_rules: virtual rules are not supported yet, so these are not added
            auth_hmac: authentication by HMAC is not supported yet, so advertisements are neither signed nor checked
            use_ipvlan: ipvlan is not supported yet, so the addresses are added to the interface itself
            vrf: only instances without an interface use it, which are not supported
            lvs_sync_daemon_interface: vrrpd does no load balancing, so it starts no IPVS synchronisation
            debug: the journal has everything always
            """;

    private static final Map<String, String> REASON = new LinkedHashMap<>();

    static {
        for (String line : REASONS.split("\n")) {
            int colon = line.indexOf(": ");
            for (String word : line.substring(0, colon).split(" ")) {
                REASON.put(word, line.substring(colon + 2));
            }
        }
    }

    private SkippedWords() {}

    /** Null for a word that is not skipped. */
    static String reason(String word) {
        return REASON.get(word);
    }

    static Iterable<String> all() {
        return REASON.keySet();
    }
}
