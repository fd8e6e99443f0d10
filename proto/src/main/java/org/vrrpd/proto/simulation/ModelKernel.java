package org.vrrpd.proto.simulation;

import static org.vrrpd.proto.rtnetlink.NetlinkConstants.*;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.AddressMessage;
import org.vrrpd.proto.rtnetlink.LinkMessage;
import org.vrrpd.proto.rtnetlink.NetlinkCursor;

/**
 * Linux as far as the core sees it: links, addresses and sysctls, changed by rtnetlink requests and by the test, and
 * told about in real rtnetlink bytes in the order in which the kernel tells. Every method named in the past tense is
 * something that happens in the world; the switches are fields.
 */
public final class ModelKernel {

    /** A link; its flags are derived from its state and, of a macvlan, its parent's. */
    public final class Link {
        public final int index;
        public String name;
        public boolean up;
        public boolean carrier = true;
        public boolean noArp;
        public long mac;
        public int parent;
        public int hardwareType = ARPHRD_ETHER;
        public String alias = "";
        /** The name under which it was plugged in, which it keeps when it is renamed; empty: it is not. */
        public String plug = "";
        /** What the kernel makes of the MAC when the link is running; null: nothing. */
        public IpAddress linkLocal;
        public final List<Address> addresses = new ArrayList<>();

        public Link(int index, String name) {
            this.index = index;
            this.name = name;
        }

        boolean isEthernet() {
            return hardwareType == ARPHRD_ETHER;
        }

        public boolean isRunning() {
            Link below = links.get(parent);
            return up && carrier && (parent == 0 || below != null && below.isRunning());
        }

        public int flags() {
            return IFF_MULTICAST | (noArp ? IFF_NOARP : 0) | (up ? IFF_UP : 0)
                    | (isRunning() ? IFF_RUNNING | IFF_LOWER_UP : 0);
        }

        public Address find(IpAddress address) {
            for (Address each : addresses) {
                if (each.address.equals(address)) {
                    return each;
                }
            }
            return null;
        }
    }

    /** An address on a link. */
    public static final class Address {
        public final IpAddress address;
        public final int prefix;
        public int flags;
        public int scope;
        public int protocol;
        public IpAddress peer;

        public Address(String text, int flags) {
            String[] parts = text.split("/");
            this.address = IpAddress.parse(parts[0]);
            this.prefix = parts.length > 1 ? Integer.parseInt(parts[1]) : address.family().addressBits();
            this.flags = flags;
            this.scope = address.isLinkLocal() ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
        }
    }

    /** While it lasts, requests of the type are answered with the errno and change nothing. */
    private record Refusal(int requestType, int errno) {}

    private static final int ARPHRD_PPP = 512;
    static final String PROMOTE_ALL = "net/ipv4/conf/all/promote_secondaries";

    public final TreeMap<Integer, Link> links = new TreeMap<>();
    public final TreeMap<String, String> sysctls = new TreeMap<>();
    public final Set<String> refusedSysctls = new HashSet<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final NetlinkMessages messages = new NetlinkMessages();
    private final Consumer<byte[]> receiver;
    private final NetlinkCursor cursor = new NetlinkCursor();
    private final LinkMessage linkMessage = new LinkMessage();
    private final AddressMessage addressMessage = new AddressMessage();
    private int nextIndex = 2;

    /** Is shown each link that changes, is new or is gone, whether or not anybody else is told. */
    Consumer<Link> changed = link -> { };
    /** Hears of an address for which the detection of duplicates begins. */
    public BiConsumer<Link, Address> detecting = (link, address) -> { };
    /** Requests that the kernel is slow to execute, as one whose locks another program holds. */
    final LateQueue requested = new LateQueue();
    private final TreeMap<String, Link> unplugged = new TreeMap<>();
    /** Whose requests are executed: the answers for a daemon that is gone reach nobody. */
    private int asker;
    private int asked;
    public boolean macvlanMissing;
    /** Dumps are not answered at all. */
    public boolean dumpsSilent;
    /** The next dump is marked as interrupted. */
    public boolean dumpInterrupted;
    /** The socket's buffer is full: everything told is lost, until the overrun is read. */
    public boolean dropping;
    /** Requests executed, by type. */
    public final List<Integer> requests = new ArrayList<>();

    public ModelKernel(Consumer<byte[]> receiver) {
        this.receiver = receiver;
    }

    // the world

    /** One that is no Ethernet, such as a tunnel: it has no MAC, and no cable goes into it. */
    Link tunnelAppeared(String name) {
        Link link = new Link(nextIndex++, name);
        link.hardwareType = ARPHRD_PPP;
        return appeared(link);
    }

