package org.vrrpd.proto.simulation;

import java.nio.ByteBuffer;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.inet.IpAddress;

/** One effect, copied, with the core time at which it came. */
public record Recorded(long at, EffectKind kind, int instance, long id, byte[] payload) {

    public static Recorded of(long at, Effects effects, int offset) {
        byte[] payload = new byte[effects.payloadLength(offset)];
        effects.buffer().get(effects.payloadOffset(offset), payload);
        return new Recorded(at, effects.kind(offset), effects.instance(offset), effects.id(offset), payload);
    }

    public ByteBuffer buffer() {
        return ByteBuffer.wrap(payload);
    }

    public boolean is(EffectKind expected) {
        return kind == expected;
    }

    /** Of a frame. */
    public int interfaceIndex() {
        return buffer().getInt(0);
    }

    /** Of a frame: it begins at 4 with the Ethernet header. */
    public byte[] frame() {
        return java.util.Arrays.copyOfRange(payload, 4, payload.length);
    }

    /** Of an advertisement, to the group or to a peer. */
    public WirePacket packet() {
        return is(EffectKind.SEND_UNICAST_ADVERTISEMENT)
                ? WirePacket.ofPacket(java.util.Arrays.copyOfRange(payload, 4, payload.length))
                : WirePacket.ofFrame(frame());
    }

    /** Of an advertisement: byte {@code i} of the VRRP message. */
    public int vrrpByte(int i) {
        return payload[4 + 14 + (payload[4 + 12] == 8 ? 20 : 40) + i] & 255;
    }

    public int priority() {
        return vrrpByte(2);
    }

    /** Of a GARP or neighbour advertisement: the address that it announces. */
    public IpAddress announced() {
        return is(EffectKind.SEND_GRATUITOUS_ARP)
                ? IpAddress.ipv4(buffer().getInt(4 + 14 + 14))
                : IpAddress.ipv6(buffer().getLong(4 + 14 + 40 + 8), buffer().getLong(4 + 14 + 40 + 16));
    }

    public Reports.Transition transition() {
        return Reports.Transition.read(buffer(), 0);
    }

    public Reports.Fault fault() {
        return Reports.Fault.read(buffer(), 0);
    }

    public Reports.Note note() {
        return Reports.Note.read(buffer(), 0);
    }
}
