package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.ScriptOutcome;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.DecodeError;

/**
 * The state machine of one daemon: all routers, what is desired of the kernel and what is observed of it.
 *
 * <p>Contract: {@link #apply} is a function of the state and the event's bytes. It reads no clock, makes no input or
 * output and throws for nothing that can arrive. Time moves only with DEADLINE_REACHED; an event that is late changes
 * nothing but itself.
 */
public final class VrrpCore {

    /** Goes up with every change of what a snapshot holds; a build reads its own version only. */
    private static final int SNAPSHOT_VERSION = 3;

    private static final int SETTLING_ROUNDS = 4;
    private static final int CONTROL_VERB = 16;

    private final CoreContext context = CoreContext.create();
    private final KernelDump dump = new KernelDump(context.outbox(), context.moment());
    private final ConfigurationKeeper configurations = new ConfigurationKeeper(context);
    private final KernelListener kernelListener = new KernelListener(context, dump);
    private final KernelObserver observer =
            new KernelObserver(context.kernel(), dump, context.moment(), kernelListener);
    private final UnknownRouters unknownRouters = new UnknownRouters(context);
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final AdvertisementReceived received = new AdvertisementReceived();
    private final Advertisement advertisement = new Advertisement();
    private long startedNanos;
    private long reloadRequest;
    private final StopPhase stop = new StopPhase(context);

    /** Applies one event of role INPUT; its effects are appended to {@code effects} in the order of execution. */
    public void apply(Event event, Effects effects) {
        context.moment().begin(event);
        context.outbox().attach(effects);
        if (event.kind() != null && !stop.hasBegun()) {
            dispatch(event);
        } else if (event.kind() != null) {
            dispatchStopping(event);
        }
        // what a transition leaves in doubt is settled in the same event: no doubt outlives it
        for (int round = 0; round < SETTLING_ROUNDS && context.routers().takeDoubt(); round++) {
            if (context.kernel().isObserved() && !stop.hasBegun() && !context.startup().isHeld()) {
                settle();
            }
        }
        refreshDeadlines();
    }

    private void dispatch(Event event) {
        switch (event.kind()) {
            case ADVERTISEMENT_RECEIVED -> onAdvertisement(event);
            case DEADLINE_REACHED -> onDeadline();
            case NETLINK_RECEIVED -> observer.onDatagram(event);
            case NETLINK_OVERRUN -> onOverrun();
            case EFFECT_SUCCEEDED -> onSucceeded(event);
            case EFFECT_FAILED -> onFailed(event);
            case STARTED -> onStarted();
            case CONFIGURATION_LOADED -> onConfiguration(event);
            case CONFIGURATION_REFUSED -> onRefused(event);
            case CONTROL_REQUESTED -> onControl(event);
            case STOP_REQUESTED -> stop();
            case SCRIPT_ENDED -> onScriptEnded(event);
            case FILE_READ -> onFileRead(event);
            case PROCESSES_COUNTED -> onProcessesCounted(event);
            case CONTROL_REFUSED -> onControlRefused(event);
            default -> { } // derived and structural records are not for the core
        }
    }

    /** What is released stays released: only what is told of the stop goes on. */
    private void dispatchStopping(Event event) {
        switch (event.kind()) {
            case SCRIPT_ENDED -> onScriptEnded(event);
            case DEADLINE_REACHED -> {
                context.lanes().onDeadline();
                stop.onDeadline(configurations.global());
            }
            default -> { }
        }
    }

    private void onScriptEnded(Event event) {
        InputPayload payload = new InputPayload(event);
        long effectId = payload.getLong(0);
        ScriptOutcome outcome = ScriptOutcome.ofNumber(payload.getByte(8));
        int status = payload.getShort(10);
        String detail = payload.getText(20);
        boolean notified = context.lanes().onScriptEnded(effectId, outcome, status, detail);
        if (stop.hasBegun()) {
            stop.onScriptEnded(effectId, outcome, status, detail, configurations.global());
        } else if (context.startup().onScriptEnded(effectId, outcome, status, detail)) {
            begin();
        } else if (!notified) {
            context.trackers().onScriptEnded(effectId, outcome, status, detail);
        }
    }

