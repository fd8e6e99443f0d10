package org.vrrpd.proto.arp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.AllocationMeter;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;

class GratuitousArpTest {

    private static final long MAC = MacAddress.virtualRouter(Family.IPV4, 51);
    private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.10");

    private final ByteBuffer out = Hex.behind(64, new byte[0]);

    @Test
    void isABroadcastRequestForItsOwnAddress() {
        assertEquals(42, GratuitousArp.encode(out, 7, MAC, ADDRESS));
        assertEquals("ffffffffffff" + "00005e000133" + "0806"
                + "0001" + "0800" + "06" + "04" + "0001"
                + "00005e000133" + "c000020a" + "ffffffffffff" + "c000020a", Hex.text(out, 7, 42));
    }

    @Test
    void allocatesNothing() {
        assertEquals(0, AllocationMeter.bytesAllocatedBy(() -> GratuitousArp.encode(out, 0, MAC, ADDRESS)));
    }
}
