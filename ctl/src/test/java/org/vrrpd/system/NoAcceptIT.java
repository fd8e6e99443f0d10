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

/** no_accept: the VIPs are found on the link, and whatever is sent to them is dropped, as long as it is configured. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class NoAcceptIT {

    private static final String GLOBAL_VIP = "2001:db8::51";

    private static Conf conf(String word) {
        return Conf.of(VirtualRouter.ipv4().with(word),
                VirtualRouter.ipv6().with(word).excluded(GLOBAL_VIP + "/64"));
    }

    /** True when something answers there; nobody listens on the port, so the answer is a refusal. */
    private static boolean answers(Lab lab, String address) {
        String script = "exec 3<>/dev/tcp/" + address + "/9";
        int status = Shell.run(lab.router(2).inside(List.of("timeout", "1", "bash", "-c", script))).exit();
        return status != 124; // of timeout: the packet was dropped
    }

    private static void assertAnswers(Lab lab, boolean expected) {
        for (String vip : List.of(VIP4, VIP6 + "%eth0", GLOBAL_VIP)) {
            assertEquals(expected, answers(lab, vip), vip);
        }
    }

    @Test
    @DisplayName("packets to the VIPs are dropped, address resolution is not; a reload to accept lets them in")
    @Requirement(value = {"9568-6.1-7", "9568-6.1-8", "9568-6.4.3-7"}, counter = "9568-6.1-8")
    void dropsAllButResolution(Lab lab) {
        lab.lan(1);
        lab.lan(2).up("2001:db8::2/64 nodad");
        Router router = lab.vrrpd(1, conf("no_accept"));
        router.awaitMaster("VI_4");
        router.awaitMaster("VI_6");
        assertTrue(answers(lab, Lab.address(1)), "the interface's own address is none of ours");
        assertAnswers(lab, false);
        String neighbours = lab.router(2).ip("neigh show dev eth0");
        for (String vip : List.of(VIP4, VIP6, GLOBAL_VIP)) {
            assertTrue(neighbours.matches("(?s).*" + vip + " lladdr [0-9a-f:]+ .*"), neighbours);
        }
        router.write(conf("accept"));
        assertEquals(0, router.ctl("reload").exit());
        Await.until("packets are accepted", Times.seconds(3), () -> answers(lab, VIP4));
        assertAnswers(lab, true);
    }

    @Test
    @DisplayName("the rules go with the daemon")
    void rulesGo(Lab lab) {
        lab.lan(1);
        Router router = lab.vrrpd(1, conf("no_accept"));
        Await.until("rules", Times.seconds(5), () -> rules(lab).contains("table inet vrrpd"));
        assertEquals(0, router.stop());
        assertFalse(rules(lab).contains("vrrpd"), rules(lab));
    }

    private static String rules(Lab lab) {
        return lab.router(1).run("nft", "list", "tables");
    }
}
