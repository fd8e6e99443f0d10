package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;
import static org.vrrpd.proto.core.Configurations.version2;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.rfc.Requirement;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.simulation.WirePacket;
import org.vrrpd.proto.vrrp.MessageAuthentication;

/** RFC 2338 section 5.3.6: passwords and AH, of version 2. */
class AuthenticationTest {

    private static final String GROUP = "224.0.0.18";
    private static final PeerRouter PEER = PeerRouter.of(2, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
    private static final MessageAuthentication PASSWORD = password("secret");
    private static final MessageAuthentication SIGNED = signed("secret");

    private static MessageAuthentication password(String text) {
        return MessageAuthentication.of(MessageAuthentication.TYPE_PASSWORD, text);
    }

    private static MessageAuthentication signed(String text) {
        return MessageAuthentication.of(MessageAuthentication.TYPE_HEADER, text);
    }

    private static String with(String type, String... lines) {
        String rest = String.join("\n", lines);
        return version2("authentication {\nauth_type " + type + "\nauth_pass secret\n}\n" + rest);
    }

    private static void hears(CoreFixture core, WirePacket packet) {
        core.received(packet, core.kernel.byName("eth0"));
    }

    private static void refused(String type, WirePacket packet, String counter) {
        CoreFixture core = master(with(type));
        hears(core, packet);
        assertEquals(RouterState.MASTER, core.state("V2"));
        assertEquals(1, core.counter("V2", counter));
        assertEquals(0, core.counter("V2", "advertisementsReceived"));
    }

    @Test
    @Requirement(value = "3768-7.1-1", differs = "3768-10-1")
    void passwordsAreSentAndAccepted() {
        CoreFixture core = master(with("PASS"));
        core.advance(CoreFixture.SECOND);
        WirePacket sent = core.advertisements().get(0).packet();
        assertEquals(1, sent.read().authenticationType());
        assertTrue(PASSWORD.knowsPassword(sent.read()));
        hears(core, PEER.advertisementTo(GROUP, 200, PASSWORD, 0));
        assertEquals(RouterState.BACKUP, core.state("V2"));
    }

    @Test
    void whatProvesNothingIsCountedAndChangesNothing() {
        refused("PASS", PEER.advertisementTo(GROUP, 200, password("Secret"), 0), "discardedAuthentication");
        refused("PASS", PEER.advertisement(200), "discardedAuthenticationMismatch");
        refused("PASS", PEER.advertisement(200).with(4, 2).checksummed(), "discardedAuthenticationMismatch");
        refused("PASS", PEER.advertisement(200).with(4, 9).checksummed(), "discardedAuthenticationType");
        refused("AH", PEER.advertisementTo(GROUP, 200, signed("Secret"), 100), "discardedAuthentication");
        refused("AH", PEER.advertisementTo(GROUP, 200, SIGNED, 0), "discardedAuthentication");
        refused("AH", PEER.advertisementTo(GROUP, 200, SIGNED, 100).with(4, 0), "discardedAuthenticationMismatch");
        refused("AH", PEER.advertisementTo(GROUP, 200, SIGNED, 100).with(2, 201), "discardedAuthentication");
    }

    /** The kernel delivers by protocol: it reaches the router only when another one listens there, too. */
    @Test
    void aMessageWithoutTheHeaderIsNotBelieved() {
        CoreFixture core = master(with("AH"));
        core.happened(org.vrrpd.proto.event.EventKind.ADVERTISEMENT_RECEIVED,
                PEER.advertisement(200).payload(core.kernel.byName("eth0").index, 0, core.now));
        core.pump();
        assertEquals(1, core.counter("V2", "discardedAuthenticationMismatch"));
        assertEquals(RouterState.MASTER, core.state("V2"));
    }

    @Test
    void signedMessagesTravelWithProtocol51AndACount() {
        CoreFixture core = running(with("AH"));
        assertEquals(List.of(core.kernel.byName("eth0").index + " 51 IPV4 group"), core.sockets());
        core.advance(4 * CoreFixture.SECOND).advance(2 * CoreFixture.SECOND);
        List<Recorded> sent = core.advertisements();
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(51, sent.get(i).packet().protocol());
            assertEquals(i + 1, sent.get(i).packet().sequence());
            assertTrue(SIGNED.hasSigned(sent.get(i).packet().read()));
            assertEquals(255, sent.get(i).packet().timeToLive());
        }
        assertTrue(sent.size() >= 3);
    }

