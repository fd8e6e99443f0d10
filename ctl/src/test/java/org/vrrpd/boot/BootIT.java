package org.vrrpd.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.system.Await;
import org.vrrpd.system.Conf;
import org.vrrpd.system.Detection;
import org.vrrpd.system.Frame;
import org.vrrpd.system.Lab;
import org.vrrpd.system.Link;
import org.vrrpd.system.Times;

/**
 * The outage on whole machines: a router reboots, its VRRP daemon is there long before its interface has carrier, an
 * IPv4 address, and an IPv6 address that duplicate address detection has accepted. Beside it, on the same switch but
 * out of its hearing, Debian's keepalived with the same text on the same boot.
 */
@BootsDebian
class BootIT {

    private static final String OWN = "192.168.1.2";
    private static final String OTHER = "192.168.1.3";
    private static final String VIP4 = "192.168.1.5";
    private static final String VIP6 = "fe80::200:5eff:fe00:205";
    private static final Duration MASTER_DOWN = Times.masterDown(Times.seconds(1), 32);
    /** Boot messages, the reading of the log and two processors for two machines. */
    private static final Duration PATIENCE = Times.seconds(15);

    @Test
    @DisplayName("the network comes by hand, seconds after the daemon: MASTER follows, and keepalived stays in FAULT")
    void byHand(Lab lab) {
        Machine ours = Installed.machine(lab, 1, "gw1");
        Machine theirs = new Machine(lab, 2, "gw2", List.of(DebianRoot.get().path()));
        Link link = reboot(lab, 1, ours, "vrrpd", "/etc/vrrpd/vrrpd.conf", "");
        Link other = reboot(lab, 2, theirs, "keepalived", "/etc/keepalived/keepalived.conf", "");
        awaitFault(ours);
        theirs.await("journalctl -b -q -u keepalived", PATIENCE, log -> log.contains("(XN_VI_ipv6) entering FAULT")
                || log.contains("(XN_VI_ipv6) Entering FAULT"));
        capture("by-hand/before", ours);
        Await.holds("no advertisement without a network", Times.seconds(2),
                () -> lab.observer().since(0, Frame::advertises).isEmpty());
        for (Machine machine : List.of(ours, theirs)) {
            machine.must("ip link set eno1 up && ip addr add " + (machine == ours ? OWN : OTHER) + "/24 dev eno1");
        }
        link.carrier(true);
        other.carrier(true);
        assertRecovery(lab, ours, link);
        capture("by-hand/after", ours);
        assertStuck(theirs, other);
    }

    @Test
    @DisplayName("systemd-networkd configures the interface when its carrier comes, seconds after the daemon")
    void byNetworkd(Lab lab) {
        Machine ours = Installed.machine(lab, 1, "gw1");
        Networkd.prepare(ours, "eno1", """
                [Match]
                Name=eno1

                [Network]
                Address=192.168.1.2/24
                LinkLocalAddressing=ipv6
                IPv6AcceptRA=no
                """);
        Link link = reboot(lab, 1, ours, "vrrpd", "/etc/vrrpd/vrrpd.conf", "systemd-networkd");
        awaitFault(ours);
        capture("networkd/before", ours);
        Await.holds("no advertisement without a network", Times.seconds(2),
                () -> lab.observer().since(0, Frame::advertises).isEmpty());
        link.carrier(true);
        assertRecovery(lab, ours, link);
        capture("networkd/after", ours);
    }

    /** Enables the services, shuts the machine down, gives it an interface that has no carrier, and boots it again. */
    private static Link reboot(Lab lab, int router, Machine machine, String unit, String file, String more) {
        machine.write(file, Conf.outage().text()).boot().awaitBooted();
        machine.must("systemctl -q enable " + unit + " " + more);
        machine.poweroff();
        Link link = lab.cable(router, "eno1");
        link.carrier(false);
        link.isolated(true);
        Detection.of(lab.router(router), "eno1");
        machine.boot();
        return link;
    }

