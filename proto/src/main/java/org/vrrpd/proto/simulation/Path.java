package org.vrrpd.proto.simulation;

/** What befalls packets from one router to another. */
final class Path {

    private static final long LEAST_DELAY = 20_000L;
    private static final long USUAL_JITTER = 80_000L;

    private final Chance chance;
    boolean cut;
    int lossPerMille;
    int duplicatePerMille;
    int corruptPerMille;
    /** On top of the usual few microseconds. */
    long delayNanos;
    /** On top of that: up to so many nanoseconds, so that packets overtake each other. */
    long jitterNanos;
    /** Of the path of a router to itself: a switch loop brings so many of its packets back. */
    int reflectPerMille;

    Path(Chance chance) {
        this.chance = chance;
    }

    boolean loses() {
        return chance.perMille(lossPerMille) || cut;
    }

    boolean duplicates() {
        return chance.perMille(duplicatePerMille);
    }

    boolean reflects() {
        return reflectPerMille > 0 && chance.perMille(reflectPerMille);
    }

    /** How long the next packet is on its way. */
    long travelNanos() {
        return LEAST_DELAY + delayNanos + chance.between(0, USUAL_JITTER + jitterNanos);
    }

    /** The packet as it arrives. */
    WirePacket arriving(WirePacket packet) {
        if (!chance.perMille(corruptPerMille)) {
            return packet;
        }
        byte[] damaged = packet.ip().clone();
        damaged[chance.below(damaged.length)] ^= (byte) (1 << chance.below(8));
        return new WirePacket(packet.family(), damaged, packet.hopLimit());
    }

    /** Perfect again. */
    void heal() {
        cut = false;
        lossPerMille = 0;
        duplicatePerMille = 0;
        corruptPerMille = 0;
        delayNanos = 0;
        jitterNanos = 0;
        reflectPerMille = 0;
    }

    boolean isPerfect() {
        return !cut && lossPerMille == 0 && duplicatePerMille == 0 && corruptPerMille == 0
                && delayNanos == 0 && jitterNanos == 0 && reflectPerMille == 0;
    }
}