    @Test
    void aCountThatWasHeardIsNotBelievedAgain() {
        CoreFixture core = running(with("AH"));
        WirePacket packet = PEER.advertisementTo(GROUP, 200, SIGNED, 7);
        hears(core, packet);
        hears(core, packet);
        hears(core, PEER.advertisementTo(GROUP, 200, SIGNED, 6));
        hears(core, PEER.from("192.0.2.4").advertisementTo(GROUP, 200, SIGNED, 7));
        assertEquals(1, core.counter("V2", "advertisementsReceived"));
        assertEquals(3, core.counter("V2", "discardedAuthentication"));
        hears(core, PEER.advertisementTo(GROUP, 200, SIGNED, 8));
        assertEquals(2, core.counter("V2", "advertisementsReceived"));
    }

    /** Two whose timers fire at the same moment send the same number; whoever has the lower address gives way. */
    @Test
    void whoCountsAlikeIsHeard() {
        CoreFixture core = master(with("AH"));
        core.advance(2 * CoreFixture.SECOND);
        WirePacket last = core.advertisements().get(core.advertisements().size() - 1).packet();
        hears(core, PEER.advertisementTo(GROUP, 100, SIGNED, (int) last.sequence()));
        assertEquals(RouterState.BACKUP, core.state("V2"));
    }

    @Test
    void whatItSentItselfIsNotBelieved() {
        CoreFixture core = master(with("AH"));
        core.advance(CoreFixture.SECOND);
        WirePacket last = core.advertisements().get(core.advertisements().size() - 1).packet();
        hears(core, last);
        assertEquals(1, core.counter("V2", "discardedAuthentication"));
        assertEquals(0, core.counter("V2", "advertisementsReceived"));
    }

    /** A router that was away, and begins at 1 again, is believed as soon as it has heard the others. */
    @Test
    void theCountGoesOnFromTheHighestHeard() {
        CoreFixture core = master(with("AH"));
        hears(core, PEER.advertisementTo(GROUP, 50, SIGNED, 1000));
        assertEquals(RouterState.MASTER, core.state("V2"));
        assertEquals(1001, core.advertisements().get(0).packet().sequence());
    }

    /** Otherwise it could never be believed again: it hears nothing else. */
    @Test
    void anOwnerThatDiscardsEverythingFollowsTheCount() {
        CoreFixture core = running(with("AH", "priority 255")).forget();
        hears(core, PEER.advertisementTo(GROUP, 50, SIGNED, 1000));
        assertEquals(1, core.counter("V2", "discardedOwner"));
        core.advance(CoreFixture.SECOND);
        assertEquals(1001, core.advertisements().get(0).packet().sequence());
    }

    @Test
    void theCountOutlivesReloads() {
        CoreFixture core = master(with("AH"));
        hears(core, PEER.advertisementTo(GROUP, 50, SIGNED, 1000));
        core.configured(with("AH", "priority 90"));
        core.forget().configured(with("AH", "use_vmac")).advance(5 * CoreFixture.SECOND);
        assertTrue(core.all(EffectKind.CREATE_VMAC).size() == 1, "another router in its place");
        for (Recorded sent : core.advertisements()) {
            assertTrue(sent.packet().sequence() > 1000, "found " + sent.packet().sequence());
        }
        assertTrue(core.advertisements().size() > 1);
    }

    @Test
    void anotherTypeAfterAReloadMovesTheSocket() {
        CoreFixture core = master(with("PASS"));
        core.configured(with("AH"));
        assertEquals(List.of(core.kernel.byName("eth0").index + " 51 IPV4 group"), core.sockets());
        hears(core, PEER.advertisementTo(GROUP, 200, SIGNED, 100));
        assertEquals(RouterState.BACKUP, core.state("V2"));
        core.configured(version2());
        hears(core, PEER.advertisement(0));
        assertEquals(1, core.counter("V2", "priorityZeroReceived"));
    }
}
