package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.simulation.SimulatedHost;
import org.vrrpd.proto.simulation.WirePacket;

/**
 * A real core, driven by real event bytes through the one path that production and replay use, over a
 * {@link ModelKernel} that carries out what it asks. Time is virtual and moves only by {@link #advance}, which lets
 * DEADLINE_REACHED come exactly when it is due. After every event {@link CoreInvariants} are checked.
 */
public final class CoreFixture extends SimulatedHost {

    public static final long MILLISECOND = 1_000_000L;
    public static final long SECOND = 1_000_000_000L;
    public final List<Recorded> effects = new ArrayList<>();

    public CoreFixture() {
        now = 1_000 * SECOND;
        CoreInvariants invariants = new CoreInvariants();
        watch(new Watcher() {
            @Override
            public void onEvent(Event event) { }

            @Override
            public void onEffect(Effects out, int at) {
                effects.add(Recorded.of(now, out, at));
            }

            @Override
            public void onApplied(Event event) {
                invariants.check(event, processor, now);
            }
        });
    }

    // events

    public CoreFixture started() {
        daemonStarted("test", "boot");
        return pump();
    }

    /** As the daemon does: checked and printed canonically first. */
    public CoreFixture configured(String text) {
        LoadResult result = ConfigurationParser.parse(text, "test.conf", "host");
        if (result.hasErrors()) {
            throw new AssertionError("Expected a configuration without errors, but found " + result.problems());
        }
        return loaded(ConfigurationPrinter.print(result.configuration()));
    }

    public CoreFixture loaded(String canonicalText) {
        configurationLoaded(canonicalText);
        return pump();
    }

    public CoreFixture refused(String problems) {
        byte[] payload = new byte[10 + problems.length()];
        Payloads.writeNumberAndText(ByteBuffer.wrap(payload), 0, 1, problems);
        happened(EventKind.CONFIGURATION_REFUSED, payload);
        return pump();
    }

    public CoreFixture asked(long requestId, String verb) {
        return asked(requestId, verb, "");
    }

    public CoreFixture asked(long requestId, String verb, String argument) {
        byte[] payload = new byte[20 + verb.length() + argument.length()];
        Payloads.writeControlRequested(ByteBuffer.wrap(payload), 0, requestId, 0, 1, verb, argument);
        happened(EventKind.CONTROL_REQUESTED, payload);
        return pump();
    }

    /** The daemon turned down a client and, before, more whom it did not record. */
    public CoreFixture clientRefused(int uid, int pid, long unrecorded, String verb, String why) {
        byte[] payload = new byte[20 + verb.length() + why.length()];
        Payloads.writeControlRefused(ByteBuffer.wrap(payload), 0, uid, pid, unrecorded, verb, why);
        happened(EventKind.CONTROL_REFUSED, payload);
        return pump();
    }

    public CoreFixture stopped() {
        happened(EventKind.STOP_REQUESTED, new byte[10]);
        return pump();
    }

    public CoreFixture overrun() {
        kernel.dropping = false;
        happened(EventKind.NETLINK_OVERRUN, new byte[0]);
        return pump();
    }

    /** An advertisement arrives now on the socket of its family there; none open: nobody hears it. */
    public CoreFixture received(WirePacket packet, ModelKernel.Link link) {
        arrived(packet, link);
        return pump();
    }

    /** Applies everything that waits, and what follows from it. */
    public CoreFixture pump() {
        applyWaiting();
        return this;
    }

    /** All netlink datagrams that wait arrive as one. */
    public CoreFixture pumpJoined() {
        applyJoined();
        return this;
    }

    /** An advertisement from an address that the interface does not have is the one thing that must never be. */
    @Override
    protected void execute(Recorded effect) {
        boolean advertisement = effect.is(EffectKind.SEND_ADVERTISEMENT)
                || effect.is(EffectKind.SEND_UNICAST_ADVERTISEMENT);
        ModelKernel.Link link = advertisement ? kernel.links.get(effect.interfaceIndex()) : null;
        boolean told = !isWaiting() && !kernel.dropping;
        if (link != null && told && link.find(effect.packet().source()) == null) {
            throw new AssertionError("Expected a source on " + link.name + ", but found " + effect.packet().source());
        }
        super.execute(effect);
    }

    // time

    /** Lets time pass, deadline by deadline. */
    public CoreFixture advance(long nanos) {
        return advanceTo(now + nanos);
    }

    public CoreFixture advanceTo(long to) {
        pump();
        while (processor.core().nextDeadlineNanos() <= to) {
            now = Math.max(now, processor.core().nextDeadlineNanos());
            apply(EventKind.DEADLINE_REACHED, new byte[0]);
            pump();
        }
        now = to;
        return this;
    }

    /** The process does not run for a while: its deadlines pass unnoticed. */
    public CoreFixture slept(long nanos) {
        now += nanos;
        return this;
    }

    // what the core shows

    public CoreView.InstanceView instance(String name) {
        return processor.core().view().instances().stream().filter(each -> each.name().equals(name))
                .findFirst().orElseThrow(() -> new AssertionError("Expected an instance " + name));
    }

    public RouterState state(String name) {
        return instance(name).state();
    }

    public long counter(String instance, String name) {
        return instance(instance).counters().stream().filter(each -> each.name().equals(name))
                .findFirst().orElseThrow(() -> new AssertionError("Expected a counter " + name)).value();
    }

    public List<FaultReason> faults(String instance) {
        return instance(instance).faults().stream().map(CoreView.FaultView::reason).toList();
    }

    // what the core did, since the last forget()

    public CoreFixture forget() {
        effects.clear();
        return this;
    }

    public List<Recorded> all(EffectKind kind) {
        return effects.stream().filter(each -> each.is(kind)).toList();
    }

    public List<Recorded> advertisements() {
        return all(EffectKind.SEND_ADVERTISEMENT);
    }

    public List<Recorded> unicasts() {
        return all(EffectKind.SEND_UNICAST_ADVERTISEMENT);
    }

    /** GARPs and neighbour advertisements. */
    public List<Recorded> announcements() {
        return effects.stream().filter(each -> each.is(EffectKind.SEND_GRATUITOUS_ARP)
                || each.is(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT)).toList();
    }

    /** Such as "BACKUP MASTER", of one instance. */
    public String states(String instance) {
        return String.join(" ", all(EffectKind.REPORT_TRANSITION).stream().map(Recorded::transition)
                .filter(each -> each.instance().equals(instance)).map(each -> each.to().name()).toList());
    }

    public List<NoteKind> notes() {
        return all(EffectKind.REPORT_NOTE).stream().map(each -> each.note().kind()).toList();
    }

    public long count(NoteKind kind) {
        return notes().stream().filter(each -> each == kind).count();
    }

    /** The faults that were reported, such as "+NO_CARRIER -NO_CARRIER". */
    public String faultReports(String instance) {
        return String.join(" ", all(EffectKind.REPORT_FAULT).stream().map(Recorded::fault)
                .filter(each -> each.instance().equals(instance))
                .map(each -> (each.began() ? "+" : "-") + each.reason().name()).toList());
    }
}
