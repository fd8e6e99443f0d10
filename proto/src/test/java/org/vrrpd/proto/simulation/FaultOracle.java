package org.vrrpd.proto.simulation;

import java.util.List;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.core.InstanceProbe;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;

/**
 * Whether an instance has a reason for FAULT, read off the host as it is and not off what the core was told of it. It
 * knows links and addresses, and asks {@link TrackerOracle} about the rest that is tracked; what the kernel refuses it
 * does not judge.
 */
final class FaultOracle {

    private static final int UNUSABLE = NetlinkConstants.IFA_F_TENTATIVE | NetlinkConstants.IFA_F_DADFAILED;

    static final String NO_SOURCE = "no source";

    private final SimulatedHost host;
    private final TrackerOracle trackers;
    /** Those in force. */
    private final List<InstanceProbe> instances;
    private final SettledLinks links;

    FaultOracle(SimulatedHost host, SettledLinks links, TrackerOracle trackers, List<InstanceProbe> instances) {
        this.host = host;
        this.links = links;
        this.trackers = trackers;
        this.instances = instances;
    }

    /** What is the matter with it or with a member of its group; null: nothing. */
    String fault(InstanceProbe instance) {
        String own = ownFault(instance.configuration());
        for (InstanceProbe other : instances) {
            if (own == null && other.groupName() != null && other.groupName().equals(instance.groupName())) {
                own = ownFault(other.configuration());
            }
        }
        return own;
    }

    private String ownFault(InstanceConfiguration instance) {
        ModelKernel.Link link = host.kernel.byName(instance.interfaceName());
        if (link == null) {
            return "no " + instance.interfaceName();
        }
        if (!link.isEthernet()) {
            return link.name + " is not Ethernet";
        }
        if (instance.tracking().trackPrimary() && !links.countsAsUp(link.name)) {
            return link.name + " does not run";
        }
        IpAddress wanted = instance.transport().sourceAddress();
        if (wanted != null) { // Linux sends from no address that it does not have, tracked or not
            ModelKernel.Address found = link.find(wanted);
            if (found == null || (found.flags & UNUSABLE) != 0) {
                return NO_SOURCE + " " + wanted + " on " + link.name;
            }
        } else if (link.addresses.stream().noneMatch(each -> isSource(instance, each))) {
            return NO_SOURCE + " on " + link.name;
        }
        for (Tracked tracked : instance.tracking().interfaces()) {
            if (tracked.weight() == 0 && links.countsAsUp(tracked.name()) == tracked.reverse()) {
                return tracked.name() + (tracked.reverse() ? " runs" : " does not run");
            }
        }
        return trackers.fault(instance.name());
    }

    private boolean isSource(InstanceConfiguration instance, ModelKernel.Address address) {
        if (address.address.family() != instance.family() || (address.flags & UNUSABLE) != 0
                || address.protocol == NetlinkConstants.OUR_ADDRESS_PROTOCOL) {
            return false;
        }
        if (instance.family() == Family.IPV6 && !address.address.isLinkLocal()) {
            return false;
        }
        return instance.isOwner() || instances.stream()
                .filter(each -> !each.configuration().isOwner()) // an owner's is the host's own
                .flatMap(each -> each.configuration().virtualAddresses().stream())
                .map(VirtualAddress::address).noneMatch(address.address::equals);
    }
}
