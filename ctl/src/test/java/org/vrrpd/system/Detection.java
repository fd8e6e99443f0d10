package org.vrrpd.system;

import java.time.Duration;

/** Duplicate address detection of one interface, made as long as a test needs it, or made to fail. */
public final class Detection {

    private final Namespace router;
    private final String name;

    private Detection(Namespace router, String name) {
        this.router = router;
        this.name = name;
    }

    /** Turns detection on, before the interface is set up. */
    public static Detection of(Namespace router, String name) {
        Detection detection = new Detection(router, name);
        String settings = "net.ipv6.conf." + name;
        router.sysctl(settings + ".accept_dad=1", settings + ".router_solicitation_delay=0");
        return detection;
    }

    /** One probe and this long a wait for an answer, where the kernel's own would be a second and up to one more. */
    public Detection takes(Duration time) {
        router.sysctl("net.ipv6.conf." + name + ".dad_transmits=1",
                "net.ipv6.neigh." + name + ".retrans_time_ms=" + time.toMillis());
        return this;
    }

    /** The switch has the address already. */
    Detection failsFor(Lab lab, String address) {
        lab.ground().sysctl("net.ipv6.conf.br0.disable_ipv6=0");
        lab.ground().ip("addr add " + address + "/64 dev br0 nodad");
        return this;
    }

    static void release(Lab lab, String address) {
        lab.ground().ip("addr del " + address + "/64 dev br0");
    }
}
