package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.Configurations;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.ChecksumForm;
import org.vrrpd.proto.vrrp.DecodeError;

/** RFC 9568 sections 5.1, 5.2 and 7.2 to 7.4: what leaves a router. */
class Section5And7TransmittingTest {

    private static Recorded first(String configuration) {
        return Configurations.running(configuration).advance(4 * CoreFixture.SECOND).advertisements().get(0);
    }

    private static IpAddress ip(Recorded sent, int offset, Family family) {
        return IpAddress.read(family, ByteBuffer.wrap(sent.frame()), 14 + offset);
    }

    private static Advertisement decode(Recorded sent) {
        Advertisement advertisement = new Advertisement();
        ByteBuffer frame = ByteBuffer.wrap(sent.frame());
        DecodeError error = sent.frame()[12] == 8
                ? advertisement.wrapIpv4(frame, 14, frame.capacity() - 14)
                : advertisement.wrapIpv6(frame, 54, frame.capacity() - 54, 22, 38, frame.get(21) & 255);
        assertEquals(DecodeError.NONE, error);
        return advertisement;
    }

    /** 5.1.1.1, 7.2 (A010, A143): the source is the primary IPv4 address of the interface, never a virtual one. */
    @Test
    void ipv4SourceIsThePrimaryAddressOfTheInterface() {
        assertEquals(IpAddress.parse("192.0.2.2"), ip(first(Configurations.ipv4()), 12, Family.IPV4));
    }

    /** 7.2 (A143): it follows a change of that address. */
    @Test
    void theSourceFollowsTheInterface() {
        CoreFixture core = Configurations.master(Configurations.ipv4());
        core.held = true;
        core.kernel.addressRemoved(core.kernel.byName("eth0"), "192.0.2.2");
        core.kernel.addressAdded(core.kernel.byName("eth0"), "192.0.2.8/24");
        core.pumpJoined().advance(CoreFixture.SECOND);
        assertEquals(IpAddress.parse("192.0.2.8"), ip(core.advertisements().get(0), 12, Family.IPV4));
    }

    /** 5.1.1.2, 5.1.1.3, 5.1.1.4 (A011, A013, A015): to 224.0.0.18, TTL 255, protocol 112. */
    @Test
    void ipv4Header() {
        Recorded sent = first(Configurations.ipv4());
        assertEquals(IpAddress.parse("224.0.0.18"), ip(sent, 16, Family.IPV4));
        assertEquals(255, sent.frame()[14 + 8] & 255);
        assertEquals(112, sent.frame()[14 + 9]);
    }

    /** 5.1.2 (A016, A017, A019, A021): from the link-local address to ff02::12, hop limit 255, next header 112. */
    @Test
    void ipv6Header() {
        Recorded sent = first(Configurations.ipv6());
        assertEquals(IpAddress.parse("fe80::2"), ip(sent, 8, Family.IPV6));
        assertEquals(IpAddress.parse("ff02::12"), ip(sent, 24, Family.IPV6));
        assertEquals(255, sent.frame()[14 + 7] & 255);
        assertEquals(112, sent.frame()[14 + 6]);
    }

    /** 5.1.2.1 (A016): while the link-local address is tentative nothing is sent. */
    @Test
    void nothingIsSentFromATentativeAddress() {
        CoreFixture core = new CoreFixture();
        core.kernel.addressAdded(core.kernel.linkReady("eth0"), "fe80::2/64", 0xC0);
        core.started().configured(Configurations.ipv6()).advance(20 * CoreFixture.SECOND);
        assertEquals(List.of(), core.advertisements());
    }

