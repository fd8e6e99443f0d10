package org.vrrpd.proto.core;

import org.vrrpd.proto.config.VmacConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;

/**
 * Keeps a router's VMAC: a private macvlan on its interface with the virtual router MAC. It exists while the interface
 * does, and is up only while the router is MASTER: RFC 9568 section 6.4.2 forbids a BACKUP to receive frames for the
 * virtual MAC.
 */
final class VmacKeeper {

    /** Begins the alias of every VMAC we make, so that a later run knows it for ours. */
    static final String ALIAS = "vrrpd ";

    private static final int MAX_NAME = 15;
    private static final int MOST_NAMES = 10;

    private final VirtualRouter router;
    private final Routers routers;
    private final Kernel kernel;
    private final Outbox outbox;
    private final Moment moment;
    private final Backoff backoff = new Backoff();
    private final Backoff changeBackoff = new Backoff();
    private final Backoff configureBackoff = new Backoff();
    private final long mac;
    /** How often the name was taken by something else. */
    private int nameTry;
    private long pendingCreate;
    /** The interface that the VMAC under way is for. */
    private int createdOn;
    private long pendingChange;
    /** The link that has been configured; 0: none. */
    private int configuredIndex;
    /** What it must have been told, and did not acknowledge yet. */
    private boolean aliasWanted;
    private boolean generationWanted;
    private long pendingAlias;
    private long pendingGeneration;
    /** The VMAC as last observed; null: there is none. Kept, since the path of an advertisement asks for it. */
    private ObservedLink link;
    private String failure = "";
    private String changeFailure = "";

    VmacKeeper(VirtualRouter router, CoreContext context) {
        this.router = router;
        this.routers = context.routers();
        this.kernel = context.kernel();
        this.outbox = context.outbox();
        this.moment = context.moment();
        long configured = router.configuration.vmac().mac();
        this.mac = configured != VmacConfiguration.STANDARD_MAC
                ? configured
                : MacAddress.virtualRouter(router.configuration.family(), router.configuration.vrid());
    }

    long mac() {
        return mac;
    }

