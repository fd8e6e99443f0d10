package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;
import org.vrrpd.proto.simulation.ModelKernel;

/**
 * The promise, at random: whatever happens to a gateway and in whatever order, once nothing is missing any more it is
 * MASTER within a Master_Down_Interval; with two of them, one is, the better one. Seeds are printed on failure;
 * {@code -Dorder.seed} runs one, {@code -Dorder.runs} more of them.
 */
class AnyOrderTest {

    private static final IpAddress LINK_LOCAL = IpAddress.parse("fe80::5054:ff:fe00:2");
    /** The longest back-off of what the kernel refused comes on top where something was refused. */
    private static final long LONGEST_BACK_OFF = 10 * CoreFixture.SECOND;

    private static final List<String> VARIANTS = List.of(
            OutageTest.GATEWAY,
            OutageTest.GATEWAY.replace("dont_track_primary", ""),
            OutageTest.GATEWAY.replace("vmac_xmit_base", ""),
            OutageTest.GATEWAY.replace("use_vmac", "").replace("vmac_xmit_base", ""),
            unicast(OutageTest.GATEWAY),
            unicast(OutageTest.GATEWAY.replace("use_vmac", "").replace("vmac_xmit_base", "")),
            OutageTest.GATEWAY.replace("advert_int 1", "advert_int 0.1").replace("use_vmac", "use_vmac vgw"
                    ).replaceFirst("use_vmac vgw", "use_vmac vgw4"));

    /** The same with a peer of each family; one instance names its source, the other takes what there is. */
    private static String unicast(String text) {
        return text.replaceFirst("(XN_VI_ipv4 \\{)", "$1\nunicast_src_ip 192.168.1.2\nunicast_peer {\n192.168.1.9\n}\n")
                .replaceFirst("(XN_VI_ipv6 \\{)", "$1\nunicast_peer {\nfe80::9\n}\n");
    }

    @Test
    void oneGateway() {
        long first = Long.getLong("order.seed", 1);
        for (long seed = first; seed < first + Integer.getInteger("order.runs", 300); seed++) {
            try {
                new Run(seed).check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Expected MASTER in the end, for -Dorder.seed=" + seed, e);
            }
        }
    }

    /** Found a VMAC that stayed though its removal was asked for, and that the core did not see again. */
    @Test
    void oneThatFoundSomething() {
        new Run(870).check();
    }

    /** One world: it shakes, then everything comes right in a random order. */
    private static final class Run {
        private final Random random;
        private final String text;
        private final CoreFixture core = new CoreFixture();
        private ModelKernel.Link eno1;
        private boolean wasRefused;

        Run(long seed) {
            random = new Random(seed);
            text = VARIANTS.get(random.nextInt(VARIANTS.size()));
        }

        void check() {
            boolean loadedFirst = random.nextBoolean();
            if (random.nextBoolean()) {
                appear();
            }
            core.started();
            if (loadedFirst) {
                core.configured(text);
            }
            shake(random.nextInt(30));
            if (!loadedFirst) {
                core.configured(text);
            }
            shake(random.nextInt(30));
            heal();
            long wait = text.contains("0.1") ? 387_500_000L : OutageTest.MASTER_DOWN_INTERVAL;
            core.advance(wait + (wasRefused ? LONGEST_BACK_OFF : 0));
            for (String name : List.of("XN_VI_ipv4", "XN_VI_ipv6")) {
                assertEquals(RouterState.MASTER, core.state(name));
                assertEquals(List.of(), core.instance(name).faults());
            }
            assertTrue(core.kernel.holds("192.168.1.5") && core.kernel.holds("fe80::200:5eff:fe00:205"), "addresses");
            long vmacs = core.kernel.links.values().stream().filter(link -> link.parent != 0 && link.up).count();
            assertEquals(text.contains("use_vmac") ? 2 : 0, vmacs);
            if (text.contains("unicast_peer")) {
                String to = eno1.index + " 112 ";
                assertEquals(List.of(to + "IPV4 192.168.1.2", to + "IPV6 " + LINK_LOCAL),
                        core.sockets().stream().sorted().toList(), "what is listened on");
            }
        }

        private void appear() {
            eno1 = core.kernel.linkAppeared("eno1");
            eno1.carrier = random.nextBoolean();
            eno1.linkLocal = LINK_LOCAL;
        }

        private void shake(int events) {
            for (int i = 0; i < events; i++) {
                step();
                core.held = random.nextInt(4) == 0;
                core.pump();
                if (!core.held && random.nextBoolean()) {
                    core.advance(random.nextInt(3_000) * CoreFixture.MILLISECOND);
                }
            }
            core.held = false;
            core.pump();
        }

