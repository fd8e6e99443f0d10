package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.Configurations;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.rfc.Requirement;
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

    /** 5.1.1.1, 7.2: the source is the primary IPv4 address of the interface, never a virtual one. */
    @Test
    @Requirement({"9568-5.1.1.1-1", "9568-7.2-4"})
    void ipv4SourceIsThePrimaryAddressOfTheInterface() {
        assertEquals(IpAddress.parse("192.0.2.2"), ip(first(Configurations.ipv4()), 12, Family.IPV4));
    }

    /** 7.2: it follows a change of that address. */
    @Test
    @Requirement("9568-7.2-4")
    void theSourceFollowsTheInterface() {
        CoreFixture core = Configurations.master(Configurations.ipv4());
        core.held = true;
        core.kernel.addressRemoved(core.kernel.byName("eth0"), "192.0.2.2");
        core.kernel.addressAdded(core.kernel.byName("eth0"), "192.0.2.8/24");
        core.pumpJoined().advance(CoreFixture.SECOND);
        assertEquals(IpAddress.parse("192.0.2.8"), ip(core.advertisements().get(0), 12, Family.IPV4));
    }

    /** 5.1.1.2, 5.1.1.3, 5.1.1.4: to 224.0.0.18, TTL 255, protocol 112. */
    @Test
    @Requirement({"9568-5.1.1.2-1", "9568-5.1.1.3-1", "9568-5.1.1.4-1", "9568-7.2-5"})
    void ipv4Header() {
        Recorded sent = first(Configurations.ipv4());
        assertEquals(IpAddress.parse("224.0.0.18"), ip(sent, 16, Family.IPV4));
        assertEquals(255, sent.frame()[14 + 8] & 255);
        assertEquals(112, sent.frame()[14 + 9]);
    }

    /** 5.1.2: from the link-local address to ff02::12, hop limit 255, next header 112. */
    @Test
    @Requirement({"9568-5.1.2.1-1", "9568-5.1.2.2-1", "9568-5.1.2.3-1", "9568-5.1.2.4-1", "9568-7.2-4", "9568-7.2-5"})
    void ipv6Header() {
        Recorded sent = first(Configurations.ipv6());
        assertEquals(IpAddress.parse("fe80::2"), ip(sent, 8, Family.IPV6));
        assertEquals(IpAddress.parse("ff02::12"), ip(sent, 24, Family.IPV6));
        assertEquals(255, sent.frame()[14 + 7] & 255);
        assertEquals(112, sent.frame()[14 + 6]);
    }

    /** 5.1.2.1: while the link-local address is tentative nothing is sent. */
    @Test
    @Requirement(counter = {"9568-5.1.2.1-1", "9568-7.2-4"})
    void nothingIsSentFromATentativeAddress() {
        CoreFixture core = new CoreFixture();
        core.kernel.addressAdded(core.kernel.linkReady("eth0"), "fe80::2/64", 0xC0);
        core.started().configured(Configurations.ipv6()).advance(20 * CoreFixture.SECOND);
        assertEquals(List.of(), core.advertisements());
    }

    /** 5.2.1 to 5.2.7: version 3, type 1, the fields as configured, reserve zero. */
    @Test
    @Requirement({"9568-5.2.1-1", "9568-5.2.2-1", "9568-5.2.6-1", "9568-5.2.7-1", "9568-7.2-1"})
    void messageFields() {
        Recorded sent = Configurations.running(Configurations.ipv4("advert_int 2.5")).advance(10 * CoreFixture.SECOND)
                .advertisements().get(0);
        assertEquals(0x31, sent.vrrpByte(0));
        assertEquals(51, sent.vrrpByte(1));
        assertEquals(100, sent.vrrpByte(2));
        assertEquals(1, sent.vrrpByte(3));
        assertEquals(250, sent.vrrpByte(4) << 8 | sent.vrrpByte(5));
    }

    /** 5.2.8: IPv4 with the pseudo-header, as most of the field wants, or without when told so. */
    @Test
    @Requirement(value = "9568-7.2-2", differs = "9568-5.2.8-2")
    void ipv4Checksum() {
        assertEquals(ChecksumForm.PSEUDO_HEADER, decode(first(Configurations.ipv4())).checksum());
        assertEquals(ChecksumForm.MESSAGE_ONLY,
                decode(first(Configurations.ipv4("v3_checksum_as_v2"))).checksum());
    }

    /** 5.2.8: IPv6 with the pseudo-header of RFC 8200. */
    @Test
    @Requirement({"9568-5.2.8-3", "9568-7.2-2"})
    void ipv6Checksum() {
        assertEquals(ChecksumForm.PSEUDO_HEADER, decode(first(Configurations.ipv6())).checksum());
    }

    /** 5.2.9: the addresses as configured, in order; excluded ones, of any family, are not among them. */
    @Test
    @Requirement("9568-5.2.9-4")
    void addressesInTheConfiguredOrder() {
        Advertisement sent = decode(first(Configurations.ipv4(
                "virtual_ipaddress { 192.0.2.30/24\n192.0.2.10/24 }",
                "virtual_ipaddress_excluded { 192.0.2.5/24\n2001:db8::5/64 }")));
        assertEquals(2, sent.addressCount());
        assertEquals(IpAddress.parse("192.0.2.30").low(), sent.addressLow(0));
        assertEquals(IpAddress.parse("192.0.2.10").low(), sent.addressLow(1));
    }

    /** 5.2.4: the owner sends 255; tracking takes a non-owner never to 0 or 255. */
    @Test
    @Requirement(value = {"9568-5.2.4-1", "9568-5.2.4-2"}, counter = "9568-5.2.4-4")
    void priorities() {
        assertEquals(255, first(Configurations.ipv4("priority 255")).priority());
        String up = "track_interface { eth9 weight -100 reverse }";
        assertEquals(254, first(Configurations.ipv4("priority 200", up)).priority());
        String down = "track_interface { eth9 weight -100 }";
        assertEquals(1, first(Configurations.ipv4("priority 50", down)).priority());
    }

    /** 7.2: nothing stale after a change of priority. */
    @Test
    @Requirement(counter = "9568-7.2-1")
    void theEffectivePriorityIsSent() {
        CoreFixture core = Configurations.master(Configurations.ipv4("track_interface { eth1 weight 20 }"));
        core.kernel.linkReady("eth1");
        core.advance(CoreFixture.SECOND);
        assertEquals(120, core.advertisements().get(0).priority());
    }

    /** 7.2, 7.3: the source is the virtual router MAC; vmac_xmit_base keeps the interface's own. */
    @Test
    @Requirement(value = {"9568-7.2-3", "9568-7.3-1"}, differs = "9568-7.2-3")
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

    /** 7.4: no interface identifier comes from the virtual MAC: its interface makes no addresses. */
    @Test
    @Requirement("9568-7.4-1")
    void noIdentifierFromTheVirtualMac() {
        CoreFixture core = Configurations.running(Configurations.ipv6("use_vmac"));
        List<EffectKind> kinds = core.effects.stream().map(Recorded::kind).toList();
        assertTrue(kinds.contains(EffectKind.CONFIGURE_LINK));
        assertEquals(RouterState.BACKUP, core.state("V6"));
    }

    /** 5.1.1.1: an interface that has nothing but a virtual address has no source. */
    @Test
    @Requirement(counter = "9568-5.1.1.1-1")
    void aVirtualAddressIsNeverTheSource() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.10/24");
        core.started().configured(Configurations.ipv4()).advance(20 * CoreFixture.SECOND);
        assertEquals(List.of(), core.advertisements());
        core.kernel.addressAdded(core.kernel.byName("eth0"), "192.0.2.2/24");
        core.advance(20 * CoreFixture.SECOND);
        assertEquals(IpAddress.parse("192.0.2.2"), ip(core.advertisements().get(0), 12, Family.IPV4));
    }

    /** 9: what is configured for version 2 makes no difference: eight bytes and the addresses. */
    @Test
    @Requirement("9568-9-1")
    void version3HasNoAuthentication() {
        Recorded sent = first(Configurations.ipv4("authentication {\nauth_type PASS\nauth_pass secret\n}"));
        assertEquals(14 + 20 + 8 + 4, sent.frame().length);
        assertEquals(DecodeError.NONE, new Advertisement().wrapIpv4(ByteBuffer.wrap(sent.frame()), 14, 32));
    }

    /** 2.5: marked as network control (DSCP CS6), so that nobody queues them behind data. */
    @Test
    void advertisementsAreNetworkControl() {
        assertEquals(0xC0, first(Configurations.ipv4()).frame()[14 + 1] & 255);
        byte[] ipv6 = first(Configurations.ipv6()).frame();
        assertEquals(0xC0, (ipv6[14] & 15) << 4 | (ipv6[14 + 1] & 255) >> 4);
    }
}
