package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.system.Happening.Lane;

/**
 * One of the two daemons of a comparison, on a LAN of its own: router 1 with eth0 (10.1.0.1/24, fe80::1), a neighbour
 * that speaks as told, and everybody who listens. What it hears and finds is the same for both daemons.
 */
final class Stage implements AutoCloseable {

    enum Candidate { KEEPALIVED, VRRPD }

    /** What happened from a mark on, and what the kernel held at its end. */
    record Scene(String name, long begun, long mark, List<Happening> state) {}

    private static final Duration PATIENCE = Times.seconds(20);
    private static final String MAC = "02:00:00:00:00:01";

    private final Candidate candidate;
    private final Lab lab = Lab.open();
    private final Link link;
    private final KernelMonitor monitor;
    private final Neighbour neighbour;
    private final List<Scene> scenes = new ArrayList<>();
    private Daemon daemon;
    private long mark;
    private long end;

    Stage(Candidate candidate) {
        this.candidate = candidate;
        lab.observer();
        link = lab.lan(1);
        link.mac(MAC);
        lab.router(1).sysctl("net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
        link.running();
        write("note", "#!/bin/sh\necho \"$(date +%s%N) $*\" >> " + here() + "/notified\n").toFile().setExecutable(true);
        monitor = lab.with(new KernelMonitor(lab.router(1)));
        neighbour = lab.with(new Neighbour(lab.ground(), MAC));
    }

    Candidate candidate() {
        return candidate;
    }

    Lab lab() {
        return lab;
    }

    Namespace router() {
        return lab.router(1);
    }

    Link link() {
        return link;
    }

    Neighbour neighbour() {
        return neighbour;
    }

    /** The neighbour, at a moment when the router has just advertised: an answer then comes out of turn. */
    Neighbour neighbourAfterAdvert() {
        awaitAdvert();
        mark = Await.now();
        return neighbour;
    }

    /** Waits for the next advertisement that the router sends. */
    void awaitAdvert() {
        lab.observer().await("an advertisement", PATIENCE, Await.now(),
                frame -> frame.advertises() && frame.mac().equals(MAC));
    }

    /** Another interface of the router, up, running and without addresses; the same in both stages. */
    Link cable(String name) {
        Link cable = lab.cable(1, name);
        cable.mac("02:00:00:00:01:0" + name.charAt(name.length() - 1));
        router().sysctl("net.ipv6.conf." + name + ".addr_gen_mode=1");
        cable.up().running();
        return cable;
    }

    Daemon daemon() {
        return daemon;
    }

    /** A directory of this stage. In the configuration and in scripts it is called {@code ${HERE}}. */
    Path here() {
        return lab.directory();
    }

    Path write(String file, String text) {
        try {
            return Files.writeString(here().resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that the test itself found out and wants to be compared. */
    void noteNow(String text) {
        try {
            Files.writeString(here().resolve("notified"), Await.now() + " " + text + "\n",
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a pipe: its lines are notifications. */
    void readPipe(String name) {
        Shell.must("mkfifo", here().resolve(name).toString());
        String loop = "while read line; do echo \"$(date +%s%N) $line\"; done < " + name + " >> notified";
        try {
            Process reader = new ProcessBuilder("sh", "-c", loop).directory(here().toFile()).start();
            lab.with(reader::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the daemon and counts from its first word about a state on: how long the start takes is not compared. */
    void start(Conf configuration) {
        Conf own = configuration.defining("HERE", here().toString());
        daemon = candidate == Candidate.VRRPD ? lab.vrrpd(1, own) : lab.keepalived(1, own);
        awaitFirstWord();
    }

    /** The same after it ended. */
    void startAgain() {
        daemon.start();
        awaitFirstWord();
    }

    private void awaitFirstWord() {
        Await.within(PATIENCE, () -> daemon.alive() ? daemon.transitions(daemon.startedAt()).stream().findFirst()
                : Optional.of(new Daemon.Transition(Await.now(), "", RouterState.INIT)))
                .ifPresent(first -> mark = first.time());
    }

    /** Another configuration, and SIGHUP at a moment when the router, which is MASTER, has just advertised. */
    void reload(Conf configuration) {
        Conf own = configuration.defining("HERE", here().toString());
        if (daemon instanceof Router router) {
            router.write(own);
        } else {
            ((KeepalivedPeer) daemon).write(own);
        }
        reload();
    }

    /** The same configuration once more. */
    void reload() {
        awaitAdvert();
        mark = Await.now();
        daemon.signal("HUP");
    }

    /** Ends the daemon as a service manager would, once there is a journal to verify. */
    void stop() {
        if (daemon instanceof Router router) {
            router.awaitJournal();
        }
        mark = Await.now();
        daemon.stop();
    }

    void awaitState(String instance, RouterState state) {
        daemon.awaitState(instance, state, PATIENCE);
    }

    /** Runs one step and lets time pass; what happens is counted from the step's beginning, or where it says. */
    void play(Comparison.Step step) {
        long begun = Await.now();
        mark = begun;
        step.action().accept(this);
        long until = Math.max(mark + step.time().toNanos(), Await.now());
        Await.until("the end of " + step.name(), PATIENCE.plus(step.time()), () -> Await.now() >= until);
        end = until;
        List<Happening> state = new ArrayList<>(KernelStory.addresses(router()));
        state.addAll(KernelStory.routes(router()));
        if (daemon != null && !daemon.alive()) {
            state.add(Happening.untimed(Lane.LOG, "the daemon has ended"));
        }
        scenes.add(new Scene(step.name(), begun, mark, state));
    }

    /** Counts from here on and not from the beginning of the step. */
    void mark(long time) {
        mark = time;
    }

    List<Scene> scenes() {
        return scenes;
    }

    /** What happened in each scene, in the order of its lanes. */
    List<List<Happening>> story() {
        long first = scenes.get(0).begun();
        WireReader reader = new WireReader(MAC);
        List<Happening> wire = WireStory.of(reader.read(lab.observer().file()), end);
        List<Happening> all = KernelStory.merge(wire, monitor.messages(), first, reader::owner);
        all.addAll(log());
        all.addAll(notifications());
        List<List<Happening>> story = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            long from = scenes.get(i).begun();
            long to = i + 1 < scenes.size() ? scenes.get(i + 1).begun() : end;
            List<Happening> scene = new ArrayList<>(
                    all.stream().filter(h -> h.time() >= from && h.time() < to).toList());
            scene.addAll(scenes.get(i).state());
            story.add(scene);
        }
        return story;
    }

    /**
     * keepalived says some transitions twice, with the reason and without, and says nothing of INIT at its end. Lines
     * come when they come: nobody's timers depend on them.
     */
    private List<Happening> log() {
        List<Happening> entries = new ArrayList<>();
        Map<String, RouterState> states = new HashMap<>();
        for (Daemon.Transition transition : daemon.transitions(0)) {
            RouterState before = states.put(transition.instance(), transition.state());
            if (before != transition.state() && transition.state() != RouterState.INIT) {
                String text = transition.instance() + " is " + transition.state();
                entries.add(new Happening(transition.time(), Lane.LOG, transition.instance(), text,
                        Times.TOLERANCE.toNanos()));
            }
        }
        return entries;
    }

    /** What the script {@code ${HERE}/note} was called with. */
    private List<Happening> notifications() {
        Path file = here().resolve("notified");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream().map(line -> line.split(" ", 2))
                    .map(words -> Happening.of(Long.parseLong(words[0]), Lane.NOTIFY, "", words[1])).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a failed comparison: where the files are, which stay, and what the daemon said last. */
    String report() {
        lab.keepFiles();
        return "--- " + candidate + " in " + here() + ", its log:\n" + (daemon == null ? "" : daemon.log().tail(30));
    }

    @Override
    public void close() {
        lab.close();
    }
}