        private void step() {
            ModelKernel kernel = core.kernel;
            if (eno1 == null) {
                appear();
                return;
            }
            switch (random.nextInt(16)) {
                case 0, 1 -> kernel.setUp(eno1, random.nextBoolean());
                case 2, 3 -> kernel.setCarrier(eno1, random.nextBoolean());
                case 4, 5 -> toggleIpv4();
                case 6 -> kernel.dadCompleted(eno1);
                case 7 -> kernel.dadFailed(eno1);
                case 8 -> vanish();
                case 9 -> kernel.renamed(eno1, eno1.name.equals("eno1") ? "eth7" : "eno1");
                case 10 -> deleteVmac();
                case 11 -> refuse();
                case 12 -> overrun();
                case 13 -> kernel.macChanged(eno1, 0x5254_0000_0000L + random.nextInt(1000));
                case 14 -> kernel.dumpInterrupted = true;
                default -> core.socketErrno = random.nextInt(3) == 0 ? 1 : 0;
            }
            wasRefused |= core.socketErrno != 0;
        }

        private void toggleIpv4() {
            if (eno1.find(IpAddress.parse("192.168.1.2")) == null) {
                core.kernel.addressAdded(eno1, "192.168.1.2/24");
            } else {
                core.kernel.addressRemoved(eno1, "192.168.1.2");
            }
        }

        private void vanish() {
            core.kernel.linkRemoved(eno1);
            eno1 = null;
            if (random.nextBoolean()) {
                appear();
            }
        }

        private void deleteVmac() {
            core.kernel.links.values().stream().filter(link -> link.parent != 0).findFirst()
                    .ifPresent(core.kernel::linkRemoved);
        }

        private void refuse() {
            wasRefused = true;
            int[] types = {NetlinkConstants.RTM_NEWLINK, NetlinkConstants.RTM_SETLINK, NetlinkConstants.RTM_NEWADDR,
                NetlinkConstants.RTM_DELADDR, NetlinkConstants.RTM_DELLINK};
            if (random.nextBoolean()) {
                core.kernel.refuse(types[random.nextInt(types.length)], 1);
            } else {
                core.kernel.refuseNothing();
            }
        }

        private void overrun() {
            core.kernel.dropping = true;
            for (int i = random.nextInt(4); i > 0 && eno1 != null; i--) {
                toggleIpv4();
            }
            core.pump();
            core.overrun();
        }

        /** Everything that is missing comes, in a random order. */
        private void heal() {
            core.kernel.refuseNothing();
            core.kernel.dumpInterrupted = false;
            core.socketErrno = 0;
            if (eno1 == null) {
                appear();
                core.pump();
            }
            List<Runnable> facts = new ArrayList<>(List.of(
                    () -> core.kernel.setUp(eno1, true),
                    () -> core.kernel.setCarrier(eno1, true),
                    () -> core.kernel.renamed(eno1, "eno1"),
                    () -> {
                        if (eno1.find(IpAddress.parse("192.168.1.2")) == null) {
                            core.kernel.addressAdded(eno1, "192.168.1.2/24");
                        }
                    }));
            java.util.Collections.shuffle(facts, random);
            for (Runnable fact : facts) {
                fact.run();
                core.pump();
                core.advance(random.nextInt(500) * CoreFixture.MILLISECOND);
            }
            detectionSucceeds();
        }

        /** A failed detection is tried again by the core; this time nobody answers. */
        private void detectionSucceeds() {
            for (int i = 0; i < 35; i++) {
                core.kernel.dadCompleted(eno1);
                core.pump();
                ModelKernel.Address source = eno1.find(LINK_LOCAL);
                if (source != null && (source.flags & 0x48) == 0) {
                    return;
                }
                core.advance(CoreFixture.SECOND);
            }
            throw new AssertionError("Expected detection to be tried again within 35 s");
        }
    }

    /** Two gateways on one link, facts at random; in the end the better one is MASTER alone. */
    @Test
    void twoGateways() {
        long first = Long.getLong("order.seed", 1);
        for (long seed = first; seed < first + Integer.getInteger("order.runs", 300) / 3; seed++) {
            try {
                two(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Expected one MASTER in the end, for -Dorder.seed=" + seed, e);
            }
        }
    }

    private static void two(Random random) {
        Lan lan = new Lan(2);
        for (int i = 0; i < 2; i++) {
            CoreFixture core = lan.cores.get(i);
            core.kernel.linkReady("eth0", "192.0.2." + (2 + i) + "/24", "fe80::" + (2 + i) + "/64");
            core.started().configured(Configurations.dualStack("priority " + (100 + i)));
        }
        for (int i = random.nextInt(40); i > 0; i--) {
            CoreFixture core = lan.cores.get(random.nextInt(2));
            ModelKernel.Link eth0 = core.kernel.byName("eth0");
            switch (random.nextInt(3)) {
                case 0 -> core.kernel.setCarrier(eth0, random.nextBoolean());
                case 1 -> lan.cut = random.nextInt(3) == 0;
                default -> { }
            }
            lan.advance(random.nextInt(3_000) * CoreFixture.MILLISECOND);
        }
        lan.cut = false;
        lan.cores.forEach(core -> core.kernel.setCarrier(core.kernel.byName("eth0"), true));
        lan.advance(10 * CoreFixture.SECOND);
        for (String name : List.of("V4", "V6")) {
            assertEquals(RouterState.BACKUP, lan.cores.get(0).state(name));
            assertEquals(RouterState.MASTER, lan.cores.get(1).state(name));
        }
        assertTrue(!lan.cores.get(0).kernel.holds("192.0.2.10") && lan.cores.get(1).kernel.holds("192.0.2.10"));
    }
}
