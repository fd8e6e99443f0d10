package org.vrrpd.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.system.Await;
import org.vrrpd.system.Conf;
import org.vrrpd.system.KernelMonitor;
import org.vrrpd.system.Lab;
import org.vrrpd.system.LogLines;
import org.vrrpd.system.Router;
import org.vrrpd.system.Times;

/** systemd-networkd restarts under a MASTER, and takes away every address that its own files do not name. */
@BootsDebian
class NetworkdIT {

    private static final String OWN = "192.168.1.2";
    private static final String VIP4 = "192.168.1.5";
    private static final String VIP6 = "2001:db8::5";
    private static final Duration PATIENCE = Times.seconds(15);
    /** From the kernel's removal to its addition; most of it is the machine's other work. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private static final String NETWORK = """
            [Match]
            Name=eno1

            [Network]
            LinkLocalAddressing=ipv6
            IPv6AcceptRA=no

            """;

    /** What Debian 12's networkd compares an address with includes its broadcast address: written, it is kept. */
    private static final String KEPT = NETWORK + "[Address]\nAddress=" + OWN + "/24\nBroadcast=192.168.1.255\n";
    /** And left out, a restart takes the machine's own address away for some milliseconds. */
    private static final String NOT_KEPT = NETWORK + "[Address]\nAddress=" + OWN + "/24\n";

    @Test
    @DisplayName("the addresses are back at once: no transition, no election, and the events say what happened")
    void addressesAreBackAtOnce(Lab lab) {
        Machine machine = master(lab, KEPT);
        Router peer = peer(lab);
        try (KernelMonitor kernel = new KernelMonitor(machine.namespace())) {
            long restarted = Await.now();
            machine.must("systemctl restart systemd-networkd");
            for (String vip : List.of(VIP4, VIP6)) {
                assertBackAtOnce(kernel, vip, restarted);
            }
            assertFalse(wasRemoved(kernel, OWN, restarted), "the machine's own address stayed");
            machine.must("networkctl reload");
            Await.holds("the peer in BACKUP", Times.masterDown(Times.seconds(1), 100),
                    () -> peer.transitions(restarted).isEmpty());
        }
        String events = machine.must("vrrpctl events");
        Installed.keep("networkd/restart-events", events);
        for (String vip : List.of(VIP4, VIP6)) {
            assertTrue(events.contains(vip + " was removed from eno1 by another program; putting it back"), events);
            assertTrue(events.contains(vip + " is back on eno1"), events);
        }
        assertEquals(2, transitions(events, "-> MASTER"), events);
        assertEquals(0, transitions(events, "MASTER ->"), events);
        verify(machine);
    }

    @Test
    @DisplayName("the router's own IPv4 address goes as well and comes back: no transition, no election")
    void ownAddressGoesAsWell(Lab lab) {
        Machine machine = master(lab, NOT_KEPT);
        Router peer = peer(lab);
        try (KernelMonitor kernel = new KernelMonitor(machine.namespace())) {
            long restarted = Await.now();
            machine.must("systemctl restart systemd-networkd");
            for (String address : List.of(OWN, VIP4, VIP6)) {
                assertBackAtOnce(kernel, address, restarted);
            }
            Await.holds("the peer in BACKUP", Times.masterDown(Times.seconds(1), 100),
                    () -> peer.transitions(restarted).isEmpty());
        }
        String events = machine.must("vrrpctl events");
        Installed.keep("networkd/restart-without-own-address-events", events);
        assertTrue(events.contains(OWN + " was removed from eno1; going on as MASTER for 300 ms"), events);
        assertEquals(2, transitions(events, "-> MASTER"), events);
        assertEquals(0, transitions(events, "MASTER ->"), events);
        String addresses = machine.must("ip -4 addr show dev eno1");
        assertTrue(addresses.contains(OWN + "/") && addresses.contains(VIP4 + "/"), addresses);
        verify(machine);
    }

    private static long transitions(String events, String part) {
        return events.lines().filter(line -> line.contains(part)).count();
    }

    private static void assertBackAtOnce(KernelMonitor kernel, String vip, long since) {
        long gone = kernel.await(vip + " removed", PATIENCE, since,
                text -> text.contains("Deleted ") && text.contains(" " + vip + "/"));
        long back = kernel.await(vip + " back", PATIENCE, gone,
                text -> !text.contains("Deleted ") && text.contains(" " + vip + "/"));
        System.out.printf("%s was away for %.3f ms%n", vip, Await.millis(back - gone));
        assertTrue(back - gone <= AT_ONCE.toNanos(), () -> "Expected " + vip + " back within " + AT_ONCE.toMillis()
                + " ms, but found " + Await.millis(back - gone));
    }

    private static boolean wasRemoved(KernelMonitor kernel, String address, long since) {
        return kernel.messages().stream().filter(message -> message.time() >= since).map(LogLines.Line::text)
                .anyMatch(text -> text.startsWith("Deleted ") && text.contains(" " + address + "/"));
    }

    private static Machine master(Lab lab, String network) {
        Machine machine = Installed.machine(lab, 1, "gw1");
        lab.cable(1, "eno1");
        machine.write("/etc/vrrpd/vrrpd.conf", configuration("eno1", 150).text());
        Networkd.prepare(machine, "eno1", network);
        machine.boot().awaitBooted();
        Networkd.likeWithUdev(machine);
        machine.must("systemctl -q enable --now systemd-networkd vrrpd");
        machine.await("vrrpctl status", PATIENCE, status -> status.contains("2 MASTER")
                && !status.contains("not installed"));
        return machine;
    }

    private static Router peer(Lab lab) {
        lab.cable(2, "eno1").up("192.168.1.3/24", "fe80::3/64 nodad");
        Router peer = lab.vrrpd(2, configuration("eno1", 100));
        for (String instance : List.of("gw4", "gw6")) {
            peer.awaitState(instance, RouterState.BACKUP, PATIENCE);
        }
        return peer;
    }

    private static Conf configuration(String device, int priority) {
        String text = """
                vrrp_instance %s {
                    interface %s
                    virtual_router_id 51
                    priority %d
                    advert_int 1
                    virtual_ipaddress { %s }
                }
                """;
        return Conf.raw(text.formatted("gw4", device, priority, VIP4 + "/24"))
                .block(text.formatted("gw6", device, priority, "fe80::5\n " + VIP6 + "/64")).global("vrrp_version 3");
    }

    private static void verify(Machine machine) {
        String replay = machine.must("vrrpctl replay /var/lib/vrrpd/journal --verify");
        assertTrue(replay.contains("every digest agrees"), replay);
    }
}
