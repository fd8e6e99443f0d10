package org.vrrpd.proto.simulation;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;

/**
 * Of all that the routers of a LAN meet, in the order in which they do: the whole bytes of each event as it goes into a
 * journal, which hold the times and the digest of all effects before it.
 */
final class RunDigest implements SimulatedHost.Watcher {

    private final Lan lan;
    private final CRC32C sum = new CRC32C();
    private long events;

    /** The daemons are not started yet. */
    RunDigest(Lan lan) {
        this.lan = lan;
        lan.routers().forEach(each -> each.host().watch(this));
    }

    @Override
    public void onEvent(Event event) {
        events++;
        int at = event.recordOffset();
        sum.update(event.buffer().duplicate().limit(at + event.recordLength()).position(at));
    }

    @Override
    public void onEffect(Effects effects, int at) { }

    /** Also of the effects of each router's last event. */
    long value() {
        CRC32C whole = new CRC32C();
        ByteBuffer last = ByteBuffer.allocate(Long.BYTES * (lan.routers().size() + 1)).putLong(sum.getValue());
        lan.routers().forEach(each -> last.putLong(each.host().digest()));
        whole.update(last.flip());
        return whole.getValue() << Integer.SIZE | events & 0xFFFF_FFFFL;
    }
}
