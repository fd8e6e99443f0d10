package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.vrrpd.proto.config.UnicastConfiguration.OldChecksum;
import org.vrrpd.proto.config.UnicastConfiguration.UnicastPeer;
import org.vrrpd.proto.effect.ParameterMatch;
import org.vrrpd.proto.inet.IpAddress;

/** What is around the instances of random configurations: scripts, files, processes, commands, pipes, peers. */
final class RandomExtras {

    private static final long SECOND = 1_000_000_000L;
    private static final String CHARACTERS = "abcXYZ019 _-./{}#!$@~'\"\\=%ü\n\t,+";

    private final Random random;
    private final Map<String, ScriptConfiguration> scripts = new LinkedHashMap<>();
    private final Map<String, TrackedFileConfiguration> files = new LinkedHashMap<>();
    private final Map<String, TrackedProcessConfiguration> processes = new LinkedHashMap<>();

    RandomExtras(Random random) {
        this.random = random;
    }

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    /** Without what quotes cannot hold. */
    private String word(int most) {
        return text(most).replaceAll("[\"\n]", "");
    }

    private ScriptCommand command() {
        return command(text(4));
    }

    private ScriptCommand command(String name) {
        List<String> arguments = new ArrayList<>(List.of("/" + text(9)));
        while (random.nextBoolean()) {
            arguments.add(text(9));
        }
        String user = random.nextBoolean() ? "" : "u" + name;
        return new ScriptCommand(arguments, user, user.isEmpty() || random.nextBoolean() ? "" : "g" + name);
    }

    private ScriptCommand optional() {
        return random.nextInt(3) == 0 ? command() : null;
    }

    NotifyConfiguration notifications(boolean group) {
        ScriptCommand deleted = group ? null : optional();
        return new NotifyConfiguration(
                optional(), optional(), optional(), optional(), deleted,
                deleted != null || !group && random.nextBoolean(), optional(), group ? null : optional(),
                random.nextBoolean());
    }

    TrackingConfiguration tracking(boolean trackPrimary, boolean owner, String own) {
        List<Tracked> links = tracked(owner, 253, i -> RandomConfigurations.interfaceName(i));
        if (trackPrimary) {
            links.removeIf(link -> link.name().equals(own));
        }
        return new TrackingConfiguration(
                trackPrimary, links, tracked(owner, 253, this::script), tracked(owner, 254, this::file),
                tracked(owner, 254, this::process));
    }

    boolean hasWeights(TrackingConfiguration tracking) {
        return List.of(tracking.interfaces(), tracking.scripts(), tracking.files(), tracking.processes()).stream()
                .anyMatch(list -> list.stream().anyMatch(one -> one.weight() != 0));
    }

    private interface Names {
        String of(int i);
    }

    private List<Tracked> tracked(boolean owner, int most, Names names) {
        List<Tracked> tracked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextInt(4) == 0) {
                int weight = owner || random.nextBoolean() ? 0 : random.nextInt(2 * most + 1) - most;
                tracked.add(new Tracked(names.of(i), weight, random.nextBoolean()));
            }
        }
        return tracked;
    }

    private String script(int i) {
        String name = List.of("chk", "a b{}#", "notify_me", "include").get(i);
        scripts.computeIfAbsent(name, key -> new ScriptConfiguration(
                key, command(word(4)), 1_000_000 + random.nextLong(1000 * SECOND),
                1_000_000 + random.nextLong(9 * SECOND), 1 + random.nextInt(9), 1 + random.nextInt(9),
                random.nextBoolean()));
        return name;
    }

    private String file(int i) {
        String name = List.of("f", "'quoted\\", "weight", "vrrp_instance").get(i);
        TrackedFileConfiguration.Creation creation = TrackedFileConfiguration.Creation.values()[random.nextInt(3)];
        files.computeIfAbsent(name, key -> new TrackedFileConfiguration(
                key, "/" + word(9), creation,
                creation == TrackedFileConfiguration.Creation.NONE ? 0 : random.nextInt()));
        return name;
    }

    private String process(int i) {
        String name = List.of("p", "$p", "@p", "~SEQ(p)").get(i);
        processes.computeIfAbsent(name, this::newProcess);
        return name;
    }

    private TrackedProcessConfiguration newProcess(String name) {
        List<String> parameters = new ArrayList<>();
        while (random.nextBoolean()) {
            parameters.add(word(6));
        }
        ParameterMatch match = ParameterMatch.values()[(parameters.isEmpty() ? 0 : 1)
                + random.nextInt(parameters.isEmpty() ? 4 : 3)];
        int most = random.nextInt(3) == 0
                ? TrackedProcessConfiguration.UNLIMITED
                : random.nextInt(4);
        int least = most == 0 ? 0 : 1 + random.nextInt(Math.min(most, 65_535));
        return new TrackedProcessConfiguration(
                name, "/" + word(9), parameters, match, !parameters.isEmpty() || random.nextBoolean(), least, most,
                random.nextLong(3600 * SECOND), random.nextLong(3600 * SECOND));
    }

    List<ScriptConfiguration> scripts() {
        return List.copyOf(scripts.values());
    }

    List<TrackedFileConfiguration> files() {
        return List.copyOf(files.values());
    }

    List<TrackedProcessConfiguration> processes() {
        return List.copyOf(processes.values());
    }

    List<LinkDelay> linkDelays() {
        List<LinkDelay> delays = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            delays.add(new LinkDelay(RandomConfigurations.interfaceName(i), random.nextLong(255 * SECOND),
                    random.nextLong(255 * SECOND)));
        }
        return delays;
    }

    /** Null: multicast. */
    UnicastConfiguration unicast(Supplier<IpAddress> addresses, IpAddress source) {
        if (random.nextBoolean()) {
            return null;
        }
        Set<IpAddress> distinct = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            distinct.add(addresses.get());
        }
        distinct.remove(source);
        boolean limited = random.nextBoolean();
        List<UnicastPeer> peers = distinct.stream().map(address -> new UnicastPeer(
                address, limited ? random.nextInt(100) : 0, limited ? 100 + random.nextInt(156) : 255)).toList();
        return new UnicastConfiguration(
                peers, random.nextInt(256), limited || random.nextBoolean(),
                OldChecksum.values()[random.nextInt(3)]);
    }

    AuthenticationConfiguration authentication(int version) {
        if (version == 3 || random.nextBoolean()) {
            return null;
        }
        String password = "p" + word(8).replace('ü', 'u');
        return new AuthenticationConfiguration(
                AuthenticationConfiguration.Type.values()[random.nextInt(2)], password);
    }

    GlobalConfiguration global() {
        List<FifoConfiguration> fifos = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String user = random.nextBoolean() ? "" : "u" + word(3);
            fifos.add(new FifoConfiguration(
                    "/" + i + word(9), user, user.isEmpty() ? "" : word(3), optional()));
        }
        return new GlobalConfiguration(
                random.nextLong(86_400 * SECOND), random.nextLong(86_400 * SECOND), fifos, random.nextBoolean(),
                random.nextBoolean(), optional(), (1 + random.nextInt(1000)) * SECOND, optional(),
                (1 + random.nextInt(1000)) * SECOND, 1 + random.nextInt(2), dump(), dump(), dump(),
                random.nextBoolean());
    }

    private String dump() {
        return random.nextBoolean() ? "" : "/" + word(9);
    }
}
