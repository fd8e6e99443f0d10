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
    /** On top of the usual few microseconds: up to so many nanoseconds, so that packets overtake each other. */
    long jitterNanos;

    Path(Chance chance) {
        this.chance = chance;
    }

    boolean loses() {
        return chance.perMille(lossPerMille) || cut;
    }

    boolean duplicates() {
        return chance.perMille(duplicatePerMille);
    }

    long delayNanos() {
        return LEAST_DELAY + chance.between(0, USUAL_JITTER + jitterNanos);
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
        jitterNanos = 0;
    }

    boolean isPerfect() {
        return !cut && lossPerMille == 0 && duplicatePerMille == 0 && corruptPerMille == 0 && jitterNanos == 0;
    }
}