    private void begin() {
        context.moment().because(Cause.STARTED, "", "");
        context.routers().doubtAll();
    }

    private void onFileRead(Event event) {
        InputPayload payload = new InputPayload(event);
        context.trackers().onFileRead(payload.getInt(0), payload.getByte(4) == 1, payload.getText(5));
    }

    private void onProcessesCounted(Event event) {
        InputPayload payload = new InputPayload(event);
        context.trackers().onProcessesCounted(payload.getInt(0), payload.getInt(4));
    }

    private void onStarted() {
        startedNanos = context.moment().nowNanos();
        context.moment().because(Cause.STARTED, "", "");
        dump.request();
    }

    private void onAdvertisement(Event event) {
        if (event.payloadLength() < AdvertisementReceived.PACKET) {
            return;
        }
        received.wrap(event);
        DecodeError error = received.family() == Family.IPV4
                ? advertisement.wrapIpv4(received.buffer(), received.packetOffset(), received.packetLength())
                : advertisement.wrapIpv6(
                        received.buffer(), received.packetOffset(), received.packetLength(),
                        received.sourceOffset(), received.destinationOffset(), received.hopLimit());
        if (error != DecodeError.NONE && error != DecodeError.UNKNOWN_VERSION
                && error != DecodeError.LENGTH_MISMATCH) {
            return; // too little is left of it to tell whose it was
        }
        VirtualRouter router = context.sockets().listener(
                received.socketId(), received.interfaceIndex(), advertisement.vrid());
        if (router == null) { // RFC 9568 section 7.1: the VRID is not configured on the interface
            if (configurations.global().logUnknownVrids()) {
                unknownRouters.heard(advertisement, received.interfaceIndex());
            }
            return;
        }
        if (error != DecodeError.NONE) {
            router.discarded(error == DecodeError.UNKNOWN_VERSION
                    ? CounterKind.DISCARDED_VERSION : CounterKind.DISCARDED_LENGTH, advertisement);
            return;
        }
        router.onAdvertisement(
                received.socketId(), advertisement, Math.min(received.receivedNanos(), context.moment().nowNanos()));
    }

    private void onDeadline() {
        long now = context.moment().nowNanos();
        List<VirtualRouter> all = context.routers().all();
        for (int i = 0; i < all.size() && deadlines.earliest() <= now; i++) {
            VirtualRouter router = all.get(deadlines.earliestSlot());
            router.onDeadline();
            deadlines.update(router.slot, Math.max(now + 1, router.deadline()));
        }
        dump.onDeadline();
        if (context.sockets().deadline() <= now) {
            context.sockets().retry();
        }
        if (context.sysctls().deadline() <= now) {
            context.sysctls().retry();
        }
        if (context.duplicates().deadline() <= now) {
            context.duplicates().onDeadline();
        }
        context.spacing().onDeadline();
        if (context.startup().onDeadline()) {
            begin();
        }
        context.lanes().onDeadline();
        if (context.trackers().deadline() <= now) {
            context.trackers().onDeadline();
        }
        if (context.settling().deadline() <= now) {
            context.settling().onDeadline(context.routers());
        }
        if (context.firewall().deadline() <= now) {
            context.firewall().retry();
        }
    }

    /** What was observed may be wrong, and answers may be lost: everything is read again. */
    private void onOverrun() {
        dump.overrun();
    }

    private void onSucceeded(Event event) {
        InputPayload payload = new InputPayload(event);
        long effectId = payload.getLong(0);
        ReceiveSocket socket = context.sockets().onSucceeded(effectId);
        if (socket != null) {
            context.moment().because(Cause.EFFECT_SUCCEEDED, "opening the socket", "");
            doubtListeners(socket);
        } else if (context.sysctls().onSucceeded(effectId, payload.getText(8))) {
            context.moment().because(Cause.EFFECT_SUCCEEDED, "setting the sysctl", "");
            context.routers().doubtAll();
        } else if (context.firewall().onSucceeded(effectId)) {
            context.moment().because(Cause.EFFECT_SUCCEEDED, "nft", "");
            context.routers().doubtAll();
        } else {
            context.fifos().onSucceeded(effectId);
        }
    }

