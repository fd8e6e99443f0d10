package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

class ReceiveBuffersTest {

    private static final int PACKETS_OF_RMEM_DEFAULT = 278;

    private static int taken(ReceiveBuffers buffers, int socket) {
        int taken = 0;
        while (taken < 10_000 && buffers.takePacket(socket)) {
            taken++;
        }
        return taken;
    }

    @Test
    @DisplayName("each socket takes what fits while nobody reads, the last one too much, and all when it is read")
    void packets() {
        ReceiveBuffers buffers = new ReceiveBuffers();
        buffers.bytes = 212_992;
        assertEquals(10_000, taken(buffers, 0), "it is read all the time");
        buffers.fill();
        assertEquals(PACKETS_OF_RMEM_DEFAULT, taken(buffers, 0));
        assertEquals(PACKETS_OF_RMEM_DEFAULT, taken(buffers, 1));
        assertFalse(buffers.read(), "nobody tells of packets that are dropped");
        assertEquals(10_000, taken(buffers, 0));
    }

    @Test
    @DisplayName("netlink takes nothing more once it has lost something, and tells of that once")
    void netlink() {
        ReceiveBuffers buffers = new ReceiveBuffers();
        buffers.bytes = 5000;
        buffers.fill();
        assertTrue(buffers.takeNetlink() && buffers.takeNetlink() && buffers.takeNetlink());
        assertFalse(buffers.takeNetlink());
        assertTrue(buffers.read());
        assertTrue(buffers.takeNetlink());
        assertFalse(buffers.read());
    }

    @Test
    @DisplayName("a daemon that stood still while its link flapped is told that it lost news before all else, and asks")
    void overrun() {
        StringBuilder story = new StringBuilder("at 0s buffer gw1 212992\nat 10s node gw1 pause\n");
        for (int i = 0; i < 101; i++) {
            story.append("at ").append(11_000 + i).append("ms carrier gw1:eno1 ").append(i % 2 == 0 ? "off" : "on")
                    .append('\n');
        }
        List<EventKind> met = new ArrayList<>();
        Lan[] stage = new Lan[1];
        Lan lan = DirectorTest.after(story + "at 12s node gw1 resume\nuntil 12.5s", before -> {
            stage[0] = before;
            before.router("gw1").host().watch(new SimulatedHost.Watcher() {
                @Override
                public void onEvent(Event event) {
                    if (stage[0].now() >= 12_000_000_000L) {
                        met.add(event.kind());
                    }
                }

                @Override
                public void onEffect(Effects effects, int at) { }
            });
        });
        assertEquals(EventKind.NETLINK_OVERRUN, met.get(0));
        assertEquals(1, met.stream().filter(each -> each == EventKind.NETLINK_OVERRUN).count());
        assertEquals(RouterState.FAULT, lan.router("gw1").instances().get("four").state(), "the last of it was lost");
    }
}
