package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.effect.RouterState;

class LanTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String GATEWAY = """
            global_defs { vrrp_version 3 }
            vrrp_instance four {
                interface eno1
                virtual_router_id 51
                priority %1$d
                use_vmac
                virtual_ipaddress { 192.168.1.5/24 }
            }
            vrrp_instance six {
                interface eno1
                virtual_router_id 51
                priority %1$d
                virtual_ipaddress { fe80::5/64 }
            }
            """;

    private static Lan lan(long seed, int... priorities) {
        Map<String, Configuration> configurations = new TreeMap<>();
        for (int i = 0; i < priorities.length; i++) {
            configurations.put("gw" + (i + 1),
                    ConfigurationParser.parse(GATEWAY.formatted(priorities[i]), "gw.conf", "host").configuration());
        }
        Lan lan = new Lan(seed);
        Premises.build(lan, configurations);
        lan.routers().forEach(lan::start);
        return lan;
    }

    private static String states(Lan lan) {
        StringBuilder states = new StringBuilder();
        for (SimulatedRouter router : lan.routers()) {
            router.instances().values().forEach(each -> states.append(each.state()).append(' '));
        }
        return states.toString().strip();
    }

    @Test
    @DisplayName("the router of the highest priority becomes MASTER and serves, when it dies the next one does")
    void failsOver() {
        Lan lan = lan(1, 150, 100, 50);
        lan.runTo(10 * SECOND);
        assertEquals("MASTER MASTER BACKUP BACKUP BACKUP BACKUP", states(lan));
        assertTrue(lan.router("gw1").host().kernel.holds("192.168.1.5"));
        assertFalse(lan.router("gw2").host().kernel.holds("192.168.1.5"));

        lan.router("gw1").kill();
        lan.runTo(14 * SECOND);
        assertEquals("MASTER MASTER BACKUP BACKUP", states(lan));
        assertTrue(lan.router("gw2").host().kernel.holds("192.168.1.5"));
        assertTrue(lan.router("gw1").host().kernel.holds("192.168.1.5"), "a killed daemon leaves its addresses");

        lan.start(lan.router("gw1"));
        lan.runTo(15 * SECOND);
        assertFalse(lan.router("gw1").host().kernel.holds("192.168.1.5"), "the next start removes them");
        lan.runTo(25 * SECOND);
        assertEquals(RouterState.MASTER, lan.router("gw1").instances().get("four").state());
        assertEquals(RouterState.BACKUP, lan.router("gw2").instances().get("four").state());
    }

    @Test
    @DisplayName("a partition makes two masters, and its end one")
    void partition() {
        Lan lan = lan(2, 150, 100);
        lan.runTo(10 * SECOND);
        lan.path(lan.router("gw1"), lan.router("gw2")).cut = true;
        lan.path(lan.router("gw2"), lan.router("gw1")).cut = true;
        lan.runTo(20 * SECOND);
        assertEquals("MASTER MASTER MASTER MASTER", states(lan));
        lan.path(lan.router("gw1"), lan.router("gw2")).heal();
        lan.path(lan.router("gw2"), lan.router("gw1")).heal();
        lan.runTo(22 * SECOND);
        assertEquals("MASTER MASTER BACKUP BACKUP", states(lan));
    }

    @Test
    @DisplayName("one seed, one run: the digests of all effects agree, with loss, drift and a pause")
    void deterministic() {
        assertEquals(digests(7), digests(7));
        assertFalse(digests(7).equals(digests(8)), "another seed draws another run");
    }

    private static String digests(long seed) {
        Lan lan = lan(seed, 150, 100, 50);
        lan.path(lan.router("gw1"), lan.router("gw2")).lossPerMille = 400;
        lan.drift(lan.router("gw2"), 300);
        lan.at(20 * SECOND, () -> lan.router("gw1").pause());
        lan.at(26 * SECOND, () -> lan.router("gw1").resume());
        lan.runTo(120 * SECOND);
        StringBuilder digests = new StringBuilder();
        lan.routers().forEach(each -> digests.append(Long.toHexString(each.host().digest())).append(' '));
        return digests.toString();
    }

    @Test
    @DisplayName("an hour of three routers passes in a fraction of a second")
    void isFast() {
        Lan lan = lan(3, 150, 100, 50);
        long before = System.nanoTime();
        lan.runTo(3600 * SECOND);
        double seconds = (System.nanoTime() - before) / 1e9;
        System.out.printf("%.0f router-hours a second%n", 3 / seconds);
        assertEquals("MASTER MASTER BACKUP BACKUP BACKUP BACKUP", states(lan));
    }
}
