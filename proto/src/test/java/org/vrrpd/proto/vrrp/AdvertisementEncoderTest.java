package org.vrrpd.proto.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrpd.proto.AllocationMeter;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.rfc.Requirement;

class AdvertisementEncoderTest {

    private static final long MAC4 = MacAddress.virtualRouter(Family.IPV4, 10);
    private static final long MAC6 = MacAddress.virtualRouter(Family.IPV6, 10);
    private static final int OFFSET = 3;

    private final ByteBuffer out = Hex.behind(0, new byte[2048]);

    private int encode(GoldenPackets golden, long intervalNanos, IpAddress[] addresses) {
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, (byte) 0xEE); // every byte of the frame must be written
        }
        return golden.family == Family.IPV4
                ? AdvertisementEncoder.encodeIpv4(
                        out, OFFSET, MAC4, golden.source(), golden.group(), 0x1234, golden.version, golden.vrid,
                        golden.priority, intervalNanos, addresses, golden.checksum == ChecksumForm.PSEUDO_HEADER)
                : AdvertisementEncoder.encodeIpv6(
                        out, OFFSET, MAC6, golden.source(), golden.group(), golden.vrid, golden.priority,
                        intervalNanos, addresses);
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"9568-5.2.1-1", "9568-5.2.2-1", "9568-7.2-2", "3768-5.3.8-1"})
    void writesGoldenPackets(GoldenPackets golden) {
        int length = encode(golden, golden.intervalNanos, golden.addresses);
        int headers = golden.family == Family.IPV4 ? 34 : 54;
        assertEquals(golden.hex, Hex.text(out, OFFSET + headers, length - headers));
        assertEquals((byte) 0xEE, out.get(OFFSET - 1));
        assertEquals((byte) 0xEE, out.get(OFFSET + length));
    }

    /** The header checksum was computed apart from this code. */
    @Test
    void writesTheHeadersOfIpv4() {
        encode(GoldenPackets.V3_IPV4_PSEUDO_HEADER, 1_000_000_000L, GoldenPackets.V3_IPV4_PSEUDO_HEADER.addresses);
        assertEquals("01005e000012" + "00005e00010a" + "0800"
                + "45c00020123400" + "00ff70" + "056c" + "c00002fb" + "e0000012", Hex.text(out, OFFSET, 34));
    }

    @Test
    void writesTheHeadersOfIpv6() {
        encode(GoldenPackets.V3_IPV6, 1_000_000_000L, GoldenPackets.V3_IPV6.addresses);
        assertEquals("333300000012" + "00005e00020a" + "86dd"
                + "6c000000" + "0028" + "70ff" + "fe8000000000000002005efffe00020a"
                + "ff020000000000000000000000000012", Hex.text(out, OFFSET, 54));
    }

    @ParameterizedTest
    @EnumSource
    void isReadBackAsItWasWritten(GoldenPackets golden) {
        IpAddress[] many = new IpAddress[golden.family == Family.IPV4 ? 255 : 90];
        for (int i = 0; i < many.length; i++) {
            many[i] = golden.family == Family.IPV4
                    ? IpAddress.ipv4(0xC6336400 + i) : IpAddress.ipv6(0xFE80_0000_0000_0000L, -i);
        }
        int length = encode(golden, golden.intervalNanos, many);
        Advertisement advertisement = new Advertisement();
        DecodeError error = golden.family == Family.IPV4
                ? advertisement.wrapIpv4(out, OFFSET + 14, length - 14)
                : advertisement.wrapIpv6(out, OFFSET + 54, length - 54, OFFSET + 22, OFFSET + 38, 255);
        assertEquals(DecodeError.NONE, error);
        assertTrue(advertisement.isComplete());
        assertEquals(golden.checksum, advertisement.checksum());
        assertTrue(advertisement.addressesEqual(many));
        assertEquals(golden.source(), advertisement.source());
        assertEquals(golden.priority, advertisement.priority());
        assertEquals(golden.intervalNanos, advertisement.intervalNanos());
    }

    private long interval(GoldenPackets golden, long nanos) {
        int length = encode(golden, nanos, golden.addresses);
        Advertisement advertisement = new Advertisement();
        assertEquals(DecodeError.NONE, advertisement.wrapIpv4(out, OFFSET + 14, length - 14));
        return advertisement.intervalNanos();
    }

    @Test
    @Requirement("9568-5.2.7-1")
    void keepsIntervalsWithinTheirField() {
        assertEquals(10_000_000L, interval(GoldenPackets.V3_IPV4_MESSAGE_ONLY, 10_000_000L));
        assertEquals(40_950_000_000L, interval(GoldenPackets.V3_IPV4_MESSAGE_ONLY, 60_000_000_000L));
        assertEquals(1_000_000_000L, interval(GoldenPackets.V2, 250_000_000L));
        assertEquals(255_000_000_000L, interval(GoldenPackets.V2, 300_000_000_000L));
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothingEitherWay(GoldenPackets golden) {
        Advertisement advertisement = new Advertisement();
        int[] valid = new int[1];
        long allocated = AllocationMeter.bytesAllocatedBy(() -> {
            int length = encode(golden, golden.intervalNanos, golden.addresses);
            DecodeError error = golden.family == Family.IPV4
                    ? advertisement.wrapIpv4(out, OFFSET + 14, length - 14)
                    : advertisement.wrapIpv6(out, OFFSET + 54, length - 54, OFFSET + 22, OFFSET + 38, 255);
            boolean right = error == DecodeError.NONE && advertisement.checksum() == golden.checksum
                    && advertisement.addressesEqual(golden.addresses);
            valid[0] += right ? 1 : 0;
        });
        assertTrue(valid[0] > 1000);
        assertEquals(0, allocated);
    }
}
