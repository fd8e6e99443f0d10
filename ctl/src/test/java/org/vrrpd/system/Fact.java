package org.vrrpd.system;

import java.util.ArrayList;
import java.util.List;

/** What a router needs of its interface before it can speak, and what arrives at boot in any order. */
enum Fact {

    LINK, CARRIER, IPV4, DAD;

    /** All 24 orders. */
    static List<List<Fact>> orders() {
        List<List<Fact>> orders = new ArrayList<>();
        permute(List.of(), List.of(values()), orders);
        return orders;
    }

    private static void permute(List<Fact> chosen, List<Fact> left, List<List<Fact>> into) {
        if (left.isEmpty()) {
            into.add(chosen);
        }
        for (Fact next : left) {
            List<Fact> longer = new ArrayList<>(chosen);
            longer.add(next);
            permute(List.copyOf(longer), left.stream().filter(fact -> fact != next).toList(), into);
        }
    }

    /** True when this comes before the other in an order. */
    boolean before(Fact other, List<Fact> order) {
        return order.indexOf(this) < order.indexOf(other);
    }

    /**
     * True when detection can really run at its place in the order: it needs a link that is up and has carrier.
     * Elsewhere the address is given without detection, which is how a usable address can come first.
     */
    static boolean detectionRuns(List<Fact> order) {
        return LINK.before(DAD, order) && CARRIER.before(DAD, order);
    }
}
