package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A switch and the routers on it, each in a network namespace of its own, and whatever runs there. Closing it takes
 * everything away and fails when a daemon had died or a journal does not replay to the same end.
 */
public final class Lab implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path TMPFS = Path.of("/dev/shm");

    private final String name;
    private final Path directory;
    private final Path volatileDirectory;
    private final Namespace ground;
    private final Map<Integer, Namespace> routers = new LinkedHashMap<>();
    private final List<Daemon> daemons = new ArrayList<>();
    private final List<AutoCloseable> extras = new ArrayList<>();
    private final Set<String> macs = new LinkedHashSet<>();
    private final Thread lastResort = new Thread(this::takeDown);
    private Observer observer;
    private int ports;
    private boolean keepFiles;

    private Lab() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new AssertionError("Expected to run as root, which network namespaces need, but found "
                    + System.getProperty("user.name"));
        }
        Leftovers.remove(TMPFS, Programs.workDirectory());
        name = Leftovers.labName(ProcessHandle.current().pid(), COUNT.incrementAndGet());
        directory = Programs.workDirectory().resolve(name);
        volatileDirectory = TMPFS.resolve(name);
        Runtime.getRuntime().addShutdownHook(lastResort);
        makeDirectory(directory);
        makeDirectory(volatileDirectory);
        ground = Namespace.create(name + "-sw");
        ground.sysctl("net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
        ground.ip("link add br0 type bridge mcast_snooping 0 stp_state 0 forward_delay 0", "link set br0 up");
    }

    public static Lab open() {
        return new Lab();
    }

    public static Path makeDirectory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unlike that of any other lab on the machine. */
    public String name() {
        return name;
    }

    /** The switch's namespace, with the bridge br0. */
    public Namespace ground() {
        return ground;
    }

    /** A router's namespace. Duplicate address detection is off in it unless a test turns it on. */
    public Namespace router(int number) {
        return routers.computeIfAbsent(number, n -> {
            Namespace namespace = Namespace.create(name + "-r" + n);
            namespace.sysctl("net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0");
            return namespace;
        });
    }

    /** A cable whose router's end is down and has no address. */
    public Link cable(int router, String interfaceName) {
        return new Link(ground, router(router), "p" + (++ports), interfaceName).create();
    }

    /** The usual interface of router N: eth0, up, with 10.1.0.N/24 and fe80::N. */
    public Link lan(int router) {
        Link link = cable(router, "eth0");
        router(router).sysctl("net.ipv6.conf.eth0.addr_gen_mode=1");
        return link.up("10.1.0." + router + "/24", "fe80::" + router + "/64 nodad");
    }

    public static String address(int router) {
        return "10.1.0." + router;
    }

    static String linkLocal(int router) {
        return "fe80::" + router;
    }

    /** vrrpd on a router, not yet started. */
    public Router prepare(int router, Conf configuration) {
        Path home = makeDirectory(directory.resolve("r" + router));
        Path control = makeDirectory(volatileDirectory.resolve("r" + router)).resolve("control.sock");
        Router made = new Router(router(router), home, control, configuration);
        daemons.add(made);
        return made;
    }

    public Router vrrpd(int router, Conf configuration) {
        Router made = prepare(router, configuration);
        made.start();
        return made;
    }

    public KeepalivedPeer keepalived(int router, Conf configuration) {
        Path home = makeDirectory(directory.resolve("k" + router));
        KeepalivedPeer made = new KeepalivedPeer(router(router), home, configuration);
        daemons.add(made);
        made.start();
        return made;
    }

    /** Starts with the first call. */
    public Observer observer() {
        if (observer == null) {
            observer = new Observer(ground, directory);
        }
        return observer;
    }

    public Path directory() {
        return directory;
    }

    /** Something that ends with the lab, before its namespaces do. */
    public <T extends AutoCloseable> T with(T extra) {
        extras.add(extra);
        return extra;
    }

    /** Tells the end of the test that what these stations sent must decode without a warning. */
    void expectCleanDecode(String... stations) {
        macs.addAll(List.of(stations));
    }

    /** Leaves the files where they are when the lab is closed. */
    public void keepFiles() {
        keepFiles = true;
    }

    /** For a failed test: what everybody said last. The files stay where they are. */
    String report() {
        keepFiles();
        StringBuilder text = new StringBuilder("lab " + directory + '\n');
        for (Daemon daemon : daemons) {
            text.append("--- ").append(daemon.namespace().name()).append('\n').append(daemon.log().tail(40));
            text.append(Shell.run(List.of("ip", "-n", daemon.namespace().name(), "-br", "addr")).output()).append('\n');
        }
        return text.append(observer == null ? "" : "--- wire\n" + observer.tail(30)).toString();
    }

    @Override
    public void close() {
        List<Throwable> failures = new ArrayList<>();
        daemons.forEach(daemon -> attempt(failures, () -> end(daemon)));
        if (observer != null && !macs.isEmpty()) {
            attempt(failures, observer::close);
            attempt(failures, () -> Tshark.assertClean(observer.file(), List.copyOf(macs)));
        }
        daemons.stream().filter(Router.class::isInstance).map(Router.class::cast).map(Router::journal).distinct()
                .forEach(journal -> attempt(failures, () -> Journals.verify(journal)));
        takeDown();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(failures.get(0).getMessage(), failures.get(0));
            failures.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
        if (!keepFiles) {
            remove(directory);
        }
    }

    private static void end(Daemon daemon) {
        boolean died = daemon instanceof Router router && router.expectedAlive() && !router.alive();
        if (died) {
            throw new AssertionError("Expected " + daemon.namespace().name() + " to run until the end of the test,"
                    + " but it ended: " + daemon.log().tail(20));
        }
        if (daemon.alive()) {
            if (daemon instanceof Router router) {
                router.awaitJournal();
            }
            daemon.stop();
        }
    }

    private static void attempt(List<Throwable> failures, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    private void takeDown() {
        List<Throwable> ignored = new ArrayList<>();
        daemons.stream().filter(Daemon::alive).forEach(daemon -> attempt(ignored, daemon::kill));
        if (observer != null) {
            attempt(ignored, observer::close);
        }
        for (AutoCloseable extra : extras) {
            try {
                extra.close();
            } catch (Exception e) {
                ignored.add(e);
            }
        }
        routers.values().forEach(Namespace::delete);
        if (ground != null) {
            ground.delete();
        }
        remove(volatileDirectory);
    }

    static void remove(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.out.println("could not remove " + root + ": " + e.getMessage());
        }
    }
}