    public Link linkAppeared(String name) {
        Link link = new Link(nextIndex++, name);
        link.mac = 0x5254_0000_0000L + link.index;
        link.plug = pluggedIn(name) == null ? name : "";
        Link former = unplugged.remove(link.plug);
        if (former != null) { // the same card, under a new index
            link.mac = former.mac;
            link.linkLocal = former.linkLocal;
        }
        return appeared(link);
    }

    private Link appeared(Link link) {
        links.put(link.index, link);
        sysctls.put("net/ipv4/conf/" + link.name + "/rp_filter", "2");
        tell(link);
        return link;
    }

    /** Up, running, with the addresses; what is not an address yet is told link by link as the kernel does. */
    public Link linkReady(String name, String... addresses) {
        Link link = linkAppeared(name);
        setUp(link, true);
        for (String address : addresses) {
            addressAdded(link, address);
        }
        return link;
    }

    public Link byName(String name) {
        return links.values().stream().filter(link -> link.name.equals(name)).findFirst().orElse(null);
    }

    /** The interface at the place, whatever it is called now. */
    Link pluggedIn(String plug) {
        return links.values().stream().filter(link -> link.plug.equals(plug)).findFirst().orElse(null);
    }

    public void setUp(Link link, boolean up) {
        if (link.up == up) {
            return;
        }
        link.up = up;
        tell(link);
        if (!up) {
            List.copyOf(link.addresses).stream().filter(each -> each.address.family() == Family.IPV6)
                    .forEach(each -> addressRemoved(link, each.address.toString()));
        }
        tellStacked(link);
        begunToRun(link);
    }

    public void setCarrier(Link link, boolean carrier) {
        link.carrier = carrier;
        tell(link);
        tellStacked(link);
        begunToRun(link);
    }

    private void tellStacked(Link below) {
        links.values().stream().filter(link -> link.parent == below.index).forEach(this::tell);
    }

    /** Detection begins when there is somebody to ask. */
    private void begunToRun(Link link) {
        if (!link.isRunning()) {
            return;
        }
        for (Link each : List.copyOf(links.values())) {
            if (each == link || each.parent == link.index) {
                each.addresses.forEach(address -> detect(each, address));
            }
        }
        if (link.linkLocal != null && link.find(link.linkLocal) == null) {
            addressAdded(link, link.linkLocal + "/64", IFA_F_TENTATIVE | IFA_F_PERMANENT);
        }
    }

    public void setNoArp(Link link, boolean noArp) {
        link.noArp = noArp;
        tell(link);
    }

    public void macChanged(Link link, long mac) {
        link.mac = mac;
        tell(link);
    }

    public void renamed(Link link, String name) {
        String former = "/conf/" + link.name + "/";
        for (String path : List.copyOf(sysctls.keySet())) {
            if (path.contains(former)) {
                sysctls.put(path.replace(former, "/conf/" + name + "/"), sysctls.remove(path));
            }
        }
        link.name = name;
        tell(link);
    }

    public void linkRemoved(Link link) {
        List.copyOf(links.values()).stream().filter(each -> each.parent == link.index).forEach(this::linkRemoved);
        if (link.up) {
            setUp(link, false);
        }
        while (!link.addresses.isEmpty()) {
            addressRemoved(link, link.addresses.get(link.addresses.size() - 1).address.toString());
        }
        links.remove(link.index);
        if (!link.plug.isEmpty()) {
            unplugged.put(link.plug, link);
        }
        sysctls.keySet().removeIf(path -> path.contains("/conf/" + link.name + "/"));
        changed.accept(link);
        send(messages.link(RTM_DELLINK, 0, 0, link).take());
    }

    public void addressAdded(Link link, String text) {
        addressAdded(link, text, IFA_F_PERMANENT);
    }

    public Address addressAdded(Link link, String text, int flags) {
        Address address = new Address(text, flags);
        add(link, address);
        tell(link, address);
        return address;
    }

    /** Of IPv4, the second address of a subnet is a secondary one. */
    private static void add(Link link, Address address) {
        if (link.addresses.stream().anyMatch(each -> isPrimaryOf(each, address))) {
            address.flags |= IFA_F_SECONDARY;
        }
        link.addresses.add(address);
    }

    private static boolean isPrimaryOf(Address primary, Address other) {
        return primary.address.family() == Family.IPV4 && other.address.family() == Family.IPV4
                && (primary.flags & IFA_F_SECONDARY) == 0 && primary.prefix == other.prefix
                && (primary.prefix == 0
                || (primary.address.low() ^ other.address.low()) << 32 >>> 64 - primary.prefix == 0);
    }

