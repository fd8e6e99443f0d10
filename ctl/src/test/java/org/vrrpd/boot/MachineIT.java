package org.vrrpd.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.system.Lab;
import org.vrrpd.system.Link;

/** The machines themselves: what the other tests of this package take for granted. */
@BootsDebian
class MachineIT {

    @Test
    @DisplayName("two machines boot side by side, reach each other, and neither sees the other's services")
    void twoMachines(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Machine first = new Machine(lab, 1, "first", List.of(DebianRoot.get().path())).boot();
        Machine second = new Machine(lab, 2, "second", List.of(DebianRoot.get().path())).boot();
        first.awaitBooted();
        second.awaitBooted();
        assertEquals("", first.must("systemctl --failed --no-legend"));
        first.must("ping -c 1 -W 2 " + Lab.address(2));
        first.must("systemd-run --unit=same sleep 1000");
        second.must("systemd-run --unit=same sleep 1000");
        first.must("systemctl stop same");
        assertEquals("active", second.must("systemctl is-active same"));
    }

    @Test
    @DisplayName("what is on its disk survives a reboot and does not reach the root that all share")
    void disk(Lab lab) {
        Link link = lab.cable(1, "eno1");
        Machine machine = new Machine(lab, 1, "router", List.of(DebianRoot.get().path()));
        machine.write("/etc/before", "1").boot().awaitBooted();
        assertEquals("1", machine.must("cat /etc/before; echo 2 > /etc/during; ip link set eno1 up").strip());
        machine.poweroff();
        assertFalse(machine.alive());
        assertEquals("2\n", machine.read("/etc/during"));
        link.delete();
        machine.boot().awaitBooted();
        assertEquals("2", machine.must("cat /etc/during"));
        assertFalse(Files.exists(DebianRoot.get().path().resolve("etc/during")));
        assertTrue(machine.must("journalctl --list-boots --no-pager").lines().count() >= 2, "logs of both boots");
    }

    @Test
    @DisplayName("a machine whose power is cut leaves no process, mount or control group behind")
    void powerCut(Lab lab) throws Exception {
        Machine machine = new Machine(lab, 1, "cut", List.of(DebianRoot.get().path())).boot().awaitBooted();
        String name = lab.name() + "-cut";
        assertTrue(controlGroupExists(name), "a control group of its own");
        machine.abandon();
        assertFalse(controlGroupExists(name), "the control group is gone");
        assertFalse(Files.readString(Path.of("/proc/self/mounts")).contains(name), "no mount is left");
    }

    private static boolean controlGroupExists(String name) {
        return List.of("", "systemd", "unified").stream()
                .anyMatch(place -> Files.exists(Path.of("/sys/fs/cgroup", place, name)));
    }
}
