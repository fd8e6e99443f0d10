package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** Valid configurations, drawn from a seed. */
final class RandomConfigurations {

    private static final long SECOND = 1_000_000_000L;
    private static final String NAME_CHARACTERS = "abcXYZ019 _-.{}#!$@~'\\=%ü";

    private final Random random;
    private final RandomExtras extras;

    private RandomConfigurations(long seed) {
        random = new Random(seed);
        extras = new RandomExtras(random);
    }

    static Configuration of(long seed) {
        return new RandomConfigurations(seed).configuration();
    }

    private Configuration configuration() {
        List<InstanceConfiguration> instances = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            instances.add(instance(i));
        }
        List<SyncGroupConfiguration> groups = new ArrayList<>();
        int taken = 0;
        while (taken < count && random.nextBoolean()) {
            int members = 1 + random.nextInt(count - taken);
            List<String> names = new ArrayList<>();
            boolean weights = false;
            for (InstanceConfiguration member : instances.subList(taken, taken + members)) {
                names.add(member.name());
                weights |= extras.hasWeights(member.tracking());
            }
            groups.add(new SyncGroupConfiguration(
                    name(groups.size()), names, weights || random.nextBoolean(), extras.notifications(true)));
            taken += members;
        }
        return new Configuration(
                random.nextInt(4) == 0 ? "" : name(0), extras.global(), extras.scripts(), extras.files(),
                extras.processes(), extras.linkDelays(), instances, groups);
    }

    private InstanceConfiguration instance(int i) {
        Family family = random.nextBoolean() ? Family.IPV4 : Family.IPV6;
        int version = family == Family.IPV6 || random.nextBoolean() ? 3 : 2;
        int priority = random.nextInt(4) == 0 ? 255 : 1 + random.nextInt(254);
        boolean preempt = priority == 255 || random.nextBoolean();
        boolean owner = priority == 255;
        boolean strict = random.nextInt(4) == 0;
        IpAddress source = random.nextBoolean() ? address(family) : null;
        Set<IpAddress> used = new LinkedHashSet<>();
        List<VirtualAddress> addresses = addresses(family, strict ? 1 : 0, used);
        boolean trackPrimary = random.nextBoolean();
        UnicastConfiguration unicast = strict ? null : extras.unicast(() -> address(family), source);
        return new InstanceConfiguration(
                name(i), interfaceName(i), 1 + random.nextInt(255), family, version, priority,
                version == 2 ? (1 + random.nextInt(255)) * SECOND : (1 + random.nextInt(4095)) * SECOND / 100,
                new ElectionConfiguration(
                        preempt, preempt && !owner && !strict ? random.nextLong(1000 * SECOND + 1) : 0,
                        strict ? 3 : 1 + random.nextInt(100), strict || random.nextBoolean(),
                        !strict && random.nextBoolean(), owner && (strict || random.nextBoolean()),
                        preempt ? 0 : random.nextInt(255), strict),
                new TransportConfiguration(
                        source, source != null && random.nextBoolean(), group(family), unicast,
                        strict ? null : extras.authentication(version), random.nextBoolean(),
                        random.nextBoolean()),
                extras.tracking(trackPrimary, priority == 255, interfaceName(i)),
                vmac(i, unicast != null, strict), addresses, addresses(null, 0, used),
                (owner || version == 3 || !strict) && random.nextBoolean(), garp(strict),
                random.nextBoolean(), extras.notifications(false));
    }

    private List<VirtualAddress> addresses(Family family, int least, Set<IpAddress> used) {
        List<VirtualAddress> addresses = new ArrayList<>();
        int count = least + random.nextInt(4);
        while (addresses.size() < count) {
            Family own = family != null ? family : random.nextBoolean() ? Family.IPV4 : Family.IPV6;
            VirtualAddress address = virtualAddress(own);
            if (used.add(address.address())) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private VirtualAddress virtualAddress(Family family) {
        boolean ipv4 = family == Family.IPV4;
        IpAddress peer = random.nextInt(4) == 0 ? address(family) : null;
        IpAddress broadcast = ipv4 && peer == null && random.nextBoolean() ? address(family) : null;
        return new VirtualAddress(
                address(family), random.nextInt(family.addressBits() + 1),
                random.nextBoolean() ? interfaceName(random.nextInt(9)) : null, broadcast,
                ipv4 ? random.nextInt(256) : 0, ipv4 && random.nextBoolean() ? "eth0:" + random.nextInt(99) : null,
                peer, !ipv4 && random.nextBoolean(), !ipv4 && random.nextBoolean(), !ipv4 && random.nextBoolean(),
                random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), random.nextBoolean(),
                random.nextBoolean() ? VirtualAddress.FOREVER : random.nextLong(4_294_967_295L));
    }

    private IpAddress address(Family family) {
        if (family == Family.IPV4) {
            return IpAddress.ipv4(0x0A00_0000 | 1 + random.nextInt(0xFF_FFFF));
        }
        return switch (random.nextInt(3)) {
            case 0 -> IpAddress.ipv6(0xFE80L << 48, random.nextLong());
            case 1 -> IpAddress.ipv6(0, 0xFFFF_0000_0000L | random.nextInt() & 0xFFFF_FFFFL); // IPv4-mapped
            default -> IpAddress.ipv6(0x2001_0DB8L << 32, 1L << random.nextInt(64));
        };
    }

    private IpAddress group(Family family) {
        return family == Family.IPV4
                ? IpAddress.ipv4(0xE000_0000 | random.nextInt(0x1000_0000))
                : IpAddress.ipv6(0xFF02L << 48, random.nextLong());
    }

    private VmacConfiguration vmac(int i, boolean unicast, boolean strict) {
        if (random.nextBoolean()) {
            return null;
        }
        String name = switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> "vrrp." + i;
            default -> List.of("name", "group", "netlink_notify_").get(random.nextInt(3)).substring(0, 4) + i;
        };
        long mac = strict || random.nextBoolean()
                ? VmacConfiguration.STANDARD_MAC
                : 0x0200_0000_0000L | random.nextLong(0xFF_FFFF_FFFFL);
        return new VmacConfiguration(name, mac, unicast || !strict && random.nextBoolean());
    }

    private GarpConfiguration garp(boolean strict) {
        long extra = random.nextInt(3) * SECOND;
        return new GarpConfiguration(
                random.nextInt(100) * SECOND, 1 + random.nextInt(9), random.nextInt(100) * SECOND,
                1 + random.nextInt(9), strict ? 0 : random.nextInt(100) * SECOND, strict ? 0 : random.nextInt(9),
                random.nextInt(3) * 1_234_567L, random.nextInt(3) * 500_000_000L,
                extra, extra > 0 && random.nextBoolean());
    }

    static String interfaceName(int i) {
        return List.of("eth", "bond0.", "en{p}", "peer", "a#!$@").get(i % 5) + i;
    }

    /** Distinct for distinct numbers. */
    private String name(int i) {
        StringBuilder name = new StringBuilder();
        int length = random.nextInt(12);
        for (int k = 0; k < length; k++) {
            name.append(NAME_CHARACTERS.charAt(random.nextInt(NAME_CHARACTERS.length())));
        }
        return name.append(i).toString();
    }
}