    private void onFailed(Event event) {
        InputPayload payload = new InputPayload(event);
        long effectId = payload.getLong(0);
        int errno = payload.getInt(8);
        String call = payload.getText(12);
        context.moment().because(Cause.EFFECT_FAILED, call, Errno.text(errno));
        ReceiveSocket socket = context.sockets().onFailed(effectId, errno, call);
        if (socket != null) {
            doubtListeners(socket);
            return;
        }
        if (context.sysctls().onFailed(effectId, errno) || context.firewall().onFailed(effectId, errno, call)) {
            context.routers().doubtAll();
            return;
        }
        if (context.fifos().onFailed(effectId, errno, call)) {
            return;
        }
        for (VirtualRouter router : context.routers().all()) {
            if (router.sender.onFailed(effectId, errno)) {
                return;
            }
        }
        kernelListener.onAnswer((int) effectId, errno, call);
    }

    private void doubtListeners(ReceiveSocket socket) {
        for (VirtualRouter router : context.routers().all()) {
            if (router.socket == socket || router.vmacSocket == socket) {
                context.routers().doubt(router);
            }
        }
    }

    private void onConfiguration(Event event) {
        context.moment().because(Cause.CONFIGURATION_LOADED, "", "");
        switch (configurations.onPart(event)) {
            case INCOMPLETE -> { }
            case UNREADABLE -> refuse(configurations.problem());
            case IN_FORCE -> onConfigured();
        }
    }

