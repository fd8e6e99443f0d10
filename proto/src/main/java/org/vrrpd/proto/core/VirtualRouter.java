package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.vrrp.Advertisement;

/**
 * One virtual router: RFC 9568 section 6.4's state machine, and FAULT beside it.
 *
 * <pre>
 * INIT    to FAULT   when something is missing             to BACKUP or MASTER (owner)  when the kernel is observed
 * BACKUP  to MASTER  when Master_Down_Timer fires          to FAULT  when something is missing
 * MASTER  to BACKUP  when a better router is heard         to FAULT  when something is missing
 * FAULT   to BACKUP or MASTER (owner)  when nothing is missing any more, whatever the order in which it came
 * any     to INIT    when the daemon stops or the instance is no longer configured
 * </pre>
 */
final class VirtualRouter {

    final int id;
    private final CoreContext context;
    final Counters counters = new Counters();
    private final TwinFilter twins = new TwinFilter();
    final DiscardLog discards = new DiscardLog();
    final Peer peer = new Peer();
    final UnicastPeers peers = new UnicastPeers();
    final Authenticator authenticator = new Authenticator();
    final RivalOwner rival = new RivalOwner(this);
    final MartianOwner martian = new MartianOwner(this);
    final PeerNotes peerNotes = new PeerNotes(this);
    final FaultList faults;
    final Announcer announcer;
    final AddressKeeper addresses;
    final AdvertisementSender sender;
    final ToldState told;
    final SourceKeeper sources = new SourceKeeper(this);
    /** Null: no VMAC. */
    final VmacKeeper vmac;
    private final FaultFinder faultFinder;

    InstanceConfiguration configuration;
    /** Null: in no group. */
    SyncGroup group;
    /** Null: the interface does not exist. */
    ReceiveSocket socket;
    /** Null: the VMAC is not listened on. */
    ReceiveSocket vmacSocket;
    boolean touched;
    boolean doubtful;
    /** Where its deadline stands in the queue. */
    int slot;

    private RouterState state = RouterState.INIT;
    private long sinceNanos;
    private long causeSequence;
    private StateCause stateCause = StateCause.NONE;
    private int effectivePriority;

    // observed, and derived from it
    private ObservedLink base;
    private long announcedMac = -1;
    private long reconciledAt = Moment.NEVER; // before that, nothing that was told is anything to do

    // BACKUP
    private long masterIntervalNanos;
    long masterDownAt = Moment.NEVER;
    long preemptAt = Moment.NEVER;
    boolean masterLeft;
    /** What it would be without its sync group. */
    boolean wantsMaster;

    // MASTER
    long advertisementAt = Moment.NEVER;
    long answeredAt = Moment.NEVER;

    VirtualRouter(int id, InstanceConfiguration configuration, CoreContext context) {
        this.id = id;
        this.context = context;
        this.configuration = configuration;
        this.effectivePriority = configuration.basePriority();
        this.masterIntervalNanos = configuration.advertisementIntervalNanos();
        this.faults = new FaultList(this, context);
        this.faultFinder = new FaultFinder(this, context);
        this.announcer = new Announcer(this, context);
        this.vmac = configuration.vmac() == null ? null : new VmacKeeper(this, context);
        this.addresses = new AddressKeeper(this, context);
        this.sender = new AdvertisementSender(this, context);
        this.told = new ToldState(this, context.notifier());
        this.sinceNanos = context.moment().nowNanos();
        refreshBase();
    }

    // what others ask

    Moment moment() {
        return context.moment();
    }

    RouterState state() {
        return state;
    }

