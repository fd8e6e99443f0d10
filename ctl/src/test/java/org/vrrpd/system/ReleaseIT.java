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

/** The script that cleans up behind a daemon that is not coming back. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class ReleaseIT {

    private static final String SCRIPT = Programs.repository().resolve("debian/release-addresses").toString();

    private static Shell.Result release(Lab lab, Router router) {
        String socket = router.pidFile().resolveSibling("control.sock").toString();
        return Shell.run(lab.router(1).inside(List.of(SCRIPT, socket)));
    }

    @Test
    @DisplayName("takes what a dead daemon left, and nothing of anybody else; of a live one nothing")
    void takesOursAlone(Lab lab) {
        lab.lan(1);
        Namespace host = lab.router(1);
        host.ip("addr add 10.1.0.77/24 dev eth0", "link add foreign link eth0 type macvlan mode private",
                "link set foreign alias somebody", "addr add 10.1.0.78/24 dev foreign");
        host.run("nft", "add", "table", "inet", "foreign");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("no_accept"), VirtualRouter.ipv6(),
                VirtualRouter.named("VMAC").vrid(52).with("use_vmac").vip("10.1.0.52/24")));
        List.of("VI_4", "VI_6", "VMAC").forEach(router::awaitMaster);
        router.awaitJournal();
        String before = everything(host);
        assertEquals(2, release(lab, router).exit());
        assertEquals(before, everything(host), "a running daemon was robbed");

        router.kill();
        Shell.Result result = release(lab, router);
        assertEquals(0, result.exit(), result.output());
        for (String words : List.of("took " + VIP4 + "/24 from eth0", "took 10.1.0.52/24 from vrrp.52",
                "removed vrrp.52 (vrrpd VMAC)", "removed the firewall table inet vrrpd")) {
            assertTrue(result.output().contains(words), result.output());
        }
        for (String ours : List.of(VIP4, VIP6, "10.1.0.52")) {
            assertFalse(host.hasAddressAnywhere(ours), ours);
        }
        assertFalse(host.hasLink("vrrp.52"), "the VMAC is there");
        for (String foreign : List.of("10.1.0.1", "10.1.0.77", "10.1.0.78", "fe80::1")) {
            assertTrue(host.hasAddressAnywhere(foreign), foreign);
        }
        assertTrue(host.hasLink("foreign"), "somebody's macvlan is gone");
        assertEquals("table inet foreign", host.run("nft", "list", "tables"));

        Shell.Result again = release(lab, router);
        assertEquals(0, again.exit(), again.output());
        assertEquals(1, again.output().lines().count(), again.output());
    }

    private static String everything(Namespace host) {
        return host.run("ip", "-br", "addr") + host.run("nft", "list", "tables");
    }
}
