package org.vrrpd.proto.architecture.bad.proto.replay;

import net.openhft.chronicle.bytes.Bytes;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class ReadsChronicle {

    long size(Bytes<?> bytes) {
        return bytes.readRemaining();
    }
}