    private static void awaitFault(Machine machine) {
        machine.await("journalctl -b -q -u vrrpd", PATIENCE, log -> log.contains("(XN_VI_ipv6) Entering FAULT STATE")
                && log.contains("(XN_VI_ipv4) Entering FAULT STATE"));
        machine.await("vrrpctl status; echo status $?", PATIENCE, status -> status.contains("status 2") && Stream
                .of("IPv4", "IPv6").allMatch(family -> status.contains("fault: no " + family + " source on eno1")));
    }

    private static void assertRecovery(Lab lab, Machine machine, Link link) {
        Await.until("the end of duplicate address detection", PATIENCE, link::linkLocalUsable);
        long lastFact = Await.now();
        Frame advert = lab.observer().await("an advertisement", PATIENCE, 0, Frame.advertFrom(OWN));
        assertTrue(advert.time() - lastFact <= MASTER_DOWN.plus(Times.TOLERANCE).toNanos(), () -> "Expected MASTER "
                + MASTER_DOWN.plus(Times.TOLERANCE).toMillis() + " ms after the last fact, but found "
                + Await.millis(advert.time() - lastFact));
        machine.await("journalctl -b -q -u vrrpd", PATIENCE, log -> log.contains("(XN_VI_ipv6) Entering MASTER STATE")
                && log.contains("(XN_VI_ipv4) Entering MASTER STATE"));
        machine.await("vrrpctl status; echo status $?", PATIENCE, status -> status.contains("status 0")
                && status.contains("2 MASTER") && !status.contains("not installed"));
        assertTrue(machine.namespace().hasAddressAnywhere(VIP4), VIP4);
        assertTrue(machine.namespace().hasAddressAnywhere(VIP6), VIP6);
        assertEquals("active", machine.must("systemctl is-active vrrpd"));
        assertEquals("0", machine.must("systemctl show -P NRestarts vrrpd"));
        String faults = machine.must("vrrpctl faults");
        assertTrue(faults.lines().anyMatch(line -> line.matches(".*XN_VI_ipv6 +no IPv6 source on eno1: fe80::\\S+ is"
                + " tentative .*no longer tentative")), faults);
        String replay = machine.must("vrrpctl replay /var/lib/vrrpd/journal --verify");
        assertTrue(replay.contains("every digest agrees"), replay);
        System.out.printf("%s: MASTER %.0f ms after the last fact%n", machine, Await.millis(advert.time() - lastFact));
    }

    /** Nothing is missing any more, and a restart proves it. */
    private static void assertStuck(Machine machine, Link link) {
        assertTrue(link.linkLocalUsable(), "its IPv6 address is usable");
        Await.holds("keepalived in FAULT", MASTER_DOWN.plus(Times.seconds(2)),
                () -> !machine.namespace().hasAddressAnywhere(VIP4) && !machine.namespace().hasAddressAnywhere(VIP6));
        String log = machine.log("keepalived");
        assertFalse(log.toUpperCase(java.util.Locale.ROOT).contains("ENTERING MASTER STATE"), log);
        Installed.keep("by-hand/keepalived", log);
        machine.must("systemctl restart keepalived");
        Await.until("keepalived MASTER after a restart", PATIENCE,
                () -> machine.namespace().hasAddressAnywhere(VIP4) && machine.namespace().hasAddressAnywhere(VIP6));
    }

    private static void capture(String when, Machine machine) {
        for (String command : List.of("systemctl --no-pager status vrrpd", "journalctl -b --no-pager -q -u vrrpd",
                "vrrpctl status", "vrrpctl faults", "vrrpctl events")) {
            String file = command.replaceFirst("^(\\w+).* (\\w+)$", "$1-$2").replace("-vrrpd", "");
            Installed.keep(when + "-" + file, machine.sh(command).output());
        }
    }
}