    private void onConfigured() {
        context.startup().decide(startedNanos, configurations.global());
        if (configurations.global().statesToFifosOnReload()) {
            context.notifier().repeatStates(context.routers());
        }
        List<VirtualRouter> all = context.routers().all();
        deadlines.reset(all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).slot = i;
            context.routers().touch(all.get(i));
        }
        kernelListener.matchAddresses();
        if (context.kernel().isObserved()) {
            StaleObjects.remove(context);
        }
        String summary = configurations.summary();
        context.outbox().note(NoteKind.CONFIGURATION_LOADED, "", summary);
        replyToReload(true, "configuration loaded: " + summary);
    }

    private void onRefused(Event event) {
        refuse(new InputPayload(event).getText(8));
    }

    private void refuse(String problems) {
        context.outbox().note(NoteKind.CONFIGURATION_REFUSED, "", problems);
        replyToReload(false, problems);
    }

    private void replyToReload(boolean done, String text) {
        if (reloadRequest != 0) {
            context.outbox().reply(reloadRequest, done, text);
            reloadRequest = 0;
        }
    }

    private void onControl(Event event) {
        InputPayload payload = new InputPayload(event);
        long request = payload.getLong(0);
        String verb = payload.getText(CONTROL_VERB);
        switch (verb) {
            case "reload" -> {
                replyToReload(false, "another reload was asked for"); // one left unanswered would wait for ever
                reloadRequest = request;
            }
            case "clear-statistics" -> clearStatistics(request);
            case "log-level" -> setLogLevel(request, payload);
            default -> context.outbox().reply(
                    request, false, "Expected reload, clear-statistics or log-level, but found " + verb);
        }
    }

    /** Changes nothing; whoever asked has the answer already. */
    private void onControlRefused(Event event) {
        InputPayload payload = new InputPayload(event);
        context.outbox().note(NoteKind.CONTROL_REFUSED,
                payload.getText(16) + " by uid " + Integer.toUnsignedString(payload.getInt(0))
                        + ", pid " + payload.getInt(4),
                payload.getText(16 + 2 + payload.getShort(16)), payload.getLong(8) + 1);
    }

    /** The level itself is the log's: nothing is decided by it. */
    private void setLogLevel(long request, InputPayload payload) {
        String word = payload.getText(payload.skipText(CONTROL_VERB));
        LogLevel level = LogLevel.ofWord(word);
        if (level == null) {
            context.outbox().reply(request, false, "Expected " + LogLevel.WORDS + ", but found " + word);
            return;
        }
        context.outbox().setLogLevel(level);
        context.outbox().note(NoteKind.LOG_LEVEL_SET, level.word(),
                "uid " + Integer.toUnsignedString(payload.getInt(8)) + " (pid " + payload.getInt(12) + ")");
        context.outbox().reply(request, true, level.word());
    }

    /** @param request 0: a signal asked, and nobody waits */
    private void clearStatistics(long request) {
        context.routers().all().forEach(router -> router.counters.clear());
        context.outbox().note(NoteKind.STATISTICS_CLEARED, "", "");
        if (request != 0) {
            context.outbox().reply(request, true, "statistics cleared");
        }
    }

    /** Everything of ours leaves the kernel, in the order of its release, before the end. */
    private void stop() {
        context.moment().because(Cause.STOP_REQUESTED, "", "");
        context.routers().all().forEach(router -> router.release(Cause.STOP_REQUESTED));
        context.sysctls().reconcile(new SysctlPlan());
        context.firewall().reconcile("");
        context.sockets().closeAll();
        context.trackers().stop();
        stop.begin(configurations.global());
    }

    /** Faults first, then the states they demand, then the kernel that the states demand. */
    private void settle() {
        List<VirtualRouter> all = context.routers().all();
        for (SyncGroup group : context.routers().groups()) {
            if (group.isDoubtful()) {
                group.doubtAll(context.routers());
            }
        }
        for (VirtualRouter router : all) {
            router.refreshBase();
            if (router.doubtful) {
                router.sources.refresh(); // before the sockets: unicast is received on it
            }
        }
        context.sockets().reconcile(all);
        context.sysctls().reconcile(SysctlPlan.of(
                all, context.kernel(), context.sysctls().formerRpFilter()));
        context.firewall().reconcile(FirewallRules.of(all));
        List<VirtualRouter> doubtful = new ArrayList<>();
        for (VirtualRouter router : all) {
            if (router.doubtful) {
                router.doubtful = false;
                router.observe();
                doubtful.add(router);
            }
        }
        context.routers().groups().forEach(SyncGroup::findFaults);
        // who has a fault, or had one, moves before those of its group that only follow
        Map<Boolean, List<VirtualRouter>> following =
                doubtful.stream().collect(Collectors.partitioningBy(SyncGroup::isFollower));
        following.get(false).forEach(VirtualRouter::settle);
        following.get(true).forEach(VirtualRouter::settle);
        context.routers().groups().forEach(SyncGroup::tell);
        doubtful.forEach(VirtualRouter::reconcileKernel);
    }

    private void refreshDeadlines() {
        List<VirtualRouter> touched = context.routers().touched();
        for (int i = 0; i < touched.size(); i++) {
            deadlines.update(touched.get(i).slot, touched.get(i).deadline());
        }
        context.routers().clearTouched();
    }

    /** Core time at which DEADLINE_REACHED is due; Long.MAX_VALUE when nothing waits. */
    public long nextDeadlineNanos() {
        if (stop.hasBegun()) {
            return Math.min(stop.deadline(), context.lanes().deadline());
        }
        long deadline = Math.min(deadlines.earliest(), dump.deadline());
        deadline = Math.min(deadline, context.startup().deadline());
        deadline = Math.min(deadline, context.lanes().deadline());
        deadline = Math.min(deadline, context.sockets().deadline());
        deadline = Math.min(deadline, context.sysctls().deadline());
        deadline = Math.min(deadline, context.duplicates().deadline());
        deadline = Math.min(deadline, context.trackers().deadline());
        deadline = Math.min(deadline, context.settling().deadline());
        deadline = Math.min(deadline, context.firewall().deadline());
        return Math.min(deadline, context.spacing().deadline());
    }

    /** The whole state: {@link #restore} makes a core of it that does what this one would do. */
    public byte[] snapshot() {
        SnapshotWriter out = new SnapshotWriter();
        out.putInt(SNAPSHOT_VERSION).putLong(startedNanos).putLong(reloadRequest);
        stop.save(out);
        context.moment().save(out);
        context.requests().save(out);
        context.outbox().save(out);
        context.kernel().save(out);
        dump.save(out);
        configurations.save(out);
        context.routers().all().forEach(router -> router.save(out));
        context.sockets().save(out);
        context.sysctls().save(out);
        context.duplicates().save(out);
        context.spacing().save(out);
        context.trackers().save(out);
        context.settling().save(out);
        context.firewall().save(out);
        unknownRouters.save(out);
        kernelListener.save(out);
        context.startup().save(out);
        context.lanes().save(out);
        context.fifos().save(out);
        return out.bytes();
    }

    /** Throws IllegalArgumentException or BufferUnderflowException for bytes that are no snapshot. */
    public static VrrpCore restore(byte[] snapshot) {
        VrrpCore core = new VrrpCore();
        if (snapshot.length > 0) {
            core.load(new SnapshotReader(snapshot));
        }
        return core;
    }

    private void load(SnapshotReader in) {
        int version = in.getInt();
        if (version != SNAPSHOT_VERSION) {
            throw new IllegalArgumentException(
                    "Expected a snapshot of version " + SNAPSHOT_VERSION + ", but found version " + version);
        }
        startedNanos = in.getLong();
        reloadRequest = in.getLong();
        stop.load(in);
        context.moment().load(in);
        context.requests().load(in);
        context.outbox().load(in);
        context.kernel().load(in);
        dump.load(in);
        configurations.load(in);
        List<VirtualRouter> all = context.routers().all();
        deadlines.reset(all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).refreshBase();
            all.get(i).slot = i;
            all.get(i).load(in);
            deadlines.update(i, all.get(i).deadline());
        }
        context.sockets().load(in, all);
        context.sysctls().load(in);
        context.duplicates().load(in);
        context.spacing().load(in);
        context.trackers().load(in, configurations.configuration());
        context.settling().load(in, configurations.configuration());
        context.firewall().load(in);
        unknownRouters.load(in);
        kernelListener.load(in);
        context.startup().load(in);
        context.lanes().load(in);
        context.fifos().load(in, configurations.global().fifos(), configurations.global().scriptSecurity());
        if (!in.isAtEnd()) {
            throw new IllegalArgumentException("Expected the end of the snapshot, but found more");
        }
    }

    /** A picture of the state that other threads may keep. */
    public CoreView view() {
        List<CoreView.InstanceView> instances = new ArrayList<>();
        context.routers().all().forEach(router -> instances.add(router.view()));
        List<CoreView.GroupView> groups = new ArrayList<>();
        for (SyncGroup group : context.routers().groups()) {
            groups.add(new CoreView.GroupView(group.name, group.state(), group.sinceNanos(), group.memberNames()));
        }
        return new CoreView(
                configurations.routerId(), startedNanos, context.moment().nowNanos(), context.moment().sequence(),
                instances, groups, context.trackers().view(), configurations.configuration(),
                context.startup().untilNanos());
    }

    /** For those in this package who ask more than {@link #view} shows. */
    List<VirtualRouter> routers() {
        return context.routers().all();
    }

    /** The name of a link as last observed, for narration; empty: not known. */
    public String linkName(int interfaceIndex) {
        ObservedLink link = context.kernel().byIndex(interfaceIndex);
        return link == null ? "" : link.name;
    }

    /** The name of an instance by the index that effects carry; empty: not known. */
    public String instanceName(int instance) {
        VirtualRouter router = context.routers().byId(instance);
        return router == null ? "" : router.configuration.name();
    }
}