    /**
     * With a primary IPv4 address its secondary ones go first, unless they are promoted: then the first of them is told
     * as a primary one (observed with Linux 6.18).
     */
    public void addressRemoved(Link link, String text) {
        Address address = link.find(IpAddress.parse(text));
        link.addresses.remove(address);
        List<Address> secondary = link.addresses.stream().filter(each ->
                (each.flags & IFA_F_SECONDARY) != 0 && isPrimaryOf(address, each)).toList();
        if (!promotesSecondaries(link)) {
            for (Address each : secondary) {
                link.addresses.remove(each);
                send(messages.address(RTM_DELADDR, 0, 0, link.index, each).take());
            }
        }
        send(messages.address(RTM_DELADDR, 0, 0, link.index, address).take());
        if (promotesSecondaries(link) && !secondary.isEmpty()) {
            secondary.get(0).flags &= ~IFA_F_SECONDARY;
            tell(link, secondary.get(0));
        }
    }

    /** Unless it was set otherwise: systemd has Linux promote them on all interfaces. */
    private boolean promotesSecondaries(Link link) {
        return sysctls.getOrDefault(PROMOTE_ALL, "1").equals("1")
                || "1".equals(sysctls.get("net/ipv4/conf/" + link.name + "/promote_secondaries"));
    }

    public void dadCompleted(Link link) {
        for (Address address : List.copyOf(link.addresses)) {
            if (isBeingDetected(address)) {
                address.flags &= ~IFA_F_TENTATIVE;
                tell(link, address);
            }
        }
    }

