package org.vrrpd.proto.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Places;
import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.config.TrackedFileConfiguration;
import org.vrrpd.proto.config.TrackedProcessConfiguration;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.simulation.Rehearsed.Address;
import org.vrrpd.proto.simulation.Rehearsed.Happening;
import org.vrrpd.proto.simulation.Timeline.RouterId;
import org.vrrpd.proto.simulation.Timeline.Span;

/**
 * Plays scenarios with the configurations of several nodes on a simulated LAN. Pure: the same configurations, scenario
 * and seed give the same result on every machine.
 *
 * <p>The nodes start together. When they have settled, the scenario begins, right after an advertisement of the node
 * that is MASTER: so what befalls it at whole intervals meets the worst moment.
 */
public final class Rehearsal {

    public static final long USUAL_SEED = 1;

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    /** Detection of duplicate addresses takes up to two, and what follows from it a little. */
    private static final long USUAL_SETTLING = 5 * SECOND;
    /** Whoever has not settled after so many times of what it should take, never does. */
    private static final int PATIENCE = 10;
    private static final List<String> SHIPPED = List.of("node-dies", "daemon-dies", "link-dies", "switch-partitions",
            "node-pauses", "rolling-restart");

    /** @param places of what the configuration says, for the messages */
    public record Node(String name, Configuration configuration, Places places) {}

    /** @param about what it is, in words: the comment that the text begins with */
    public record Shipped(String name, String about, String text) {}

    private final List<Node> nodes;
    private final long seed;
    private final long settlingNanos;

    /** @param nodes two or more, of different names */
    public Rehearsal(List<Node> nodes, long seed) {
        this.nodes = List.copyOf(nodes);
        this.seed = seed;
        this.settlingNanos = settlingNanos(nodes);
    }

    /** Those that are played when nobody gives one, in their order. */
    public static List<Shipped> shipped() {
        List<Shipped> all = new ArrayList<>();
        for (String name : SHIPPED) {
            String text = resource(name + ".scenario");
            all.add(new Shipped(name.replace('-', ' '), text.lines().findFirst().orElse("").substring(2), text));
        }
        return all;
    }

