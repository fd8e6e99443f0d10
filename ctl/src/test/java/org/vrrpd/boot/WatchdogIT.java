package org.vrrpd.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.system.Await;
import org.vrrpd.system.Conf;
import org.vrrpd.system.KernelMonitor;
import org.vrrpd.system.Lab;
import org.vrrpd.system.Router;
import org.vrrpd.system.Times;

/** A daemon that hangs, and one that dies again and again, beside a peer that can serve instead. */
@BootsDebian
class WatchdogIT {

    private static final String VIP = "10.1.0.50";
    private static final String VMAC_VIP = "10.1.0.60";
    private static final Duration PATIENCE = Times.seconds(20);
    /** Shorter than the unit's, so that the test is; but longer than the peer waits. */
    private static final Duration WATCHDOG = Times.seconds(5);
    /** From the watchdog's signal until a new run has loaded its configuration. */
    private static final Duration RESTART = Times.seconds(4);

    @Test
    @DisplayName("a loop that hangs: the peer takes over, systemd restarts the daemon, and the preferred one returns")
    void hungLoop(Lab lab) {
        Machine machine = machine(lab);
        machine.write("/etc/systemd/system/vrrpd.service.d/short.conf",
                "[Service]\nWatchdogSec=" + WATCHDOG.toSeconds() + "\n");
        machine.write("/etc/default/vrrpd", "VRRPD_JAVA_OPTS=-Dvrrpd.test.block=/run/vrrpd/block\n");
        Router peer = startBoth(lab, machine);
        String pid = pid(machine);
        try (KernelMonitor kernel = new KernelMonitor(machine.namespace())) {
            long blocked = Await.now();
            machine.must("touch /run/vrrpd/block");
            // nothing of ours acts any more: the addresses stay where they are until the restart, whoever else has them
            long taken = peer.awaitState("gw", RouterState.MASTER, PATIENCE, blocked).time();
            machine.must("rm /run/vrrpd/block");
            long released = kernel.await(VIP + " taken away by the next run", PATIENCE, blocked,
                    text -> text.contains("Deleted ") && text.contains(" " + VIP + "/"));
            Duration limit = WATCHDOG.plus(WATCHDOG.dividedBy(3)).plus(RESTART);
            System.out.printf("blocked; the peer is MASTER after %.0f ms, the address on both for %.0f ms%n",
                    Await.millis(taken - blocked), Await.millis(released - taken));
            assertTrue(released - blocked <= limit.toNanos(), () -> "Expected the address on the hung machine for "
                    + limit.toMillis() + " ms at most, but found " + Await.millis(released - blocked));
            peer.awaitState("gw", RouterState.BACKUP, PATIENCE, taken);
        }
        awaitMaster(machine);
        assertNotEquals(pid, pid(machine));
        assertEquals("1", machine.must("systemctl show -P NRestarts vrrpd"));
        String log = machine.log("vrrpd");
        Installed.keep("watchdog/journalctl", log);
        assertTrue(log.contains("the protocol thread does not answer"), log);
        assertTrue(log.contains("Watchdog timeout"), log);
        Await.until("the addresses on one machine only", PATIENCE, () -> !lab.router(2).hasAddressAnywhere(VIP)
                && !lab.router(2).hasAddressAnywhere(VMAC_VIP) && machine.namespace().hasAddressAnywhere(VIP));
        String replay = machine.must("vrrpctl replay /var/lib/vrrpd/journal --verify");
        assertTrue(replay.contains("every digest agrees"), replay);
    }

    @Test
    @DisplayName("a daemon that fails for good leaves no address, no VMAC and no rule behind, and the peer serves")
    void failedForGood(Lab lab) {
        Machine machine = machine(lab);
        Router peer = startBoth(lab, machine);
        long begun = Await.now();
        for (int kills = 0; kills < 8 && !state(machine).equals("failed"); kills++) {
            machine.await("systemctl show -P MainPID vrrpd; systemctl is-failed vrrpd", PATIENCE,
                    answer -> !answer.startsWith("0\n") || answer.endsWith("failed"));
            machine.sh("systemctl kill --signal=KILL vrrpd");
        }
        machine.awaitState("vrrpd", "failed", PATIENCE);
        machine.await("systemctl show -P ExecMainExitTimestampMonotonic vrrpd-release", PATIENCE,
                time -> !time.equals("0"));
        assertEquals("0", machine.must("systemctl show -P ExecMainStatus vrrpd-release"));
        assertFalse(machine.namespace().hasAddressAnywhere(VIP), "an address of the failed daemon");
        assertFalse(machine.namespace().hasAddressAnywhere(VMAC_VIP), "an address of the failed daemon");
        assertFalse(machine.namespace().show("link", "show").contains("vrrp"), "a VMAC of the failed daemon");
        assertFalse(machine.must("nft list tables").contains("vrrpd"), "rules of the failed daemon");
        for (String instance : new String[] {"gw", "gv"}) {
            peer.awaitState(instance, RouterState.MASTER, PATIENCE, begun);
        }
        String log = machine.log("vrrpd-release");
        Installed.keep("watchdog/release", log);
        assertTrue(log.contains(VIP), log);
        machine.must("systemctl reset-failed vrrpd && systemctl start vrrpd");
        awaitMaster(machine);
    }

    private static Machine machine(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Machine machine = Installed.machine(lab, 1, "gw1");
        return machine.write("/etc/vrrpd/vrrpd.conf", configuration(150).text());
    }

    /** With the preferred one as MASTER. */
    private static Router startBoth(Lab lab, Machine machine) {
        machine.boot().awaitBooted();
        machine.must("systemctl -q enable --now vrrpd");
        Router peer = lab.vrrpd(2, configuration(100));
        peer.awaitState("gw", RouterState.BACKUP, PATIENCE);
        peer.awaitState("gv", RouterState.BACKUP, PATIENCE);
        awaitMaster(machine);
        assertTrue(machine.namespace().hasAddressAnywhere(VIP), VIP);
        return peer;
    }

    private static void awaitMaster(Machine machine) {
        machine.await("vrrpctl status", PATIENCE, status -> status.contains("2 MASTER")
                && !status.contains("not installed"));
    }

    private static String pid(Machine machine) {
        return machine.must("systemctl show -P MainPID vrrpd");
    }

    private static String state(Machine machine) {
        return machine.must("systemctl show -P ActiveState vrrpd");
    }

    private static Conf configuration(int priority) {
        String text = """
                vrrp_instance %s {
                    interface eth0
                    virtual_router_id %d
                    priority %d
                    advert_int 1
                    %s
                    virtual_ipaddress { %s/24 }
                }
                """;
        return Conf.raw(text.formatted("gw", 51, priority, "", VIP))
                .block(text.formatted("gv", 52, priority, "use_vmac", VMAC_VIP)).global("vrrp_version 3");
    }
}