    /** Whether a link that runs has it, and is sure of it. */
    boolean answersFor(IpAddress wanted) {
        for (Link link : links.values()) {
            Address address = link.find(wanted);
            if (address != null && link.isRunning() && (address.flags & IFA_F_TENTATIVE) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Of one address, if it is still there and waits for it. */
    void detected(Link link, Address address, boolean duplicate) {
        if (link.addresses.contains(address) && link.isRunning() && isBeingDetected(address)) {
            address.flags = duplicate ? address.flags | IFA_F_DADFAILED : address.flags & ~IFA_F_TENTATIVE;
            tell(link, address);
        }
    }

    private static boolean isBeingDetected(Address address) {
        return (address.flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED)) == IFA_F_TENTATIVE;
    }

    private void detect(Link link, Address address) {
        if (isBeingDetected(address) && link.isRunning()) {
            detecting.accept(link, address);
        }
    }

    public void dadFailed(Link link) {
        for (Address address : List.copyOf(link.addresses)) {
            if (isBeingDetected(address)) {
                address.flags |= IFA_F_DADFAILED;
                tell(link, address);
            }
        }
    }

    // switches

    /** @param errno 0: no longer */
    public void refuse(int requestType, int errno) {
        refusals.removeIf(each -> each.requestType == requestType);
        if (errno != 0) {
            refusals.add(new Refusal(requestType, errno));
        }
    }

    public boolean isRefusing() {
        return !refusals.isEmpty();
    }

    public void refuseNothing() {
        refusals.clear();
    }

    // telling

    private void tell(Link link) {
        changed.accept(link);
        send(messages.link(RTM_NEWLINK, 0, 0, link).take());
    }

    private void tell(Link link, Address address) {
        detect(link, address);
        send(messages.address(RTM_NEWADDR, 0, 0, link.index, address).take());
    }

    private void answer(int errno) {
        reply(messages.answer(cursor.sequence(), errno, cursor.type()).take());
    }

    private void reply(byte[] datagram) {
        if (asked == asker) {
            send(datagram);
        }
    }

    /** The next requests are those of another daemon. */
    void askerGone() {
        asker++;
    }

    private void send(byte[] datagram) {
        if (!dropping) {
            receiver.accept(datagram);
        }
    }

    // requests

    /** Executes one request, as sendmsg does: what it changes is told, and then it is answered. */
    public void execute(ByteBuffer buffer, int offset, int length) {
        int of = asker;
        requested.pass(() -> execute(of, buffer, offset, length));
    }

    private void execute(int of, ByteBuffer buffer, int offset, int length) {
        asked = of;
        cursor.wrap(buffer, offset, length);
        if (!cursor.next()) {
            throw new IllegalStateException("Expected a netlink request, but found " + length + " other bytes");
        }
        requests.add(cursor.type());
        for (Refusal refusal : refusals) {
            if (refusal.requestType == cursor.type()) {
                answer(refusal.errno);
                return;
            }
        }
        switch (cursor.type()) {
            case RTM_GETLINK, RTM_GETADDR -> dump();
            case RTM_NEWLINK -> createMacvlan();
            case RTM_SETLINK -> setLink();
            case RTM_DELLINK -> deleteLink();
            case RTM_NEWADDR -> newAddress();
            case RTM_DELADDR -> deleteAddress();
            default -> throw new IllegalStateException("Expected a known request, but found type " + cursor.type());
        }
    }

    private void dump() {
        if (dumpsSilent) {
            return;
        }
        int flags = NLM_F_MULTI | (dumpInterrupted ? NLM_F_DUMP_INTR : 0);
        dumpInterrupted = false;
        for (Link link : links.values()) {
            if (cursor.type() == RTM_GETLINK) {
                messages.link(RTM_NEWLINK, flags, cursor.sequence(), link);
            } else {
                link.addresses.forEach(each ->
                        messages.address(RTM_NEWADDR, flags, cursor.sequence(), link.index, each));
            }
        }
        byte[] replies = messages.take();
        if (replies.length > 0) {
            reply(replies);
        }
        reply(messages.done(cursor.sequence(), flags).take());
    }

    private void createMacvlan() {
        linkMessage.wrap(cursor);
        if (macvlanMissing) {
            answer(Errno.EOPNOTSUPP);
        } else if (links.get(linkMessage.linkIndex()) == null) {
            answer(Errno.ENODEV);
        } else if (byName(linkMessage.name()) != null) {
            answer(Errno.EEXIST);
        } else {
            Link link = new Link(nextIndex++, linkMessage.name());
            link.mac = linkMessage.mac();
            link.parent = linkMessage.linkIndex();
            appeared(link); // Linux ignores the alias here, and so do we
            answer(0);
        }
    }

    private void setLink() {
        linkMessage.wrap(cursor);
        Link link = links.get(linkMessage.index());
        if (link == null) {
            answer(Errno.ENODEV);
            return;
        }
        if (!linkMessage.alias().isEmpty()) {
            link.alias = linkMessage.alias();
            tell(link);
        }
        boolean changesUp = (Integer.reverseBytes(cursor.buffer().getInt(cursor.payloadOffset() + 12)) & IFF_UP) != 0;
        boolean up = (linkMessage.flags() & IFF_UP) != 0;
        if (changesUp && up && isMacTaken(link)) {
            answer(98);
            return;
        }
        if (changesUp) {
            setUp(link, up);
        }
        answer(0);
    }

    private boolean isMacTaken(Link link) {
        return links.values().stream().anyMatch(
                other -> other != link && other.parent == link.parent && other.up && other.mac == link.mac);
    }

    private void deleteLink() {
        linkMessage.wrap(cursor);
        Link link = links.get(linkMessage.index());
        if (link == null) {
            answer(Errno.ENODEV);
            return;
        }
        linkRemoved(link);
        answer(0);
    }

    private void newAddress() {
        addressMessage.wrap(cursor);
        Link link = links.get(addressMessage.interfaceIndex());
        if (link == null) {
            answer(Errno.ENODEV);
        } else if (link.find(addressMessage.address()) != null) {
            answer(Errno.EEXIST);
        } else {
            Address address = new Address(addressMessage.address() + "/" + addressMessage.prefixLength(), 0);
            boolean ipv6 = address.address.family() == Family.IPV6;
            boolean detects = ipv6 && (addressMessage.flags() & IFA_F_NODAD) == 0;
            address.flags = addressMessage.flags() | IFA_F_PERMANENT | (detects ? IFA_F_TENTATIVE : 0);
            address.protocol = addressMessage.protocol();
            address.peer = addressMessage.peer();
            add(link, address);
            if (ipv6) {
                answer(0); // the kernel tells about an IPv6 address from its work queue, after the answer
                tell(link, address);
            } else {
                tell(link, address);
                answer(0);
            }
        }
    }

    private void deleteAddress() {
        addressMessage.wrap(cursor);
        Link link = links.get(addressMessage.interfaceIndex());
        Address address = link == null ? null : link.find(addressMessage.address());
        if (link == null) {
            answer(Errno.ENODEV);
        } else if (address == null || !java.util.Objects.equals(address.peer, addressMessage.peer())) {
            answer(Errno.EADDRNOTAVAIL);
        } else {
            addressRemoved(link, addressMessage.address().toString());
            answer(0);
        }
    }

    /** Writes a sysctl; returns what it was, or null when there is none or it may not be written. */
    public String writeSysctl(String path, String value) {
        String[] parts = path.split("/");
        boolean ofLink = !parts[3].equals("all") && !parts[3].equals("default");
        if (refusedSysctls.contains(path) || ofLink && byName(parts[3]) == null) {
            return null;
        }
        String former = sysctls.getOrDefault(path, "0");
        sysctls.put(path, value);
        return former;
    }

    /** True when some link holds the address. */
    public boolean holds(String text) {
        return holds(IpAddress.parse(text));
    }

    public boolean holds(IpAddress address) {
        for (Link link : links.values()) {
            if (link.find(address) != null) {
                return true;
            }
        }
        return false;
    }
}
