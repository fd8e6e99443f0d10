package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.ModelKernel;

/** The outage that vrrpd is to end: whatever order the facts arrive in, the dual-stack gateway becomes MASTER. */
class OutageTest {

    static final String GATEWAY = """
            global_defs { router_id gw1
                vrrp_version 3 }
            vrrp_sync_group XN { group { XN_VI_ipv4
                XN_VI_ipv6 } }
            vrrp_instance XN_VI_ipv4 {
                state BACKUP
                interface eno1
                virtual_router_id 51
                priority 32
                advert_int 1
                dont_track_primary
                use_vmac
                vmac_xmit_base
                virtual_ipaddress { 192.168.1.5 }
            }
            vrrp_instance XN_VI_ipv6 {
                state BACKUP
                interface eno1
                virtual_router_id 51
                priority 32
                advert_int 1
                dont_track_primary
                use_vmac
                vmac_xmit_base
                virtual_ipaddress { fe80::200:5eff:fe00:205 preferred_lft forever }
            }
            """;
    static final long MASTER_DOWN_INTERVAL = 3_875_000_000L;

    /** What has to come before the gateway can work. */
    enum Fact { LINK, CARRIER, IPV4, DAD }

    @TestFactory
    List<DynamicTest> everyOrderOfTheFacts() {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<Fact> order : orders(List.of(Fact.values()))) {
            tests.add(DynamicTest.dynamicTest(order.toString(), () -> becomesMaster(order)));
        }
        return tests;
    }

    private static List<List<Fact>> orders(List<Fact> facts) {
        if (facts.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Fact>> all = new ArrayList<>();
        for (Fact first : facts) {
            List<Fact> rest = new ArrayList<>(facts);
            rest.remove(first);
            for (List<Fact> order : orders(rest)) {
                List<Fact> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                all.add(whole);
            }
        }
        return all;
    }

    private static void becomesMaster(List<Fact> order) {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eno1 = core.kernel.linkAppeared("eno1");
        eno1.carrier = false;
        core.started().configured(GATEWAY);
        for (Fact fact : order) {
            assertEquals(RouterState.FAULT, core.state("XN_VI_ipv6"), "before " + fact);
            happens(core, eno1, fact);
            core.pump();
            core.advance(fact == order.get(3) ? 0 : 700 * CoreFixture.MILLISECOND);
        }
        core.advance(MASTER_DOWN_INTERVAL);
        for (String name : List.of("XN_VI_ipv4", "XN_VI_ipv6")) {
            assertEquals(RouterState.MASTER, core.state(name));
            assertEquals(List.of(), core.instance(name).faults());
        }
        assertTrue(core.kernel.holds("192.168.1.5"));
        assertTrue(core.kernel.holds("fe80::200:5eff:fe00:205"));
        assertFalse(core.kernel.byName("eno1").find(org.vrrpd.proto.inet.IpAddress.parse("192.168.1.5")) != null);
    }

    /** Duplicate address detection needs the link; it completes when both have come. */
    private static void happens(CoreFixture core, ModelKernel.Link eno1, Fact fact) {
        switch (fact) {
            case LINK -> core.kernel.setUp(eno1, true);
            case CARRIER -> core.kernel.setCarrier(eno1, true);
            case IPV4 -> core.kernel.addressAdded(eno1, "192.168.1.2/24");
            case DAD -> eno1.linkLocal = org.vrrpd.proto.inet.IpAddress.parse("fe80::5054:ff:fe00:2");
        }
        if (eno1.linkLocal != null && eno1.isRunning()) {
            if (eno1.find(eno1.linkLocal) == null) {
                core.kernel.addressAdded(eno1, eno1.linkLocal + "/64", 0xC0);
            }
            core.pump();
            core.kernel.dadCompleted(eno1);
        }
    }
}
