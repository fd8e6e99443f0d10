package org.vrrpd.proto.rfc3768;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;
import static org.vrrpd.proto.core.Configurations.version2;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.PeerRouter;
import org.vrrpd.proto.core.Recorded;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;

/** RFC 3768, where it differs from RFC 9568. */
class Version2Test {

    private static final PeerRouter PEER = PeerRouter.of(2, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

    private static void discarded(PeerRouter.Packet packet, String counter) {
        CoreFixture core = master(version2());
        core.received(packet, core.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, core.state("V2"));
        assertEquals(1, core.counter("V2", counter));
    }

    /** 5.3 (B005, B013, B014, B015): the message, with eight bytes of zero authentication data under the checksum. */
    @Test
    void message() {
        Recorded sent = running(version2()).advance(4 * CoreFixture.SECOND).advertisements().get(0);
        byte[] frame = sent.frame();
        assertEquals("213364010001b8bfc000020a0000000000000000", HexFormat.of().formatHex(frame, 34, frame.length));
        assertEquals(255, frame[22] & 255);
    }

    /** 6.1 (B017, B018): Skew_Time is in seconds, whatever the interval. */
    @Test
    void masterDownInterval() {
        CoreFixture core = running(version2("advert_int 10"));
        long started = core.now;
        core.advanceTo(started + 30_609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V2"));
        core.advanceTo(started + 30_609_375_000L);
        assertEquals(RouterState.MASTER, core.state("V2"));
    }

    /** 6.4.2 (B023). */
    @Test
    void priorityZero() {
        CoreFixture core = running(version2());
        core.received(PEER.advertisement(0), core.kernel.byName("eth0")).advance(609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V2"));
        core.advance(1);
        assertEquals(RouterState.MASTER, core.state("V2"));
    }

    /** 6.4.3 (B028). */
    @Test
    void higherPriorityOrAddress() {
        CoreFixture core = master(version2());
        core.received(PEER.from("192.0.2.1").advertisement(100), core.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, core.state("V2"));
        core.received(PEER.advertisement(100), core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V2"));
    }

    /** Decision E3 against 6.4.3 (B029): a losing advertisement is answered, as keepalived does. */
    @Test
    void losingAdvertisement() {
        CoreFixture core = master(version2());
        core.received(PEER.advertisement(50), core.kernel.byName("eth0"));
        assertEquals(1, core.advertisements().size());
    }

    /** 7.1 (B004, B006, B030, B031). */
    @Test
    void invalidPackets() {
        discarded(PEER.advertisement(200).withTimeToLive(254), "discardedTtl");
        discarded(PEER.advertisement(200).with(0, 0x22).checksummed(), "discardedType");
        discarded(PEER.advertisement(200).cutTo(12).checksummed(), "discardedLength");
        discarded(PEER.advertisement(200).with(7, 0x55), "discardedChecksum");
        discarded(PEER.advertisement(200).with(3, 0).checksummed(), "discardedCount");
        discarded(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200),
                "discardedVersion");
    }

    /** 5.3.6, 7.1 (B011): another authentication type. */
    @Test
    void authenticationType() {
        discarded(PEER.advertisement(200).with(4, 1).checksummed(), "discardedAuthenticationMismatch");
        discarded(PEER.advertisement(200).with(4, 3).checksummed(), "discardedAuthenticationType");
    }

    /** 5.3.10 (B016): the authentication data is not looked at. */
    @Test
    void authenticationData() {
        CoreFixture core = master(version2());
        core.received(PEER.advertisement(200).with(12, 0x55).checksummed(), core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V2"));
    }

    /** 7.1 (B032): an owner discards; no erratum softens it. */
    @Test
    void owner() {
        CoreFixture core = running(version2("priority 255"));
        core.received(PEER.from("192.0.2.200").advertisement(255), core.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, core.state("V2"));
        assertEquals(1, core.counter("V2", "discardedOwner"));
    }

    /** 7.1 (B033, B034): another interval is discarded and told. */
    @Test
    void otherInterval() {
        discarded(PEER.every(2 * CoreFixture.SECOND).advertisement(200), "discardedInterval");
        CoreFixture core = master(version2());
        core.received(PEER.every(2 * CoreFixture.SECOND).advertisement(200), core.kernel.byName("eth0"));
        assertEquals(List.of(NoteKind.PACKETS_DISCARDED), core.notes());
    }

    /** Decision E4 against 7.1 (B037): another list of addresses is counted and told, never dropped. */
    @Test
    void otherAddresses() {
        CoreFixture core = master(version2());
        core.received(PeerRouter.of(2, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.99").advertisement(200),
                core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V2"));
        assertTrue(core.notes().contains(NoteKind.ADDRESSES_DIFFER));
    }
}
