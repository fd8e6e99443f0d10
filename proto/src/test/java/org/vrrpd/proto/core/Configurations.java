package org.vrrpd.proto.core;

/** The configurations that many tests share. */
public final class Configurations {

    private Configurations() {}

    /** IPv4 v3, priority 100 unless {@code lines} say otherwise: skew 0.609375 s, Master_Down_Interval 3.609375 s. */
    public static String ipv4(String... lines) {
        return "global_defs { vrrp_version 3 }\n" + instance("V4", "eth0", 51, "192.0.2.10/24", lines);
    }

    public static String ipv6(String... lines) {
        return instance("V6", "eth0", 51, "fe80::10", lines);
    }

    public static String version2(String... lines) {
        return "global_defs { vrrp_version 2 }\n" + instance("V2", "eth0", 51, "192.0.2.10/24", lines);
    }

    public static String instance(String name, String device, int vrid, String address, String... lines) {
        String rest = String.join("\n", lines);
        return "vrrp_instance " + name + " {\ninterface " + device + "\nvirtual_router_id " + vrid + "\n"
                + (rest.contains("priority") ? "" : "priority 100\n")
                + (rest.contains("virtual_ipaddress ") ? "" : "virtual_ipaddress { " + address + " }\n")
                + rest + "\n}\n";
    }

    public static String group(String... members) {
        return "vrrp_sync_group G { group { " + String.join("\n", members) + " } }\n";
    }

    /** Both families on eth0 in a sync group, the shape of the outage. */
    public static String dualStack(String... lines) {
        return "global_defs { vrrp_version 3 }\n" + group("V4", "V6")
                + instance("V4", "eth0", 51, "192.0.2.10/24", lines)
                + instance("V6", "eth0", 51, "fe80::10", lines);
    }

    /** A core on eth0 with addresses of both families, started, configured and in BACKUP. */
    public static CoreFixture running(String configuration) {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        return core.started().configured(configuration);
    }

    /** The same, MASTER for want of another, with nothing recorded yet. */
    public static CoreFixture master(String configuration) {
        return running(configuration).advance(4 * CoreFixture.SECOND).forget();
    }
}