    /** 5.2.1 to 5.2.7 (A030, A031, A039, A041): version 3, type 1, the fields as configured, reserve zero. */
    @Test
    void messageFields() {
        Recorded sent = Configurations.running(Configurations.ipv4("advert_int 2.5")).advance(10 * CoreFixture.SECOND)
                .advertisements().get(0);
        assertEquals(0x31, sent.vrrpByte(0));
        assertEquals(51, sent.vrrpByte(1));
        assertEquals(100, sent.vrrpByte(2));
        assertEquals(1, sent.vrrpByte(3));
        assertEquals(250, sent.vrrpByte(4) << 8 | sent.vrrpByte(5));
    }

    /** 5.2.8 (A044), decision E1: IPv4 with the pseudo-header, as most of the field wants, or without when told so. */
    @Test
    void ipv4Checksum() {
        assertEquals(ChecksumForm.PSEUDO_HEADER, decode(first(Configurations.ipv4())).checksum());
        assertEquals(ChecksumForm.MESSAGE_ONLY,
                decode(first(Configurations.ipv4("v3_checksum_as_v2"))).checksum());
    }

    /** 5.2.8 (A045): IPv6 with the pseudo-header of RFC 8200. */
    @Test
    void ipv6Checksum() {
        assertEquals(ChecksumForm.PSEUDO_HEADER, decode(first(Configurations.ipv6())).checksum());
    }

    /** 5.2.9 (A047, A050): the addresses as configured, in order; excluded ones, of any family, are not among them. */
    @Test
    void addressesInTheConfiguredOrder() {
        Advertisement sent = decode(first(Configurations.ipv4(
                "virtual_ipaddress { 192.0.2.30/24\n192.0.2.10/24 }",
                "virtual_ipaddress_excluded { 192.0.2.5/24\n2001:db8::5/64 }")));
        assertEquals(2, sent.addressCount());
        assertEquals(IpAddress.parse("192.0.2.30").low(), sent.addressLow(0));
        assertEquals(IpAddress.parse("192.0.2.10").low(), sent.addressLow(1));
    }

    /** 5.2.4 (A034, A035): the owner sends 255; tracking takes a non-owner never to 0 or 255. */
    @Test
    void priorities() {
        assertEquals(255, first(Configurations.ipv4("priority 255")).priority());
        String up = "track_interface { eth9 weight -100 reverse }";
        assertEquals(254, first(Configurations.ipv4("priority 200", up)).priority());
        String down = "track_interface { eth9 weight -100 }";
        assertEquals(1, first(Configurations.ipv4("priority 50", down)).priority());
    }

    /** 7.2 (A140): nothing stale after a change of priority. */
    @Test
    void theEffectivePriorityIsSent() {
        CoreFixture core = Configurations.master(Configurations.ipv4("track_interface { eth1 weight 20 }"));
        core.kernel.linkReady("eth1");
        core.advance(CoreFixture.SECOND);
        assertEquals(120, core.advertisements().get(0).priority());
    }

    /** 7.2, 7.3 (A142, A145): the source is the virtual router MAC; vmac_xmit_base keeps the interface's own. */
    @Test
    void frameSource() {
        long own = 0x5254_0000_0002L;
        assertEquals(0x0000_5E00_0133L, source(first(Configurations.ipv4("use_vmac"))));
        assertEquals(0x0000_5E00_0233L, source(first(Configurations.ipv6("use_vmac"))));
        assertEquals(own, source(first(Configurations.ipv4("use_vmac", "vmac_xmit_base"))));
        assertEquals(own, source(first(Configurations.ipv4())));
    }

    private static long source(Recorded sent) {
        return MacAddress.read(ByteBuffer.wrap(sent.frame()), 6);
    }

    /** 7.4 (A146): no interface identifier comes from the virtual MAC: its interface makes no addresses. */
    @Test
    void noIdentifierFromTheVirtualMac() {
        CoreFixture core = Configurations.running(Configurations.ipv6("use_vmac"));
        List<EffectKind> kinds = core.effects.stream().map(Recorded::kind).toList();
        assertTrue(kinds.contains(EffectKind.CONFIGURE_LINK));
        assertEquals(RouterState.BACKUP, core.state("V6"));
    }
}