    private static String resource(String name) {
        try (InputStream in = Rehearsal.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a scenario can call a node so. */
    public static boolean isName(String name) {
        return name.matches(Director.ROUTER) && !Casting.WORDS.contains(name);
    }

    /** Where the nodes do not fit together, a line each that begins with the place. */
    public List<String> disagreements() {
        return Agreement.disagreements(nodes);
    }

    /** What the configurations contain and the rehearsal cannot know, and how it takes that, a line each. */
    public List<String> assumptions() {
        return Assumptions.of(nodes);
    }

    /** How long the nodes may need until they rest again, whatever befell them. */
    public long settlingNanos() {
        return settlingNanos;
    }

    /**
     * @param name of the scenario's file, for the messages
     * @param about may be empty
     */
    public Rehearsed run(String name, String about, String text) {
        Lan lan = new Lan(seed);
        Map<String, Configuration> configurations = new LinkedHashMap<>();
        nodes.forEach(node -> configurations.put(node.name(), node.configuration()));
        Premises.build(lan, configurations);
        nodes.forEach(node -> Assumptions.apply(lan.router(node.name()).host().workers, node.configuration()));
        Timeline timeline = Timeline.of(lan);
        Map<String, Long> advertised = watchAdvertisements(lan);
        lan.routers().forEach(lan::start);
        boolean settled = settle(lan, timeline);
        String master = masterOfMost(timeline);
        begin(lan, master, advertised);
        long zero = lan.now();
        Scenario scenario = Casting.cast(name, text, cast(lan, master));
        List<Happening> happenings = new ArrayList<>();
        scenario.statements().forEach(each -> happenings.add(
                new Happening(each.atNanos(), "", "", "", String.join(" ", each.words()))));
        Director.arrange(lan, new Scenario(scenario.statements().stream()
                .map(each -> new Statement(each.atNanos() + zero, each.words())).toList(), 0));
        try {
            lan.runTo(zero + scenario.untilNanos());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        return new Rehearsed(name, about, startNanos(timeline), settled, scenario.untilNanos(),
                happenings(happenings, timeline, zero), routers(timeline, zero));
    }

    // before it begins

    private static long settlingNanos(List<Node> nodes) {
        long longest = 0;
        long interval = 0;
        long adverts = 0;
        for (Node node : nodes) {
            Configuration configuration = node.configuration();
            long own = configuration.global().startupDelayNanos();
            own += most(configuration.linkDelays().stream().map(each -> each.downNanos() + each.upNanos()).toList());
            own += most(configuration.scripts().stream().map(each ->
                    each.intervalNanos() * Math.max(each.rise(), each.fall()) + each.timeoutNanos()).toList());
            own += most(configuration.processes().stream().map(each ->
                    each.forkDelayNanos() + each.terminateDelayNanos()).toList());
            own += most(configuration.instances().stream().map(each -> each.election().preemptDelayNanos()).toList());
            longest = Math.max(longest, own);
            for (InstanceConfiguration instance : configuration.instances()) {
                interval = Math.max(interval, instance.advertisementIntervalNanos());
                adverts = Math.max(adverts, instance.election().downTimerAdverts() + 1L);
            }
        }
        long whole = longest + interval * adverts + USUAL_SETTLING;
        return (whole + SECOND - 1) / SECOND * SECOND;
    }

    private static long most(List<Long> durations) {
        return durations.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** When each node advertised last the one of its routers that it advertises most rarely. */
    private Map<String, Long> watchAdvertisements(Lan lan) {
        Map<String, InstanceConfiguration> rarest = new TreeMap<>();
        nodes.forEach(node -> node.configuration().instances().stream()
                .max(Comparator.comparingLong(InstanceConfiguration::advertisementIntervalNanos))
                .ifPresent(instance -> rarest.put(node.name(), instance)));
        Map<String, Long> last = new TreeMap<>();
        for (SimulatedRouter router : lan.routers()) {
            router.host().watch(new SimulatedHost.Watcher() {
                @Override
                public void onEvent(Event event) { }

                @Override
                public void onEffect(Effects effects, int at) {
                    EffectKind kind = effects.kind(at);
                    if ((kind == EffectKind.SEND_ADVERTISEMENT || kind == EffectKind.SEND_UNICAST_ADVERTISEMENT)
                            && isOf(Recorded.of(lan.now(), effects, at).packet(), rarest.get(router.name()))) {
                        last.put(router.name(), lan.now());
                    }
                }
            });
        }
        return last;
    }

    private static boolean isOf(WirePacket packet, InstanceConfiguration instance) {
        return instance != null && packet.family() == instance.family() && packet.vrrpByte(1) == instance.vrid();
    }

    private boolean settle(Lan lan, Timeline timeline) {
        while (lan.now() < settlingNanos * PATIENCE) {
            lan.runTo(lan.now() + SECOND);
            List<Timeline.Entry> entries = timeline.entries();
            long last = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).atNanos();
            if (lan.now() - last >= settlingNanos) {
                return true;
            }
        }
        return false;
    }

    /** The first of the nodes that are MASTER of most; the first of all when none is. */
    private String masterOfMost(Timeline timeline) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        nodes.forEach(node -> counts.put(node.name(), 0));
        for (RouterId id : timeline.routers()) {
            List<Span> masters = timeline.masters(id);
            masters.get(masters.size() - 1).nodes().forEach(node -> counts.merge(node, 1, Integer::sum));
        }
        return counts.entrySet().stream().max(
                Comparator.<Map.Entry<String, Integer>>comparingInt(Map.Entry::getValue)
                        .thenComparing(entry -> -List.copyOf(counts.keySet()).indexOf(entry.getKey())))
                .orElseThrow().getKey();
    }

    /** Goes on until the node has just advertised. */
    private void begin(Lan lan, String master, Map<String, Long> advertised) {
        long before = advertised.getOrDefault(master, -1L);
        long latest = lan.now() + settlingNanos;
        while (lan.now() < latest && advertised.getOrDefault(master, -1L) == before) {
            lan.runTo(lan.now() + MILLISECOND);
        }
    }

    private Casting.Cast cast(Lan lan, String master) {
        Map<String, TreeSet<String>> links = new LinkedHashMap<>();
        Map<String, TreeSet<String>> blocks = new TreeMap<>();
        Map<String, TreeSet<String>> scripts = new TreeMap<>();
        Map<String, TreeMap<String, String>> files = new TreeMap<>();
        Map<String, TreeMap<String, String>> processes = new TreeMap<>();
        for (Node node : nodes) {
            TreeSet<String> own = links.computeIfAbsent(node.name(), key -> new TreeSet<>());
            lan.wires().forEach(wire -> wire.ports().stream()
                    .filter(port -> port.router().name().equals(node.name())).forEach(port -> own.add(port.link())));
            Configuration configuration = node.configuration();
            TreeSet<String> ownBlocks = blocks.computeIfAbsent(node.name(), key -> new TreeSet<>());
            configuration.instances().forEach(each -> ownBlocks.add(each.name()));
            configuration.syncGroups().forEach(each -> ownBlocks.add(each.name()));
            scripts.put(node.name(), new TreeSet<>(
                    configuration.scripts().stream().map(ScriptConfiguration::name).toList()));
            TreeMap<String, String> ownFiles = files.computeIfAbsent(node.name(), key -> new TreeMap<>());
            for (TrackedFileConfiguration file : configuration.files()) {
                ownFiles.put(file.name(), file.path());
            }
            TreeMap<String, String> ownProcesses = processes.computeIfAbsent(node.name(), key -> new TreeMap<>());
            for (TrackedProcessConfiguration process : configuration.processes()) {
                ownProcesses.put(process.name(), process.process());
            }
        }
        return new Casting.Cast(links, master, blocks, scripts, files, processes, settlingNanos);
    }

    // what became of it

    private static long startNanos(Timeline timeline) {
        long latest = 0;
        for (RouterId id : timeline.routers()) {
            for (var address : timeline.addresses(id)) {
                long first = timeline.served(id, address).stream().filter(span -> !span.isAbsence())
                        .mapToLong(Span::fromNanos).findFirst().orElse(-1);
                if (first < 0) {
                    return -1;
                }
                latest = Math.max(latest, first);
            }
        }
        return latest;
    }

    /** The statements come first at their time; what they say of a node is not said again. */
    private static List<Happening> happenings(List<Happening> statements, Timeline timeline, long zero) {
        List<Happening> all = new ArrayList<>(statements);
        for (Timeline.Entry entry : timeline.entries()) {
            boolean told = entry.isTransition() || entry.cause().equals(SimulatedRouter.Fate.ENDED.text());
            if (entry.atNanos() >= zero && told) {
                all.add(new Happening(entry.atNanos() - zero, entry.node(), entry.instance(),
                        entry.isTransition() ? entry.to().name() : "", entry.cause()));
            }
        }
        all.sort(Comparator.comparingLong(Happening::atNanos));
        return all;
    }

    private static List<Rehearsed.Router> routers(Timeline timeline, long zero) {
        List<Rehearsed.Router> routers = new ArrayList<>();
        for (RouterId id : timeline.routers()) {
            List<Address> addresses = timeline.addresses(id).stream()
                    .map(each -> new Address(each, since(zero, timeline.served(id, each)))).toList();
            routers.add(new Rehearsed.Router(
                    id, timeline.instances(id), since(zero, timeline.masters(id)), addresses));
        }
        return routers;
    }

    private static List<Span> since(long zero, List<Span> spans) {
        return spans.stream().filter(span -> span.untilNanos() > zero)
                .map(span -> new Span(Math.max(0, span.fromNanos() - zero), span.untilNanos() - zero, span.holders()))
                .toList();
    }
}
