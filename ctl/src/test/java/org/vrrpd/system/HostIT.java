package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.VirtualRouter.VIP4;
import static org.vrrpd.system.VirtualRouter.VIP6;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.RouterState;

/**
 * What a host sees of a virtual router, where the kernel has the last word: host 2 is on the LAN, host 3 is behind
 * router 1 on another link, and the way between them is the virtual router.
 */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class HostIT {

    private static final String VIRTUAL_MAC = "00:00:5e:00:01:33";
    private static final String VIRTUAL_MAC6 = "00:00:5e:00:02:33";
    private static final String FAR4 = "10.2.0.3";
    private static final String FAR6 = "2001:db8:2::3";
    private static final String SOLICITED_NODE = "ff02::1:ff00:51";
    /** Display filters of tshark. */
    private static final String ANSWERS4 = "arp.opcode == 2 && arp.src.proto_ipv4 == " + VIP4;
    private static final String ANSWERS6 =
            "icmpv6.type == 136 && icmpv6.nd.na.flag.s == 1 && icmpv6.nd.na.target_address == " + VIP6;

    private static final Conf CONF =
            Conf.of(VirtualRouter.ipv4().with("use_vmac"), VirtualRouter.ipv6().with("use_vmac"));

    /** Router 1 forwards between the LAN and the cable to host 3; host 2 goes there by the virtual addresses. */
    private static Link network(Lab lab) {
        Link link = lab.lan(1).address("2001:db8::1/64 nodad");
        lab.router(1).sysctl("net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
        lab.lan(2).address("2001:db8::2/64 nodad");
        lab.router(1).ip("link add eth1 type veth peer name eth0 netns " + lab.router(3).name(),
                "addr add 10.2.0.1/24 dev eth1", "addr add 2001:db8:2::1/64 dev eth1 nodad", "link set eth1 up");
        lab.router(3).ip("addr add " + FAR4 + "/24 dev eth0", "addr add " + FAR6 + "/64 dev eth0 nodad",
                "link set eth0 up", "route add 10.1.0.0/24 via 10.2.0.1", "route add 2001:db8::/64 via 2001:db8:2::1");
        lab.router(2).ip("route add 10.2.0.0/24 via " + VIP4, "route add 2001:db8:2::/64 via " + VIP6 + " dev eth0");
        return link;
    }

    private static Router master(Lab lab) {
        Router router = lab.vrrpd(1, CONF);
        router.awaitMaster("VI_4");
        router.awaitMaster("VI_6");
        return router;
    }

    /** A better router speaks before this one starts, so that it was never MASTER. */
    private static Neighbour betterThan(Lab lab, Link link) {
        Neighbour neighbour = lab.with(new Neighbour(lab.ground(), link.mac()));
        neighbour.advertises(CraftedAdvert.ipv4(200), CraftedAdvert.ipv6(200));
        Router router = lab.vrrpd(1, CONF);
        router.awaitState("VI_4", RouterState.BACKUP, Times.seconds(30));
        router.awaitState("VI_6", RouterState.BACKUP, Times.seconds(30));
        return neighbour;
    }

    /** True when a node takes a connection for its own: nobody listens there, so that it refuses. */
    private static boolean reaches(Lab lab, int from, String address) {
        String script = "exec 3<>/dev/tcp/" + address + "/9";
        return Shell.run(lab.router(from).inside(List.of("timeout", "2", "bash", "-c", script))).output()
                .contains("refused");
    }

    private static String resolved(Lab lab, int node, String address) {
        String shown = lab.router(node).show("neigh", "show", "to", address, "dev", "eth0");
        return shown.replaceFirst("(?s).*lladdr ([0-9a-f:]{17}).*", "$1");
    }

    private static String route(Lab lab) {
        return lab.router(1).run("ip", "route", "get", VIP4, "from", FAR4, "iif", "eth1");
    }

    @Test
    @DisplayName("a MASTER answers for its addresses with the virtual MAC alone, whatever it sends from them")
    @Requirement(value = {"9568-6.4.3-1", "9568-6.4.3-2", "9568-6.4.3-3", "9568-8.1.2-1", "9568-8.1.2-2",
            "9568-8.2.2-1", "9568-8.2.2-2"}, counter = {"9568-6.4.2-1", "9568-6.4.2-2", "9568-8.1.2-2", "9568-8.2.2-2"})
    void masterAnswersWithTheVirtualMac(Lab lab) {
        Link link = network(lab);
        Observer observer = lab.observer();
        master(lab);
        assertTrue(reaches(lab, 2, VIP4) && reaches(lab, 2, VIP6 + "%eth0"));
        assertEquals(VIRTUAL_MAC, resolved(lab, 2, VIP4));
        assertEquals(VIRTUAL_MAC6, resolved(lab, 2, VIP6));
        Await.until("answers on the wire", Times.seconds(2), () -> Tshark.count(observer.file(), ANSWERS4) > 0
                && Tshark.count(observer.file(), ANSWERS6) > 0);
        assertEquals(0, Tshark.count(observer.file(), "arp.src.proto_ipv4 == " + VIP4 + " && !(arp.src.hw_mac == "
                + VIRTUAL_MAC + " && eth.src == " + VIRTUAL_MAC + ")"), "asked or answered with another MAC");
        assertEquals(0, Tshark.count(observer.file(), ANSWERS6 + " && !(icmpv6.opt.linkaddr == " + VIRTUAL_MAC6
                + " && eth.src == " + VIRTUAL_MAC6 + " && icmpv6.nd.na.flag.r == 1)"));
        assertTrue(lab.router(1).show("maddr", "show").contains(SOLICITED_NODE));
        assertTrue(reaches(lab, 2, Lab.address(1)) && reaches(lab, 2, Lab.linkLocal(1) + "%eth0"), "the router itself");
        assertEquals(link.mac(), resolved(lab, 2, Lab.address(1)), "its own address is no virtual one");
        assertEquals(link.mac(), resolved(lab, 2, Lab.linkLocal(1)));
    }

    @Test
    @DisplayName("a MASTER accepts packets to its addresses, and forwards what is sent to the virtual MAC for others")
    @Requirement(value = {"9568-6.4.3-5", "9568-6.4.3-6", "9568-7.4-1", "9568-8.3.1-1"}, counter = {"9568-6.4.2-4",
            "9568-6.4.2-5"})
    void masterAcceptsAndForwards(Lab lab) {
        network(lab);
        master(lab);
        assertTrue(reaches(lab, 2, VIP4) && reaches(lab, 2, VIP6 + "%eth0"));
        assertTrue(reaches(lab, 2, FAR4) && reaches(lab, 2, FAR6));
        assertTrue(route(lab).startsWith("local"), route(lab));
        assertFalse(lab.router(1).show("addr", "show").contains("5eff:fe00"), "no identifier of the virtual MAC");
    }

    @Test
    @DisplayName("a BACKUP answers for no virtual address, accepts nothing for them, and takes no frame for their MAC")
    @Requirement(value = {"9568-6.4.2-1", "9568-6.4.2-2", "9568-6.4.2-4", "9568-6.4.2-5"}, counter = {"9568-6.4.3-1",
            "9568-6.4.3-2", "9568-6.4.3-3", "9568-6.4.3-5", "9568-8.3.1-1"})
    void backupIsNotThere(Lab lab) {
        Link link = network(lab);
        Observer observer = lab.observer();
        betterThan(lab, link);
        assertFalse(reaches(lab, 2, VIP4) || reaches(lab, 2, VIP6 + "%eth0"), "nobody has the addresses");
        assertTrue(reaches(lab, 2, Lab.address(1)), "the router itself is there");
        assertEquals(0, Tshark.count(observer.file(), ANSWERS4) + Tshark.count(observer.file(), ANSWERS6));
        assertFalse(lab.router(1).show("maddr", "show").contains(SOLICITED_NODE));
        lab.router(2).ip("neigh replace " + VIP4 + " lladdr " + VIRTUAL_MAC + " dev eth0 nud permanent",
                "neigh replace " + VIP6 + " lladdr " + VIRTUAL_MAC6 + " dev eth0 nud permanent");
        assertFalse(reaches(lab, 2, VIP4) || reaches(lab, 2, VIP6 + "%eth0"), "what is sent to it all the same");
        assertFalse(reaches(lab, 2, FAR4) || reaches(lab, 2, FAR6), "is neither accepted nor forwarded");
        assertTrue(route(lab).contains("dev eth0"), route(lab));
    }

    @Test
    @DisplayName("where IPv6 is not forwarded the kernel answers solicitations without the router flag")
    @Requirement(differs = "9568-6.4.3-3")
    void answersOfAMachineThatDoesNotForward(Lab lab) {
        network(lab);
        lab.router(1).sysctl("net.ipv6.conf.all.forwarding=0");
        Observer observer = lab.observer();
        master(lab);
        assertTrue(reaches(lab, 2, VIP6 + "%eth0"));
        Await.until("an answer", Times.seconds(2), () -> Tshark.count(observer.file(), ANSWERS6) > 0);
        assertEquals(0, Tshark.count(observer.file(), ANSWERS6 + " && icmpv6.nd.na.flag.r == 1"));
    }

    @Test
    @DisplayName("advertisements are never forwarded, whatever their TTL; the same packets to a host are")
    @Requirement(value = {"9568-5.1.1.2-2", "9568-5.1.2.2-2", "3768-5.2.2-1"}, counter = {"9568-5.1.1.2-2",
            "9568-5.1.2.2-2", "3768-5.2.2-1"})
    void advertisementsStayOnTheLink(Lab lab) {
        Link link = network(lab);
        lab.router(3).run("nft", "add table inet t; add chain inet t c { type filter hook prerouting priority 0 ; };"
                + " add rule inet t c meta l4proto 112 counter");
        master(lab);
        Neighbour neighbour = lab.with(new Neighbour(lab.ground(), link.mac()));
        for (int limit : new int[] {255, 64, 2}) {
            neighbour.says(CraftedAdvert.ipv4(50).ttl(limit), CraftedAdvert.version2(50).ttl(limit),
                    CraftedAdvert.ipv6(50).ttl(limit), CraftedAdvert.ipv6(50).from("2001:db8::99").ttl(limit));
        }
        neighbour.says(CraftedAdvert.ipv4(50).to(FAR4).ttl(64), CraftedAdvert.version2(50).to(FAR4).ttl(64),
                CraftedAdvert.ipv6(50).from("2001:db8::99").to(FAR6).ttl(64));
        Await.until("those to a host", Times.seconds(5), () -> counted(lab).contains("packets 3 "));
    }

    private static String counted(Lab lab) {
        return lab.router(3).run("nft", "list", "table", "inet", "t");
    }

    @Test
    @DisplayName("a MASTER's own solicitations come from its interface, with that one's MAC")
    @Requirement(differs = {"9568-8.2.2-3", "9568-8.2.2-4"})
    void solicitationsOfAMaster(Lab lab) {
        Link link = network(lab);
        master(lab);
        lab.router(2).run("ip", "neigh", "flush", "all");
        assertTrue(reaches(lab, 1, Lab.linkLocal(2) + "%eth0"));
        assertEquals(link.mac(), resolved(lab, 2, Lab.linkLocal(1)), "what host 2 learned of the solicitation");
    }

    @Test
    @DisplayName("an unsolicited neighbour advertisement of a host is believed, as BACKUP and as MASTER")
    @Requirement(value = "9568-8.2.4-1", counter = "9568-8.2.4-1")
    void hostsTellTheirNewMac(Lab lab) {
        Link link = network(lab);
        Link host = new Link(lab.ground(), lab.router(2), "", "eth0");
        Neighbour neighbour = betterThan(lab, link);
        assertTrue(reaches(lab, 1, "2001:db8::2"));
        learns(lab, host, "02:00:00:00:00:71");
        neighbour.fallsSilent();
        Await.until("the VIP", Times.seconds(10), () -> lab.router(1).hasAddressAnywhere(VIP6));
        learns(lab, host, "02:00:00:00:00:72");
        lab.router(2).sysctl("net.ipv6.conf.eth0.ndisc_notify=0");
        host.mac("02:00:00:00:00:73");
        Await.holds("the MAC that was told", Times.millis(500),
                () -> resolved(lab, 1, "2001:db8::2").equals("02:00:00:00:00:72"));
    }

    private static void learns(Lab lab, Link host, String mac) {
        lab.router(2).sysctl("net.ipv6.conf.eth0.ndisc_notify=1");
        host.mac(mac);
        Await.until("the new MAC of the host", Times.seconds(3), () -> resolved(lab, 1, "2001:db8::2").equals(mac));
    }

    @Test
    @DisplayName("what came to the virtual MAC is never answered with a redirect, so that none names another router")
    @Requirement({"9568-8.1.1-1", "9568-8.1.1-2", "9568-8.2.1-1", "9568-8.2.1-2"})
    void noRedirectForTheVirtualMac(Lab lab) {
        network(lab);
        lab.lan(4).address("2001:db8::4/64 nodad");
        lab.router(1).ip("route add 10.9.0.0/24 via 10.1.0.4", "route add 2001:db8:9::/64 via fe80::4 dev eth0");
        lab.router(2).ip("route add 10.9.0.0/24 via " + VIP4, "route add 2001:db8:9::/64 via " + VIP6 + " dev eth0");
        count(lab, 2, "icmp type redirect counter name c4", "icmpv6 type nd-redirect counter name c6");
        count(lab, 4, "ip daddr 10.9.0.9 counter name c4", "ip6 daddr 2001:db8:9::9 counter name c6");
        master(lab);
        assertFalse(reaches(lab, 2, "10.9.0.9") || reaches(lab, 2, "2001:db8:9::9"), "nobody is there");
        assertTrue(counted(lab, 4, "c4") > 0 && counted(lab, 4, "c6") > 0, "forwarded on the LAN it came from");
        assertEquals(0, counted(lab, 2, "c4") + counted(lab, 2, "c6"));
        lab.router(2).ip("route replace 10.9.0.0/24 via 10.1.0.1",
                "route replace 2001:db8:9::/64 via fe80::1 dev eth0");
        assertFalse(reaches(lab, 2, "10.9.0.9") || reaches(lab, 2, "2001:db8:9::9"));
        assertTrue(counted(lab, 2, "c4") > 0 && counted(lab, 2, "c6") > 0, "the router's own address redirects");
    }

    private static void count(Lab lab, int node, String... rules) {
        StringBuilder script = new StringBuilder("add table inet t; add counter inet t c4; add counter inet t c6;"
                + " add chain inet t c { type filter hook prerouting priority 0 ; };");
        for (String rule : rules) {
            script.append(" add rule inet t c ").append(rule).append(';');
        }
        lab.router(node).run("nft", script.toString());
    }

    private static long counted(Lab lab, int node, String counter) {
        String shown = lab.router(node).run("nft", "list", "counter", "inet", "t", counter);
        return Long.parseLong(shown.replaceFirst("(?s).*packets (\\d+).*", "$1"));
    }
}