    boolean isMaster() {
        return state == RouterState.MASTER;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    int effectivePriority() {
        return effectivePriority;
    }

    /** The interface; null: it does not exist. */
    ObservedLink base() {
        return base;
    }

    /** Null: there is none. */
    IpAddress source() {
        return sources.source();
    }

    /**
     * The VMAC to listen on as well; null: none. A private macvlan that is up takes every frame whose source is its own
     * MAC away from the base, and that is what another MASTER with a VMAC sends.
     */
    ObservedLink listeningVmac() {
        boolean multicast = !configuration.transport().isUnicast();
        return vmac != null && multicast && isMaster() && vmac.isReady() ? vmac.link() : null;
    }

    /** Where advertisements for it arrive: the group, or its own address; null: it has none now. */
    IpAddress listeningAddress() {
        return configuration.transport().isUnicast() ? sources.identity() : configuration.transport().multicastGroup();
    }

    /** True when nothing but an IPv6 link-local address can be missing on a link that works. */
    boolean awaitsLinkLocal() {
        return configuration.family() == Family.IPV6 && source() == null && base != null && base.isUpAndRunning();
    }

    String peerText() {
        IpAddress address = peer.address(configuration.family());
        return address == null ? "" : address.toString();
    }

    /** True when the address is a virtual one, which is never a source, unless its owner has it. */
    boolean isVirtualElsewhere(ObservedAddress candidate) {
        for (VirtualRouter router : context.routers().all()) {
            if (router.addresses.isConfigured(candidate.address)) {
                return !router.configuration.isOwner();
            }
        }
        return false;
    }

    boolean dependsOn(ObservedLink link, String formerName) {
        return isNamed(link.name) || isNamed(formerName)
                || vmac != null && base != null && link.parentIndex == base.index;
    }

    private boolean isNamed(String name) {
        if (name.equals(configuration.interfaceName())) {
            return true;
        }
        for (Tracked tracked : configuration.tracking().interfaces()) {
            if (tracked.name().equals(name)) {
                return true;
            }
        }
        for (ManagedAddress address : addresses.all()) {
            if (name.equals(address.wish.device())) {
                return true;
            }
        }
        return false;
    }

    void note(NoteKind kind, String subject, String detail, long count) {
        context.outbox().note(kind, id, configuration.name(), subject, detail, count);
    }

    // timers

    /** RFC 9568 section 6.1: the owner counts with 255, whatever is tracked. */
    private int timerPriority() {
        return configuration.isOwner() ? InstanceConfiguration.OWNER_PRIORITY : effectivePriority;
    }

    long masterIntervalNanos() {
        return masterIntervalNanos;
    }

    long skewTime() {
        return Timers.skewTime(configuration.version(), timerPriority(), masterIntervalNanos);
    }

    long masterDownInterval() {
        return Timers.masterDownInterval(
                configuration.version(), timerPriority(), masterIntervalNanos,
                configuration.election().downTimerAdverts());
    }

    /** How long the timer that runs was set to. */
    private long runningWait() {
        return masterLeft ? skewTime() : masterDownInterval();
    }

    /** v3 learns the master's interval, v2 has only its own (RFC 3768 section 6.1). */
    void adoptInterval(Advertisement advertisement) {
        if (configuration.version() == 3) {
            masterIntervalNanos = advertisement.intervalNanos();
        }
    }

    void restartMasterDown() {
        masterDownAt = moment().nowNanos() + masterDownInterval();
        context.routers().touch(this);
    }

    // what arrives

    /** A packet for our VRID; nothing in it has been checked yet but that it can be read. */
    void onAdvertisement(int socketId, Advertisement advertisement, long receivedNanos) {
        if (context.startup().isRunning()) {
            counters.add(CounterKind.IGNORED_IN_STARTUP_DELAY);
            return;
        }
        if (vmacSocket != null && twins.isTwin(socketId, advertisement, receivedNanos)) {
            return;
        }
        if (state != RouterState.BACKUP && state != RouterState.MASTER) {
            counters.add(CounterKind.IGNORED_IN_FAULT); // RFC 9568 section 6.4.1
            return;
        }
        CounterKind discard = AdvertisementCheck.discard(this, advertisement);
        if (discard != null) {
            discarded(discard, advertisement);
            return;
        }
        counters.add(CounterKind.ADVERTISEMENTS_RECEIVED);
        peerNotes.onValid(advertisement);
        if (martian.onValid(advertisement)) {
            context.routers().doubt(this);
        }
        if (isMaster()) {
            MasterState.onAdvertisement(this, advertisement, receivedNanos);
        } else {
            BackupState.onAdvertisement(this, advertisement, receivedNanos);
        }
        context.routers().touch(this);
    }

    /** Counted and, now and then, told; it changes nothing else (RFC 9568 section 7.1). */
    void discarded(CounterKind kind, Advertisement advertisement) {
        counters.add(kind);
        long count = discards.count(kind, moment().nowNanos());
        if (count > 0) {
            note(NoteKind.PACKETS_DISCARDED, advertisement.source().toString(), kind.text(), count);
        }
    }

    void onDeadline() {
        if (isMaster()) {
            MasterState.onDeadline(this);
            announcer.onDeadline();
            sources.onDeadline();
        } else if (state == RouterState.BACKUP) {
            BackupState.onDeadline(this);
        }
        if (keeperDeadline() <= moment().nowNanos()) {
            context.routers().doubt(this);
        }
        context.routers().touch(this);
    }

    /** True when the request was one of ours. */
    boolean onAnswer(int sequence, int errno, String text) {
        boolean ours = addresses.onAnswer(sequence, errno, text)
                || vmac != null && vmac.onAnswer(sequence, errno, text);
        if (ours) {
            context.routers().doubt(this);
        }
        return ours;
    }

    /** The kernel was read whole, beginning with the request. */
    void onKernelRead(long firstRequest) {
        addresses.onKernelRead(firstRequest);
        if (vmac != null) {
            vmac.onKernelRead(firstRequest);
        }
    }

    // transitions

    private void enter(RouterState next, StateCause cause) {
        RouterState former = state;
        state = next;
        sinceNanos = moment().nowNanos();
        causeSequence = moment().sequence();
        stateCause = cause;
        context.outbox().reportTransition(id, configuration.name(), former, next, cause);
        context.routers().doubt(this);
    }

    /** Master_Down_Timer fired. */
    void takeOver(StateCause cause) {
        StateCause because = context.startup().endsAt(masterDownAt) ? StateCause.of(Cause.OWNER_STARTED) : cause;
        if (group == null) {
            becomeMaster(because);
        } else {
            group.takeOver(this, because);
        }
    }

    /** The advertisement goes first, so that the old master removes its addresses before ours are announced. */
    void becomeMaster(StateCause cause) {
        masterDownAt = Moment.NEVER;
        preemptAt = Moment.NEVER;
        masterLeft = false;
        wantsMaster = true;
        answeredAt = Moment.NEVER;
        peer.forget();
        counters.add(CounterKind.BECAME_MASTER);
        if (configuration.isOwner()) {
            rival.forget();
            refreshPriority();
        }
        sender.send(effectivePriority);
        advertisementAt = moment().nowNanos() + configuration.advertisementIntervalNanos();
        masterIntervalNanos = configuration.advertisementIntervalNanos();
        enter(RouterState.MASTER, cause);
        reconcileKernel();
        announcer.onBecameMaster();
        announcer.send();
        told.tell();
    }

    /** A router of lower priority was heard, here or by another of the sync group. */
    void announceAgain() {
        announcer.onLowerPriorityHeard();
        announcer.send();
        context.routers().touch(this);
    }

    void becomeBackup(StateCause cause, long baseNanos, boolean priorityZero) {
        leaveMaster(priorityZero);
        wantsMaster = false;
        preemptAt = Moment.NEVER;
        masterLeft = false;
        masterDownAt = baseNanos + masterDownInterval();
        enter(RouterState.BACKUP, cause);
        told.tell();
    }

    void syncGroupToBackup() {
        if (group != null) {
            group.followToBackup(this);
        }
    }

    /** Priority 0 first, then the addresses: the peer takes over while ours go. */
    private void leaveMaster(boolean priorityZero) {
        if (!isMaster()) {
            return;
        }
        counters.add(CounterKind.RELEASED_MASTER);
        advertisementAt = Moment.NEVER;
        if (priorityZero && base != null && base.isUpAndRunning() && source() != null) {
            sender.send(0);
            counters.add(CounterKind.PRIORITY_ZERO_SENT);
        }
        sources.onLeftMaster();
        announcer.onLeftMaster();
        addresses.releaseAll();
        sender.stopped();
    }

    private void fail() {
        leaveMaster(true);
        masterDownAt = Moment.NEVER;
        preemptAt = Moment.NEVER;
        wantsMaster = false;
        peer.forget();
        enter(RouterState.FAULT, StateCause.of(moment()));
    }

    /** RFC 9568 section 6.4.1, also after a fault: the owner goes to MASTER at once, everyone else to BACKUP. */
    private void startUp() {
        masterIntervalNanos = configuration.advertisementIntervalNanos();
        boolean owner = configuration.isOwner() && (group == null || group.areAllOwners());
        if (state == RouterState.FAULT && !context.startup().isRunning()) {
            announcer.announceSource();
        }
        if (owner && !context.startup().isRunning()) {
            becomeMaster(StateCause.of(Cause.OWNER_STARTED));
        } else {
            becomeBackup(StateCause.of(moment()), context.startup().base(), false);
            masterDownAt = owner ? context.startup().base() : masterDownAt;
        }
    }

    /** The daemon stops, or the instance is no longer configured: everything of ours goes. */
    void release(Cause cause) {
        moment().because(cause, "", "");
        if (state != RouterState.INIT) {
            leaveMaster(true);
            masterDownAt = Moment.NEVER;
            preemptAt = Moment.NEVER;
            enter(RouterState.INIT, StateCause.of(cause));
        }
        addresses.releaseAll(); // also of a BACKUP: the kernel may have refused
        faults.begin();
        faults.finish();
        if (vmac != null) {
            vmac.delete();
        }
    }

    /** Timers that run are shifted by what the change is worth, not begun anew: reloading delays no take-over. */
    void reconfigure(InstanceConfiguration next) {
        if (next.equals(configuration)) {
            return;
        }
        InstanceConfiguration former = configuration;
        long formerWait = runningWait();
        int formerPriority = effectivePriority;
        boolean learned = former.version() == 3 && next.version() == 3 && peer.address(next.family()) != null;
        configuration = next;
        masterIntervalNanos = learned ? masterIntervalNanos : next.advertisementIntervalNanos();
        sender.refresh();
        addresses.reconfigure();
        effectivePriority = EffectivePriority.of(this, context);
        if (isMaster()) {
            MasterState.reconfigured(this, former, formerPriority);
            announcer.reconfigure(former.garp());
        } else if (masterDownAt != Moment.NEVER) {
            masterDownAt += runningWait() - formerWait;
            BackupState.reconfigured(this, former);
        }
        context.routers().doubt(this);
    }

    // what is observed

    void refreshBase() {
        base = context.kernel().byName(configuration.interfaceName());
        if (vmac != null) {
            vmac.refreshLink();
        }
    }

    /** Names every fault that holds. Base and source are known, and the sockets that they need are wanted. */
    void observe() {
        refreshPriority();
        faults.begin();
        faultFinder.find(faults);
    }

    /** A running Master_Down_Timer is shifted, not restarted. */
    void refreshPriority() {
        int next = EffectivePriority.of(this, context);
        if (next == effectivePriority) {
            return;
        }
        note(NoteKind.PRIORITY_CHANGED, Integer.toString(effectivePriority), Integer.toString(next), 1);
        long former = runningWait();
        effectivePriority = next;
        if (masterDownAt != Moment.NEVER) {
            masterDownAt += runningWait() - former;
        }
        context.notifier().priorityChanged(this);
    }

    /** Moves between FAULT and the others as the faults found demand. */
    void settle() {
        faults.finish();
        if (faults.isBlocking()) {
            if (state != RouterState.FAULT) {
                fail();
            }
        } else if (state == RouterState.FAULT || state == RouterState.INIT) {
            startUp();
        } else {
            sources.goesOn();
        }
        told.tell();
    }

    /** Makes the kernel hold what the state demands. */
    void reconcileKernel() {
        reconciledAt = moment().nowNanos();
        if (vmac != null) {
            vmac.reconcile(isMaster());
        }
        addresses.reconcile(isMaster());
        followMac();
        announcer.send();
    }

    /** Hosts must learn a new MAC at once: nothing else would tell them. */
    private void followMac() {
        long mac = base == null ? -1 : base.mac;
        if (isMaster() && vmac == null && announcedMac != -1 && mac != announcedMac && mac != -1) {
            note(NoteKind.MAC_CHANGED, base.name, MacAddress.text(mac), 1);
            announcer.announceAll(configuration.garp().masterRepeat());
        }
        announcedMac = mac;
    }

    // deadlines

    /** A retry that the last reconciliation already considered waits for an event, not for time. */
    private long keeperDeadline() {
        long deadline = Math.min(addresses.deadlineAfter(reconciledAt), sources.deadlineAfter(reconciledAt));
        return vmac == null ? deadline : Math.min(deadline, vmac.deadlineAfter(reconciledAt));
    }

    long deadline() {
        long deadline = Math.min(masterDownAt, advertisementAt);
        deadline = Math.min(deadline, announcer.deadline());
        return Math.min(deadline, keeperDeadline());
    }

    CoreView.InstanceView view() {
        return RouterViews.of(this, configuration, stateCause, causeSequence);
    }

    void save(SnapshotWriter out) {
        out.putInt(state.ordinal()).putLong(sinceNanos).putLong(causeSequence).putInt(effectivePriority)
                .putLong(announcedMac).putLong(reconciledAt).putLong(masterIntervalNanos)
                .putLong(masterDownAt).putLong(preemptAt).putBoolean(masterLeft).putBoolean(wantsMaster)
                .putLong(advertisementAt).putLong(answeredAt);
        stateCause.save(out);
        sources.save(out);
        counters.save(out);
        twins.save(out);
        discards.save(out);
        peer.save(out);
        rival.save(out);
        martian.save(out);
        peerNotes.save(out);
        faults.save(out);
        announcer.save(out);
        addresses.save(out);
        sender.save(out);
        told.save(out);
        if (vmac != null) {
            vmac.save(out);
        }
    }

    void load(SnapshotReader in) {
        state = RouterState.ofNumber(in.getInt());
        sinceNanos = in.getLong();
        causeSequence = in.getLong();
        effectivePriority = in.getInt();
        announcedMac = in.getLong();
        reconciledAt = in.getLong();
        masterIntervalNanos = in.getLong();
        masterDownAt = in.getLong();
        preemptAt = in.getLong();
        masterLeft = in.getBoolean();
        wantsMaster = in.getBoolean();
        advertisementAt = in.getLong();
        answeredAt = in.getLong();
        stateCause = StateCause.load(in);
        sources.load(in);
        counters.load(in);
        twins.load(in);
        discards.load(in);
        peer.load(in);
        rival.load(in);
        martian.load(in);
        peerNotes.load(in);
        faults.load(in);
        announcer.load(in);
        addresses.load(in);
        sender.load(in);
        told.load(in);
        if (vmac != null) {
            vmac.load(in);
        }
    }
}
