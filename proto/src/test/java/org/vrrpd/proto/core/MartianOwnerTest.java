package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.running;

import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;

/** An owner whose only address is the virtual one: its stand-in has that address too, and must hear it come back. */
class MartianOwnerTest {

    private static final String ACCEPT_LOCAL = "net/ipv4/conf/eth0/accept_local";
    private static final String VIP = "192.0.2.10";

    private static CoreFixture heard(String configuration, String from, int priority) {
        CoreFixture core = running(configuration);
        return core.received(PeerRouter.of(3, 51, from, CoreFixture.SECOND, VIP).advertisement(priority),
                core.kernel.byName("eth0"));
    }

    private static String acceptLocal(CoreFixture core) {
        return core.kernel.sysctls.getOrDefault(ACCEPT_LOCAL, "0");
    }

    /** RFC 9568 section 6.4.3, (730): the greater priority of the two is that of the owner. */
    @Test
    void isHeardByWhoStandsInForIt() {
        CoreFixture core = heard(ipv4(), VIP, 255);
        assertEquals("1", acceptLocal(core));
        core.advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals("1", acceptLocal(core));

        core.received(PeerRouter.of(3, 51, VIP, CoreFixture.SECOND, VIP).advertisement(255),
                core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core.stopped();
        assertEquals("0", acceptLocal(core), "as it was");
    }

    @Test
    void nobodyElseIsLetIn() {
        assertEquals("0", acceptLocal(running(ipv4())));
        assertEquals("0", acceptLocal(heard(ipv4(), "192.0.2.3", 255)), "an owner with an address of its own");
        assertEquals("0", acceptLocal(heard(ipv4(), VIP, 254)), "no owner");
        assertEquals("0", acceptLocal(heard(ipv4("priority 255"), VIP, 255)), "by an owner");
    }

    @Test
    void itIsLetInNoLongerThanTheInstanceIsThere() {
        CoreFixture core = heard(ipv4(), VIP, 255);
        core.configured(Configurations.instance("Other", "eth0", 52, "192.0.2.20/24"));
        assertEquals("0", acceptLocal(core));
    }
}
