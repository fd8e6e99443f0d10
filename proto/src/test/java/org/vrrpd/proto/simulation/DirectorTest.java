package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.IpAddress;

class DirectorTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String GATEWAY = """
            vrrp_script chk {
                script "/bin/check"
                interval 1
                timeout 2
            }
            vrrp_instance four {
                interface eno1
                virtual_router_id 51
                version 3
                priority %1$d
                track_script { chk }
                notify "/bin/tell"
                virtual_ipaddress { 192.168.1.5/24 }
            }
            vrrp_instance six {
                interface eno1
                virtual_router_id 51
                priority %1$d
                virtual_ipaddress { fe80::5/64 }
            }
            vrrp_sync_group both { group { four six } }
            """;

    /** gw1 is better than gw2, and gw2 than gw3. */
    static Lan after(String scenario) {
        return after(scenario, lan -> { });
    }

    /** @param audience is shown the LAN before the first daemon starts */
    static Lan after(String scenario, Consumer<Lan> audience) {
        Map<String, Configuration> configurations = new TreeMap<>();
        for (int i = 1; i <= 3; i++) {
            configurations.put("gw" + i, ConfigurationParser.parse(
                    GATEWAY.formatted(200 - 50 * i), "gw.conf", "host").configuration());
        }
        Scenario read = Scenario.parse("test", scenario);
        Lan lan = new Lan(1);
        Premises.build(lan, configurations);
        Director.arrange(lan, read);
        audience.accept(lan);
        lan.routers().forEach(lan::start);
        lan.runTo(read.untilNanos());
        return lan;
    }

    private static RouterState state(Lan lan, String router, String instance) {
        return lan.router(router).instances().get(instance).state();
    }

    private static String states(Lan lan) {
        StringBuilder states = new StringBuilder();
        lan.routers().forEach(each -> states.append(each.instances().get("four").state()).append(' '));
        return states.toString().strip();
    }

    private static boolean holds(Lan lan, String router, String address) {
        return lan.router(router).host().kernel.holds(address);
    }

    @Test
    @DisplayName("a LAN that is split has a master in each part, and one when it is joined")
    void splits() {
        assertEquals("MASTER MASTER BACKUP", states(after("at 10s split gw2 gw3\nuntil 20s")));
        assertEquals("MASTER BACKUP BACKUP", states(after("at 10s split gw2 gw3\nat 20s join gw2 gw3\nuntil 23s")));
    }

    @Test
    @DisplayName("packets that are late by more than a Master_Down_Interval are late once, not again and again")
    void delays() {
        Lan lan = after("at 10s delay all 5s\nuntil 30s");
        assertEquals("MASTER BACKUP BACKUP", states(lan));
        assertFalse(lan.path(lan.router("gw1"), lan.router("gw2")).isPerfect());
    }

    @Test
    @DisplayName("what comes back over a switch loop is heard with IPv6, and no reason to yield")
    void reflects() {
        Lan lan = after("at 10s reflect gw1 100%\nuntil 20s");
        assertEquals(RouterState.MASTER, state(lan, "gw1", "six"));
        assertEquals("MASTER BACKUP BACKUP", states(lan));
    }

    @Test
    @DisplayName("an address that somebody else has fails its detection, and is there when he goes")
    void strangers() {
        String story = "at 10s stranger fe80::5254:1:2 comes\nat 11s link gw1:eno1 down\n"
                + "at 12s link gw1:eno1 up\n";
        Lan lan = after(story + "until 20s");
        ModelKernel kernel = lan.router("gw1").host().kernel;
        IpAddress own = kernel.byName("eno1").linkLocal;
        assertEquals("fe80::5254:1:2", own.toString());
        assertEquals(RouterState.FAULT, state(lan, "gw1", "six"));
        lan = after(story + "at 20s stranger fe80::5254:1:2 goes\nuntil 60s");
        assertEquals(RouterState.MASTER, state(lan, "gw1", "six"));
    }

    @Test
    @DisplayName("with the first address of a subnet its secondary ones go, unless they are promoted")
    void secondaryAddresses() {
        String taken = "node gw1 kill\nat 10s address gw1:eno1 remove 192.168.1.201/24\nuntil 10.05s";
        assertTrue(holds(after("at 10s " + taken), "gw1", "192.168.1.5"));
        assertFalse(holds(after("at 9s sysctl gw1 net/ipv4/conf/all/promote_secondaries 0\nat 10s " + taken),
                "gw1", "192.168.1.5"));
    }

    @Test
    @DisplayName("an interface that is plugged in again has its MAC, its link-local address and its place on the wire")
    void pluggedInAgain() {
        Lan lan = after("at 10s remove-link gw1:eno1\nat 20s make-link gw1:eno1\n"
                + "at 20s address gw1:eno1 add 192.168.1.201/24\nuntil 40s");
        assertEquals("MASTER BACKUP BACKUP", states(lan));
        lan = after("at 10s remove-link gw1:eno1\nat 20s make-link gw1:eno1 down\nuntil 30s");
        assertEquals("FAULT MASTER BACKUP", states(lan));
    }

    @Test
    @DisplayName("a tunnel in the place of a card is not Ethernet, and no cable goes into it")
    void tunnels() {
        String story = "at 10s remove-link gw1:eno1\nat 11s make-link gw1:eno1 tunnel\n"
                + "at 12s address gw1:eno1 add 192.168.1.201/24\n";
        Lan lan = after(story + "at 13s make-link gw1:eno1\nuntil 20s");
        assertEquals("FAULT MASTER BACKUP", states(lan));
        assertEquals("interface eno1 is not Ethernet (hardware type 512)", reason(lan, "gw1"));
        assertNull(lan.router("gw1").host().kernel.pluggedIn("eno1"));
        lan = after(story + "at 20s remove-link gw1:eno1\nat 21s make-link gw1:eno1\n"
                + "at 21s address gw1:eno1 add 192.168.1.201/24\nuntil 40s");
        assertEquals("MASTER BACKUP BACKUP", states(lan));
    }

    @Test
    @DisplayName("what leaves an interface that is set down is refused, what leaves one without carrier is lost")
    void nothingLeaves() {
        String story = "at 5s edit gw1 group both gone\nat 5s edit gw1 instance four set dont_track_primary\n"
                + "at 5s node gw1 reload\nat 10s ";
        Lan lan = after(story + "link gw1:eno1 down\nuntil 20s");
        assertEquals("MASTER MASTER BACKUP", states(lan));
        assertEquals("cannot send on eno1: network is down (ENETDOWN)", reason(lan, "gw1"));
        lan = after(story + "carrier gw1:eno1 off\nuntil 20s");
        assertEquals("MASTER MASTER BACKUP", states(lan));
        assertTrue(lan.router("gw1").instances().get("four").faults().isEmpty());
    }

    private static String reason(Lan lan, String router) {
        return lan.router(router).instances().get("four").faults().get(0).reasonText();
    }

    @Test
    @DisplayName("a renamed interface stays plugged in, another one of its name is not")
    void renamed() {
        String story = "at 10s rename-link gw1:eno1 old\nat 11s make-link gw1:eno1\n";
        Lan lan = after(story + "until 20s");
        assertEquals("old", lan.router("gw1").host().kernel.pluggedIn("eno1").name);
        lan = after(story + "at 20s remove-link gw1:eno1\nat 21s rename-link gw1:old eno1\nuntil 40s");
        assertEquals("MASTER BACKUP BACKUP", states(lan));
    }

    @Test
    @DisplayName("a file that is edited counts when it is read, one with errors as little as before")
    void edits() {
        assertEquals("MASTER BACKUP BACKUP", states(after("at 10s edit gw1 instance four set priority 60\nuntil 20s")));
        String both = "at 10s edit gw1 instance four set priority 60\nat 10s edit gw1 instance six set priority 60\n";
        assertEquals("BACKUP MASTER BACKUP", states(after(both + "at 11s node gw1 reload\nuntil 25s")));
        assertEquals("MASTER BACKUP BACKUP",
                states(after(both + "at 11s edit gw1 broken\nat 11s node gw1 reload\nuntil 25s")));
        assertEquals("MASTER BACKUP BACKUP", states(after(both
                + "at 11s node gw1 reload\nat 25s edit gw1 back\nat 25s node gw1 reload\nuntil 40s")));
        assertFalse(after("at 10s edit gw1 broken\nat 11s node gw1 kill\nat 12s node gw1 start\nuntil 20s")
                .router("gw1").isAlive(), "no daemon starts with errors in its file");
    }

    @Test
    @DisplayName("instances, groups, addresses and VMACs go and come with a reload")
    void editsStructure() {
        Lan lan = after("at 10s edit gw1 instance six gone\nat 10s edit gw1 group both gone\n"
                + "at 10s edit gw1 instance four add-address 192.168.1.6/24\nat 10s edit gw1 instance four vmac on\n"
                + "at 10s node gw1 reload\nuntil 25s");
        assertEquals("[four]", lan.router("gw1").instances().keySet().toString());
        assertTrue(holds(lan, "gw1", "192.168.1.6"));
        assertEquals("vrrp.51", lan.router("gw1").instances().get("four").detail().vmac());
        lan = after("at 10s edit gw1 instance six gone\nat 10s edit gw1 instance four remove-address 192.168.1.5/24\n"
                + "at 11s edit gw1 instance six back\nat 11s edit gw1 instance four back\n"
                + "at 12s node gw1 reload\nuntil 25s");
        assertTrue(holds(lan, "gw1", "192.168.1.5"));
        assertEquals(RouterState.MASTER, state(lan, "gw1", "six"));
    }

    @Test
    @DisplayName("a check that fails or does not end in its time is a fault, and none when it ends well again")
    void scripts() {
        assertEquals("FAULT MASTER BACKUP", states(after("at 10s script gw1 chk exits 3\nuntil 20s")));
        for (String never : new String[] {"waits", "hangs"}) {
            assertEquals("FAULT MASTER BACKUP", states(after("at 10s script gw1 chk " + never + "\nuntil 20s")), never);
            assertEquals("MASTER BACKUP BACKUP", states(after("at 10s script gw1 chk " + never
                    + "\nat 20s script gw1 chk exits 0\nuntil 30s")), never);
        }
    }

    @Test
    @DisplayName("a check takes as long as it is said to, but not longer than its time")
    void slowScripts() {
        String slow = "at 0s script gw1 chk takes 700ms\n";
        assertEquals("FAULT BACKUP BACKUP", states(after(slow + "until 0.6s")));
        assertEquals("MASTER BACKUP BACKUP", states(after(slow + "until 20s")));
        assertEquals("FAULT MASTER BACKUP", states(after(slow + "at 10s script gw1 chk takes 2s\nuntil 20s")));
    }

    @Test
    @DisplayName("what is tracked, and how, changes with a reload")
    void editsTracking() {
        String reload = "at 10s node gw1 reload\nuntil 25s";
        String fails = "at 10s script gw1 chk exits 1\nat 10s edit gw1 instance four ";
        assertEquals("MASTER BACKUP BACKUP", states(after(fails + "untrack script chk\n" + reload)));
        assertEquals("MASTER BACKUP BACKUP", states(after(fails + "track script chk reverse\n" + reload)));
        assertEquals("FAULT MASTER BACKUP", states(after(fails + "track file none\n" + reload)), "refused");
        assertEquals("FAULT MASTER BACKUP", states(after("at 10s edit gw1 instance four track interface eno7\n"
                + reload)));
        Lan weighted = after(fails + "track script chk weight -30\nat 10s edit gw1 group both gone\n" + reload);
        assertEquals(120, weighted.router("gw1").instances().get("four").effectivePriority());
        assertEquals("MASTER BACKUP BACKUP", states(after("at 5s edit gw1 script chk set fall 99\n"
                + "at 6s node gw1 reload\nat 10s script gw1 chk exits 1\nuntil 25s")));
        assertEquals("FAULT MASTER BACKUP", states(after("at 5s edit gw1 script chk set fall 99\n"
                + "at 6s edit gw1 script chk back\nat 7s node gw1 reload\nat 10s script gw1 chk exits 1\nuntil 25s")));
    }

    @Test
    @DisplayName("notify scripts that never end and pipes that nobody reads keep nobody from taking over")
    void notifies() {
        assertEquals("FAULT MASTER BACKUP", states(after("at 1s notify gw2 hangs\nat 1s fifo gw2 full\n"
                + "at 10s link gw1:eno1 down\nuntil 20s")));
    }

    @Test
    @DisplayName("what the kernel tells and does late is told and done, in its order")
    void late() {
        String late = "at 10s late gw2 netlink 2s\nat 10s late gw2 requests 1s\nat 10s late gw2 answers 3s\n"
                + "at 10s netlink gw2 joined\nat 11s link gw1:eno1 down\n";
        Lan lan = after(late + "until 14.9s");
        assertEquals(RouterState.MASTER, state(lan, "gw2", "four"));
        assertFalse(holds(lan, "gw2", "192.168.1.5"), "not yet");
        assertTrue(holds(after(late + "until 20s"), "gw2", "192.168.1.5"));
    }

    @Test
    @DisplayName("what cannot be said is refused with what can be")
    void refused() {
        assertEquals("test:1: Expected split ROUTER( ROUTER)*, but found ", assertThrows(IllegalArgumentException.class,
                () -> Scenario.parse("test", "at 1s split gw1:eno1")).getMessage().replaceFirst("gw1.*", ""));
        assertThrows(IllegalArgumentException.class, () -> Scenario.parse("test", "at 1s edit gw1 instance x prio"));
    }
}
