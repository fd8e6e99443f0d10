package org.vrrpd.proto.ndp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.AllocationMeter;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.rfc.Requirement;

class UnsolicitedNeighborAdvertisementTest {

    private static final long MAC = MacAddress.virtualRouter(Family.IPV6, 51);
    private static final IpAddress ADDRESS = IpAddress.parse("2001:db8::10");

    private final ByteBuffer out = Hex.behind(128, new byte[0]);

    private String encode(boolean router) {
        int length = UnsolicitedNeighborAdvertisement.encode(out, 5, MAC, ADDRESS, router);
        assertEquals(86, length);
        return Hex.text(out, 5, length);
    }

    private static String frame(String checksum, String flags) {
        return "333300000001" + "00005e000233" + "86dd"
                + "60000000" + "0020" + "3a" + "ff"
                + "20010db8000000000000000000000010" + "ff020000000000000000000000000001"
                + "8800" + checksum + flags + "20010db8000000000000000000000010" + "0201" + "00005e000233";
    }

    /** The checksums were computed apart from this code. */
    @Test
    @Requirement("9568-6.4.1-4")
    void overridesWithoutBeingSolicited() {
        assertEquals(frame("9ada", "20000000"), encode(false));
        assertEquals(frame("1ada", "a0000000"), encode(true));
    }

    @Test
    void allocatesNothing() {
        assertEquals(0, AllocationMeter.bytesAllocatedBy(
                () -> UnsolicitedNeighborAdvertisement.encode(out, 0, MAC, ADDRESS, true)));
    }
}
