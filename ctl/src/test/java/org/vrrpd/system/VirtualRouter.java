package org.vrrpd.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One vrrp_instance block. The usual one: eth0, VRID 51, VRRPv3, an advertisement every 100 ms, priority 100. */
final class VirtualRouter {

    static final String VIP4 = "10.1.0.51";
    static final String VIP6 = "fe80::51";

    private final String name;
    private final List<String> vips = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String interfaceName = "eth0";
    private int vrid = 51;
    private int version = 3;
    private int priority = 100;
    private Duration interval = Duration.ofMillis(100);

    private VirtualRouter(String name) {
        this.name = name;
    }

    static VirtualRouter named(String name) {
        return new VirtualRouter(name);
    }

    static VirtualRouter ipv4() {
        return named("VI_4").vip(VIP4 + "/24");
    }

    static VirtualRouter ipv6() {
        return named("VI_6").vip(VIP6 + "/64");
    }

    VirtualRouter on(String name) {
        interfaceName = name;
        return this;
    }

    VirtualRouter vrid(int value) {
        vrid = value;
        return this;
    }

    /** VRRPv2, whose intervals are whole seconds. */
    VirtualRouter version2() {
        version = 2;
        interval = Duration.ofSeconds(1);
        return this;
    }

    VirtualRouter priority(int value) {
        priority = value;
        return this;
    }

    VirtualRouter every(Duration value) {
        interval = value;
        return this;
    }

    VirtualRouter vip(String addressLine) {
        vips.add(addressLine);
        return this;
    }

    VirtualRouter excluded(String addressLine) {
        excluded.add(addressLine);
        return this;
    }

    VirtualRouter with(String line) {
        lines.add(line);
        return this;
    }

    String text() {
        StringBuilder text = new StringBuilder("vrrp_instance " + name + " {\n    state BACKUP\n");
        text.append("    interface ").append(interfaceName).append("\n    virtual_router_id ").append(vrid);
        text.append("\n    version ").append(version).append("\n    priority ").append(priority);
        text.append("\n    advert_int ").append(interval.toMillis() / 1000.0).append('\n');
        lines.forEach(line -> text.append("    ").append(line).append('\n'));
        block(text, "virtual_ipaddress", vips);
        block(text, "virtual_ipaddress_excluded", excluded);
        return text.append("}\n").toString();
    }

    private static void block(StringBuilder text, String keyword, List<String> addressLines) {
        if (!addressLines.isEmpty()) {
            text.append("    ").append(keyword).append(" {\n        ").append(String.join("\n        ", addressLines));
            text.append("\n    }\n");
        }
    }
}
