package org.vrrpd.proto.simulation;

import java.util.List;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.simulation.Timeline.Holder;
import org.vrrpd.proto.simulation.Timeline.RouterId;
import org.vrrpd.proto.simulation.Timeline.Span;

/**
 * What became of a scenario. All times are nanoseconds since its beginning, when the nodes had settled.
 *
 * @param about what the scenario is, in words; may be empty
 * @param startNanos from the common start of all nodes until each address was served; -1: one never was
 * @param settled whether nothing moved any more when it began
 */
public record Rehearsed(
        String name, String about, long startNanos, boolean settled, long untilNanos,
        List<Happening> happenings, List<Router> routers) {

    public Rehearsed {
        happenings = List.copyOf(happenings);
        routers = List.copyOf(routers);
    }

    /**
     * Something that happened.
     *
     * @param node empty: a statement of the scenario, which {@code text} is
     * @param instance empty: it happened to the node as a whole
     * @param state that the instance entered; empty when it happened to none
     * @param text why, or what
     */
    public record Happening(long atNanos, String node, String instance, String state, String text) {}

    /**
     * @param instances what it is called, without repetition
     * @param masters who was MASTER, and when nobody was
     */
    public record Router(RouterId id, List<String> instances, List<Span> masters, List<Address> addresses) {

        public Router {
            instances = List.copyOf(instances);
            masters = List.copyOf(masters);
            addresses = List.copyOf(addresses);
        }
    }

    /** @param served who served it, without a gap from the beginning to the end */
    public record Address(IpAddress address, List<Span> served) {

        public Address {
            served = List.copyOf(served);
        }

        public List<Span> absences() {
            return served.stream().filter(Span::isAbsence).toList();
        }

        public List<Span> overlaps() {
            return served.stream().filter(Span::isOverlap).toList();
        }

        public List<Holder> holdersAtEnd() {
            return served.isEmpty() ? List.of() : served.get(served.size() - 1).holders();
        }
    }

    /** The same under another name than that of the messages, such as a shorter one. */
    public Rehearsed called(String other) {
        return new Rehearsed(other, about, startNanos, settled, untilNanos, happenings, routers);
    }

    /** At the end each address is served by exactly one node. */
    public boolean isWhole() {
        return routers.stream().flatMap(each -> each.addresses.stream())
                .allMatch(each -> each.holdersAtEnd().size() == 1);
    }
}