    /** The configured name, or vrrp.VRID, vrrp6.VRID (IPv6), vrrp1.VRID, …: the first that is not taken. */
    String name() {
        VmacConfiguration vmac = router.configuration.vmac();
        if (vmac.name() != null) {
            return vmac.name();
        }
        int vrid = router.configuration.vrid();
        boolean ipv6 = router.configuration.family() == Family.IPV6;
        String name = switch (nameTry) {
            case 0 -> "vrrp." + vrid;
            case 1 -> ipv6 ? "vrrp6." + vrid : "vrrp1." + vrid;
            default -> "vrrp" + (ipv6 ? nameTry + 5 : nameTry) + "." + vrid;
        };
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    /** The VMAC as observed; null: there is none. */
    ObservedLink link() {
        return link;
    }

    /** Looks for the VMAC among the links, after one of them changed. */
    void refreshLink() {
        link = null;
        ObservedLink base = router.base();
        for (ObservedLink candidate : kernel.links()) {
            if (base != null && link == null && isOurs(candidate, base)) {
                link = candidate;
            }
        }
    }

    private boolean isOurs(ObservedLink candidate, ObservedLink base) {
        String configured = router.configuration.vmac().name();
        return !candidate.leaving && candidate.parentIndex == base.index && candidate.mac == mac
                && candidate.kind.equals("macvlan")
                && candidate.macvlanMode == NetlinkConstants.MACVLAN_MODE_PRIVATE
                && (configured == null || candidate.name.equals(configured));
    }

    /** True when addresses can be put on it. */
    boolean isReady() {
        return link != null && link.index == configuredIndex;
    }

    void reconcile(boolean up) {
        if (link == null) {
            if (configuredIndex != 0) {
                lost();
            }
            create();
            return;
        }
        if (link.index != configuredIndex) {
            configure();
        } else if (configureBackoff.isDue(moment.nowNanos())) {
            askToConfigure();
        }
        if (link.isUp() == up) {
            changeFailure = "";
            changeBackoff.succeeded();
        } else if (pendingChange == 0 && changeBackoff.isDue(moment.nowNanos())) {
            pendingChange = outbox.setLinkUp(router.id, link.index, up);
        }
    }

    /** It has gone, or is not what it was: its interface was renamed away, or somebody changed it. */
    private void lost() {
        ObservedLink former = kernel.byIndex(configuredIndex);
        if (former != null && !former.leaving && former.alias.startsWith(ALIAS)) {
            outbox.deleteLink(router.id, former.index); // nothing but a MASTER may take frames for the virtual MAC
            former.askedToDelete();
        }
        configuredIndex = 0;
        pendingChange = 0;
        if (router.base() != null) {
            router.note(NoteKind.VMAC_TAKEN, name(), "", 1);
        }
    }

    private void create() {
        ObservedLink base = router.base();
        if (base == null || !base.isEthernet()) {
            failure = "";
            backoff.succeeded();
            return;
        }
        if (pendingCreate != 0 || !backoff.isDue(moment.nowNanos())) {
            return;
        }
        while (isTaken(name()) && router.configuration.vmac().name() == null && nameTry < MOST_NAMES - 1) {
            nameTry++;
        }
        pendingCreate = outbox.createMacvlan(router.id, base.index, name(), mac, alias());
        createdOn = base.index;
    }

    private boolean isTaken(String name) {
        ObservedLink holder = kernel.byName(name);
        return holder != null && !holder.leaving || routers.isVmacNameOfEarlier(name, router);
    }

    private String alias() {
        return ALIAS + router.configuration.name();
    }

    /** The kernel must not make addresses of its own from the virtual MAC (RFC 9568 section 7.4). */
    private void configure() {
        if (pendingCreate == 0) {
            router.note(NoteKind.STALE_VMAC, link.name, "using it", 1);
        }
        configuredIndex = link.index;
        link.unwanted = false;
        aliasWanted = true; // the kernel ignores it when a link is made
        generationWanted = true;
        pendingAlias = 0;
        pendingGeneration = 0;
        configureBackoff.succeeded();
        askToConfigure();
        failure = "";
        backoff.succeeded();
    }

    private void askToConfigure() {
        if (aliasWanted && pendingAlias == 0) {
            pendingAlias = outbox.setAlias(router.id, link.index, alias());
        }
        if (generationWanted && pendingGeneration == 0) {
            pendingGeneration = outbox.setAddressGenerationNone(router.id, link.index);
        }
    }

    private boolean onConfigured(int sequence, int errno) {
        if ((int) pendingAlias == sequence && pendingAlias != 0) {
            pendingAlias = 0;
            aliasWanted = errno != 0;
        } else if ((int) pendingGeneration == sequence && pendingGeneration != 0) {
            pendingGeneration = 0;
            generationWanted = errno != 0 && errno != Errno.EAFNOSUPPORT; // without IPv6 it makes none
        } else {
            return false;
        }
        if (!aliasWanted && !generationWanted) {
            configureBackoff.succeeded();
        } else if (errno != 0 && configureBackoff.isDue(moment.nowNanos())) {
            configureBackoff.failed(moment.nowNanos());
        }
        return true;
    }

    /** True when the request was one of these. */
    boolean onAnswer(int sequence, int errno, String text) {
        if ((int) pendingCreate == sequence && pendingCreate != 0) {
            pendingCreate = 0;
            if (errno != 0 && kernel.byIndex(createdOn) != null) {
                createFailed(errno, text);
            }
            return true;
        }
        if ((int) pendingChange == sequence && pendingChange != 0) {
            pendingChange = 0;
            if (errno != 0 && link != null) {
                changeFailure = Errno.text(errno) + (text.isEmpty() ? "" : ": " + text);
                changeBackoff.failed(moment.nowNanos());
                moment.because(Cause.EFFECT_FAILED, "setting up " + link.name, Errno.text(errno));
            }
            return true;
        }
        return onConfigured(sequence, errno);
    }

    private void createFailed(int errno, String text) {
        moment.because(Cause.EFFECT_FAILED, "making " + name(), Errno.text(errno));
        if (errno == Errno.EEXIST && router.configuration.vmac().name() == null) {
            nameTry = (nameTry + 1) % MOST_NAMES;
        }
        failure = errno == Errno.EOPNOTSUPP
                ? "this kernel has no macvlan"
                : Errno.text(errno) + (text.isEmpty() ? "" : ": " + text);
        backoff.failed(moment.nowNanos());
    }

    /** What was asked before the request has its answer, or never gets one. */
    void onKernelRead(long firstRequest) {
        pendingCreate = pendingCreate < firstRequest ? 0 : pendingCreate;
        pendingChange = pendingChange < firstRequest ? 0 : pendingChange;
        pendingAlias = pendingAlias < firstRequest ? 0 : pendingAlias;
        pendingGeneration = pendingGeneration < firstRequest ? 0 : pendingGeneration;
    }

    void findFaults(FaultList faults) {
        if (link == null && router.base() != null && !failure.isEmpty()) {
            faults.found(FaultReason.VMAC_FAILED, name(), failure);
        }
        if (link != null && !changeFailure.isEmpty()) {
            faults.found(FaultReason.VMAC_DOWN, link.name, changeFailure);
        }
    }

    /** Takes the VMAC away; addresses on it go with it. */
    void delete() {
        if (link != null) {
            outbox.deleteLink(router.id, link.index);
            link.askedToDelete();
            link = null;
            configuredIndex = 0;
        }
    }

    /** The next one that is later; those before have been considered, and wait for an event. */
    long deadlineAfter(long considered) {
        if (link != null) {
            long change = pendingChange != 0 ? Moment.NEVER : changeBackoff.deadline();
            boolean waits = aliasWanted && pendingAlias == 0 || generationWanted && pendingGeneration == 0;
            return Moment.earlier(Moment.earlier(Moment.NEVER, change, considered),
                    waits ? configureBackoff.deadline() : Moment.NEVER, considered);
        }
        return pendingCreate != 0 || router.base() == null
                ? Moment.NEVER
                : Moment.earlier(Moment.NEVER, backoff.deadline(), considered);
    }

    void save(SnapshotWriter out) {
        out.putInt(nameTry).putLong(pendingCreate).putInt(createdOn).putLong(pendingChange).putInt(configuredIndex)
                .putText(failure).putText(changeFailure).putBoolean(aliasWanted).putBoolean(generationWanted)
                .putLong(pendingAlias).putLong(pendingGeneration);
        backoff.save(out);
        changeBackoff.save(out);
        configureBackoff.save(out);
    }

    void load(SnapshotReader in) {
        nameTry = in.getInt();
        pendingCreate = in.getLong();
        createdOn = in.getInt();
        pendingChange = in.getLong();
        configuredIndex = in.getInt();
        failure = in.getText();
        changeFailure = in.getText();
        aliasWanted = in.getBoolean();
        generationWanted = in.getBoolean();
        pendingAlias = in.getLong();
        pendingGeneration = in.getLong();
        backoff.load(in);
        changeBackoff.load(in);
        configureBackoff.load(in);
    }
}
