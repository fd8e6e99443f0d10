package org.vrrpd.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.system.Await;
import org.vrrpd.system.Conf;
import org.vrrpd.system.Lab;
import org.vrrpd.system.Router;
import org.vrrpd.system.Shell;
import org.vrrpd.system.Times;

/** From one version to the next and away again, on a router that holds an address which a third host uses. */
@BootsDebian
class UpgradeIT {

    private static final String VIP = "10.1.0.50";
    private static final Duration PATIENCE = Times.seconds(20);
    private static final int PRIORITY = 150;
    private static final int PEER_PRIORITY = 100;

    @Test
    @DisplayName("an upgrade is one hand-over each way, a changed conffile is asked about, a purge leaves nothing")
    void upgradeAndPurge(Lab lab) throws IOException {
        lab.lan(1);
        lab.lan(2);
        lab.lan(3);
        Machine machine = Installed.machine(lab, 1, "gw1");
        Path next = PackageBuild.deb(PackageBuild.version() + "+next");
        machine.copy(next, "/srv/next.deb").copy(changed(lab, next), "/srv/changed.deb");
        machine.write("/etc/vrrpd/vrrpd.conf", configuration(PRIORITY).text()).boot().awaitBooted();
        machine.must("systemctl -q enable --now vrrpd");
        machine.await("vrrpctl status", PATIENCE, status -> status.contains("1 MASTER"));
        Router peer = lab.vrrpd(2, configuration(PEER_PRIORITY));
        peer.awaitState("gw", RouterState.BACKUP, PATIENCE);

        int lost = pingsLostInUpgrade(lab, machine, peer);
        System.out.println("pings lost in the upgrade, of one each 100 ms: " + lost);
        Duration handOver = Times.skew(Times.seconds(1), PEER_PRIORITY).plus(Times.TOLERANCE);
        assertTrue(lost <= handOver.toMillis() / 100 + 2, () -> "Expected at most one Skew_Time of the peer without an"
                + " answer, " + handOver.toMillis() + " ms, but found " + lost + " pings lost");
        assertConffileIsAskedAbout(machine);
        assertPurged(machine, peer);
    }

    /** The peer takes over when it hears the farewell, and gives the address back when the preferred one returns. */
    private static int pingsLostInUpgrade(Lab lab, Machine machine, Router peer) {
        Pings pings = lab.with(new Pings(lab.router(3), VIP));
        pings.awaitAnswers(10);
        String pid = machine.must("systemctl show -P MainPID vrrpd");
        long begun = Await.now();
        String said = machine.must("apt-get install -y --no-install-recommends /srv/next.deb 2>&1");
        assertTrue(said.contains("Setting up vrrpd (" + PackageBuild.version() + "+next)"), said);
        peer.awaitState("gw", RouterState.MASTER, PATIENCE, begun);
        peer.awaitState("gw", RouterState.BACKUP, PATIENCE, begun);
        machine.await("vrrpctl status", PATIENCE, status -> status.contains("1 MASTER"));
        assertNotEquals(pid, machine.must("systemctl show -P MainPID vrrpd"), "the new version runs");
        assertEquals(List.of(RouterState.MASTER, RouterState.BACKUP),
                peer.transitions("gw", begun).stream().map(t -> t.state()).toList(), "one hand-over each way");
        pings.awaitAnswers(10);
        return pings.end();
    }

    /** The next version with another /etc/default/vrrpd, as its maintainers could have changed it. */
    private static Path changed(Lab lab, Path deb) throws IOException {
        Path tree = lab.directory().resolve("changed");
        Shell.must("dpkg-deb", "-R", deb.toString(), tree.toString());
        Files.writeString(tree.resolve("etc/default/vrrpd"), "# One line more.\n", StandardOpenOption.APPEND);
        Path control = tree.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(Version: .*)", "$1+changed"));
        Path to = lab.directory().resolve("changed.deb");
        Shell.must("dpkg-deb", "-Znone", "-b", tree.toString(), to.toString());
        return to;
    }

    private static void assertConffileIsAskedAbout(Machine machine) {
        String ours = machine.read("/etc/default/vrrpd") + "# the operator's\n";
        machine.write("/etc/default/vrrpd", ours);
        String said = machine.must("yes n | DEBIAN_FRONTEND=readline dpkg -i /srv/changed.deb 2>&1");
        assertTrue(said.contains("Configuration file '/etc/default/vrrpd'")
                && said.contains("Package distributor has shipped an updated version"), said);
        assertFalse(said.contains("Configuration file '/etc/vrrpd/vrrpd.conf'"), said);
        assertEquals(ours, machine.read("/etc/default/vrrpd"));
        assertTrue(machine.read("/etc/vrrpd/vrrpd.conf").contains(VIP), "the configuration is the operator's");
    }

    private static void assertPurged(Machine machine, Router peer) {
        machine.await("vrrpctl status", PATIENCE, status -> status.contains("1 MASTER"));
        long begun = Await.now();
        machine.must("apt-get purge -y vrrpd 2>&1");
        peer.awaitState("gw", RouterState.MASTER, PATIENCE, begun);
        assertFalse(machine.namespace().hasAddressAnywhere(VIP), "the address went with the package");
        assertEquals("", machine.must("find / -xdev -name '*vrrpd*' -not -path '/proc/*' -not -path '/var/log/*'"
                + " -not -path '/srv/*'; getent passwd vrrpd; getent group vrrpd; true"), "what is left");
        assertEquals("", machine.must("systemctl list-unit-files --no-legend 'vrrpd*'; true"));
    }

    private static Conf configuration(int priority) {
        return Conf.raw("""
                vrrp_instance gw {
                    interface eth0
                    virtual_router_id 51
                    priority %d
                    advert_int 1
                    use_vmac
                    virtual_ipaddress { %s/24 }
                }
                """.formatted(priority, VIP)).global("vrrp_version 3");
    }
}
