package org.vrrpd.system;

import java.util.ArrayList;
import java.util.List;

/** A configuration in keepalived's language, which both daemons read. */
public final class Conf {

    private final List<String> global = new ArrayList<>();
    private final List<String> blocks = new ArrayList<>();
    private final String definitions;

    Conf() {
        this("");
    }

    private Conf(String definitions) {
        this.definitions = definitions;
    }

    public static Conf of(VirtualRouter... instances) {
        Conf conf = new Conf();
        for (VirtualRouter instance : instances) {
            conf.blocks.add(instance.text());
        }
        return conf;
    }

    /** Text that stands as it is. */
    public static Conf raw(String text) {
        Conf conf = new Conf();
        conf.blocks.add(text);
        return conf;
    }

    /** One more block, as it stands. */
    public Conf block(String text) {
        blocks.add(text);
        return this;
    }

    /** One line of global_defs. */
    public Conf global(String line) {
        global.add(line);
        return this;
    }

    Conf group(String name, String... members) {
        blocks.add("vrrp_sync_group " + name + " {\n    group {\n        " + String.join("\n        ", members)
                + "\n    }\n}\n");
        return this;
    }

    /** The same with one definition more, before everything else. */
    Conf defining(String name, String value) {
        Conf conf = new Conf(definitions + '$' + name + '=' + value + '\n');
        conf.global.addAll(global);
        conf.blocks.addAll(blocks);
        return conf;
    }

    public String text() {
        String globals = global.stream().map(line -> "    " + line + "\n").reduce("", String::concat);
        return definitions + "global_defs {\n    router_id lab\n" + globals + "}\n" + String.join("", blocks);
    }

    /** The configuration of the outage, word for word; only the name of the interface's router differs. */
    public static Conf outage() {
        return raw("""
                vrrp_sync_group XN { group { XN_VI_ipv4
                    XN_VI_ipv6 } }
                vrrp_instance XN_VI_ipv4 {
                    state BACKUP
                    interface eno1
                    virtual_router_id 51
                    priority 32
                    advert_int 1
                    dont_track_primary
                    use_vmac
                    vmac_xmit_base
                    virtual_ipaddress { 192.168.1.5 }
                }
                vrrp_instance XN_VI_ipv6 {
                    state BACKUP
                    interface eno1
                    virtual_router_id 51
                    priority 32
                    advert_int 1
                    dont_track_primary
                    use_vmac
                    vmac_xmit_base
                    virtual_ipaddress { fe80::200:5eff:fe00:205 preferred_lft forever }
                }
                """).global("vrrp_version 3");
    }
}
