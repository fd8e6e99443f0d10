package org.vrrpd.proto.narrate;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.Ipv6Header;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.ChecksumForm;
import org.vrrpd.proto.vrrp.DecodeError;

/** Says what is in an advertisement, ours or received, and what is wrong with it. */
final class AdvertisementNarrator {

    private static final int MOST_ADDRESSES = 4;

    private final AdvertisementReceived received = new AdvertisementReceived();
    private final Advertisement advertisement = new Advertisement();

    String received(Event event, NetlinkNarrator links) {
        if (event.payloadLength() < AdvertisementReceived.PACKET) {
            return "packet record of " + event.payloadLength() + " bytes, too short for one";
        }
        received.wrap(event);
        String device = links.interfaceName(received.interfaceIndex());
        DecodeError problem = received.family() == Family.IPV4
                ? advertisement.wrapIpv4(received.buffer(), received.packetOffset(), received.packetLength())
                : advertisement.wrapIpv6(received.buffer(), received.packetOffset(), received.packetLength(),
                        received.sourceOffset(), received.destinationOffset(), received.hopLimit());
        if (problem != DecodeError.NONE) {
            return "packet of " + received.packetLength() + " bytes on " + device + " is no advertisement: "
                    + problem.text();
        }
        return "advertisement from " + advertisement.source() + " on " + device
                + " vrid=" + advertisement.vrid() + " v" + advertisement.version()
                + " priority=" + advertisement.priority() + " interval=" + seconds(advertisement.intervalNanos())
                + " vip=" + addresses() + defects();
    }

    /** Of an Ethernet frame: {@code priority=100 vip=192.0.2.10}. */
    String sent(ByteBuffer frame, int offset, int length) {
        if (length < EthernetHeader.LENGTH + Ipv6Header.LENGTH / 2) {
            return "a frame of " + length + " bytes, too short for one";
        }
        return sentPacket(frame, offset + EthernetHeader.LENGTH, length - EthernetHeader.LENGTH);
    }

    /** Of an IP packet with its header. */
    String sentPacket(ByteBuffer in, int packet, int length) {
        boolean ipv6 = length > 0 && (in.get(packet) >> 4 & 15) == 6;
        DecodeError problem = !ipv6
                ? advertisement.wrapIpv4(in, packet, length)
                : length < Ipv6Header.LENGTH ? DecodeError.SHORT_PACKET
                : advertisement.wrapIpv6(in, packet + Ipv6Header.LENGTH, length - Ipv6Header.LENGTH,
                        packet + 8, packet + 24, in.get(packet + 7) & 255);
        return problem != DecodeError.NONE
                ? "a packet that is no advertisement: " + problem.text()
                : "priority=" + advertisement.priority() + " vip=" + addresses() + " vrid=" + advertisement.vrid()
                        + " from=" + advertisement.source()
                        + (advertisement.isMulticast() ? "" : " to=" + advertisement.destination()) + defects();
    }

    private String addresses() {
        if (!advertisement.isComplete()) {
            return "?";
        }
        StringBuilder text = new StringBuilder();
        int count = advertisement.addressCount();
        for (int i = 0; i < Math.min(count, MOST_ADDRESSES); i++) {
            text.append(i == 0 ? "" : ",").append(new IpAddress(
                    advertisement.family(), advertisement.addressHigh(i), advertisement.addressLow(i)));
        }
        return count == 0 ? "none" : count > MOST_ADDRESSES
                ? text + ",+" + (count - MOST_ADDRESSES) : text.toString();
    }

    private String defects() {
        String defects = !advertisement.isComplete() ? ", " + DecodeError.LENGTH_MISMATCH.text()
                : advertisement.checksum() == ChecksumForm.INVALID ? ", bad checksum" : "";
        boolean limited = advertisement.isMulticast() && advertisement.timeToLive() != Ipv6Header.HOP_LIMIT;
        return !limited ? defects
                : defects + ", TTL " + (advertisement.timeToLive() < 0 ? "unknown" : advertisement.timeToLive());
    }

    /** {@code 1s}, {@code 0.25s}. */
    private static String seconds(long nanos) {
        return nanos % 1_000_000_000L == 0
                ? nanos / 1_000_000_000L + "s"
                : String.format(Locale.ROOT, "%.2fs", nanos / 1e9);
    }
}
