package org.vrrpd.proto.scenario;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.ModelWorkers;
import org.vrrpd.proto.core.PeerRouter;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.narrate.Narrator;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;
import org.vrrpd.proto.simulation.SimulatedHost;

/** One core and its kernel, moved by the commands of a scenario; see {@link #dispatch} for all of them. */
final class ScenarioRun implements SimulatedHost.Watcher {

    private static final int TENTATIVE = NetlinkConstants.IFA_F_TENTATIVE | NetlinkConstants.IFA_F_PERMANENT;

    private final CoreFixture core = new CoreFixture();
    private final long origin = core.now;
    private final Narrator narrator = new Narrator();
    private final StringBuilder out = new StringBuilder();
    private String pendingEvent = "";
    private boolean routine;

    ScenarioRun() {
        core.watch(this);
    }

    /** What followed: events that are not routine or had effects, their effects, and the states in the end. */
    String execute(List<String> command) {
        out.setLength(0);
        String[] words = command.get(0).split(" +");
        dispatch(words, String.join("\n", command.subList(1, command.size())));
        core.pump();
        finishEvent();
        for (CoreView.InstanceView instance : core.processor.core().view().instances()) {
            out.append(instance.name()).append(' ').append(instance.state())
                    .append(" priority ").append(instance.effectivePriority());
            instance.faults().forEach(fault -> out.append(", ").append(fault.reasonText()));
            out.append('\n');
        }
        return out.toString();
    }

    private void dispatch(String[] words, String text) {
        ModelKernel kernel = core.kernel;
        switch (words[0]) {
            case "start" -> core.started();
            case "configure" -> core.configured(text);
            case "refused" -> core.refused(text);
            case "reload-asked" -> core.asked(1, "reload");
            case "client-refused" -> core.clientRefused(Integer.parseUnsignedInt(words[1]), Integer.parseInt(words[2]),
                    Long.parseLong(words[3]), words[4], text);
            case "stop" -> core.stopped();
            case "at" -> core.advanceTo(origin + nanos(words[1]));
            case "advertisement" -> advertisement(words);
            case "exits" -> core.workers.exits(
                    String.join(" ", Arrays.asList(words).subList(2, words.length)), Integer.parseInt(words[1]));
            case "advertisement-to" -> advertisementTo(words[1], Arrays.copyOfRange(words, 1, words.length));
            case "overrun" -> core.overrun();
            case "lost" -> kernel.dropping = true;
            case "joined" -> joined(text);
            case "refuse" -> kernel.refuse(request(words[1]), Integer.parseInt(words[2]));
            case "script" -> script(core.workers, "vrrp_script " + words[1], words);
            case "file" -> core.workers.written(words[1], words[2]);
            case "file-gone" -> core.workers.deleted(words[1]);
            case "processes" -> core.workers.run(words[1], Integer.parseInt(words[2]));
            case "refuse-nothing" -> kernel.refuseNothing();
            default -> link(words);
        }
    }

    /** From now on it exits with the status, or this once, or it never ends by itself. */
    private static void script(ModelWorkers workers, String purpose, String[] words) {
        switch (words[2]) {
            case "exits" -> workers.exits(purpose, Integer.parseInt(words[3]));
            case "exited" -> workers.exited(purpose, Integer.parseInt(words[3]));
            case "waits" -> workers.waits(purpose);
            case "timed-out" -> workers.timedOut(purpose);
            default -> throw new IllegalArgumentException("Expected what a script does, but found " + words[2]);
        }
    }

    /** Several commands whose messages arrive in one datagram. */
    private void joined(String commands) {
        core.held = true;
        for (String command : commands.split("\n")) {
            link(command.split(" +"));
        }
        core.pumpJoined();
    }

    private void link(String[] words) {
        ModelKernel kernel = core.kernel;
        ModelKernel.Link link = kernel.byName(words[1]);
        switch (words[0]) {
            case "ready" -> kernel.linkReady(words[1], Arrays.copyOfRange(words, 2, words.length));
            case "appears" -> kernel.linkAppeared(words[1]);
            case "vanishes" -> kernel.linkRemoved(link);
            case "renamed" -> kernel.renamed(link, words[2]);
            case "up" -> kernel.setUp(link, true);
            case "down" -> kernel.setUp(link, false);
            case "carrier" -> kernel.setCarrier(link, words[2].equals("on"));
            case "mac" -> kernel.macChanged(link, org.vrrpd.proto.inet.MacAddress.parse(words[2]));
            case "link-local" -> link.linkLocal = IpAddress.parse(words[2]);
            case "add" -> kernel.addressAdded(link, words[2]);
            case "add-tentative" -> kernel.addressAdded(link, words[2], TENTATIVE);
            case "remove" -> kernel.addressRemoved(link, words[2]);
            case "detected" -> kernel.dadCompleted(link);
            case "duplicate" -> kernel.dadFailed(link);
            default -> throw new IllegalArgumentException("Expected a command, but found " + words[0]);
        }
    }

    private static int request(String name) {
        return switch (name) {
            case "newaddr" -> NetlinkConstants.RTM_NEWADDR;
            case "newlink" -> NetlinkConstants.RTM_NEWLINK;
            default -> throw new IllegalArgumentException("Expected newaddr or newlink, but found " + name);
        };
    }

    /** advertisement DEVICE VERSION VRID SOURCE PRIORITY INTERVAL ADDRESS... */
    private void advertisement(String[] words) {
        core.received(peer(words).advertisement(Integer.parseInt(words[5])), core.kernel.byName(words[1]));
    }

    /** advertisement-to DESTINATION DEVICE …, as above. */
    private void advertisementTo(String destination, String[] words) {
        core.received(peer(words).advertisementTo(destination, Integer.parseInt(words[5])),
                core.kernel.byName(words[1]));
    }

    private static PeerRouter peer(String[] words) {
        return PeerRouter.of(Integer.parseInt(words[2]), Integer.parseInt(words[3]), words[4],
                nanos(words[6]), Arrays.copyOfRange(words, 7, words.length));
    }

    private static long nanos(String seconds) {
        return new BigDecimal(seconds.replace("s", "")).movePointRight(9).longValueExact();
    }

    @Override
    public void onEvent(Event event) {
        finishEvent();
        Narrator.Narration narration = narrator.narrate(event);
        BigDecimal seconds = BigDecimal.valueOf(event.coreNanos() - origin, 9).stripTrailingZeros();
        pendingEvent = seconds.toPlainString() + "s #" + event.sequence() + " " + narration.text() + "\n";
        routine = narration.routine();
    }

    /** A routine event without effects is not worth a line. */
    private void finishEvent() {
        if (!pendingEvent.isEmpty() && !routine) {
            out.append(pendingEvent);
        }
        pendingEvent = "";
    }

    @Override
    public void onEffect(Effects effects, int at) {
        routine = false;
        finishEvent();
        out.append("  ").append(narrator.effect(effects, at)).append('\n');
    }
}
