package org.vrrpd.proto.core;

import org.vrrpd.proto.config.AuthenticationConfiguration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.MessageAuthentication;

/**
 * What a router's messages of version 2 prove, and what those of others must (RFC 2338 section 5.3.6).
 *
 * <p>Sequence numbers of AH are counted by all routers of a VRID together, as keepalived does: each goes on from the
 * highest that any of them has sent. A router that starts late, or comes back, is thus believed as soon as it has
 * heard one of the others.
 */
final class Authenticator {

    private static final int LARGEST_TYPE = MessageAuthentication.TYPE_HEADER;

    private MessageAuthentication authentication = MessageAuthentication.NONE;
    /** The highest sent or heard; unsigned 32 bits. */
    private long sequence;
    /** The highest heard of others. Two whose timers fire at the same moment send the same number. */
    private long heard;

    void configure(InstanceConfiguration configuration) {
        AuthenticationConfiguration wanted = configuration.transport().authentication();
        boolean possible = configuration.version() == 2 && configuration.family() == Family.IPV4;
        authentication = wanted == null || !possible
                ? MessageAuthentication.NONE
                : MessageAuthentication.of(wanted.type().number(), wanted.password());
    }

    /** Another router for the same VRID takes over: its peers know how far this count was. */
    void continueFrom(Authenticator former) {
        sequence = former.sequence;
        heard = former.heard;
    }

    /** The IP protocol by which the router's messages travel. */
    int protocol() {
        return authentication.hasHeader() ? Advertisement.PROTOCOL_AH : Advertisement.PROTOCOL;
    }

    MessageAuthentication authentication() {
        return authentication;
    }

    /** For one message, to however many peers. */
    long nextSequence() {
        return ++sequence;
    }

    /** True when the message comes with the header or without, as the router wants it. */
    boolean fitsHeader(Advertisement advertisement) {
        return authentication.hasHeader() == advertisement.hasAuthenticationHeader();
    }

    /**
     * Null when a complete message of version 2 is authentic, else what to count. The count of an authentic one is
     * remembered whatever becomes of it: it may not be heard again, and what we sent may not at all.
     *
     * @param own from where we send; null: from nowhere now
     */
    CounterKind discard(Advertisement advertisement, IpAddress own) {
        if (advertisement.authenticationType() > LARGEST_TYPE) {
            return CounterKind.DISCARDED_AUTHENTICATION_TYPE;
        }
        if (advertisement.authenticationType() != authentication.type()) {
            return CounterKind.DISCARDED_AUTHENTICATION_MISMATCH;
        }
        if (authentication.type() == MessageAuthentication.TYPE_PASSWORD
                && !authentication.knowsPassword(advertisement)) {
            return CounterKind.DISCARDED_AUTHENTICATION;
        }
        if (authentication.hasHeader()) {
            long known = advertisement.source().equals(own) ? sequence : heard;
            if (!advertisement.isSpiSource() || advertisement.sequence() <= known
                    || !authentication.hasSigned(advertisement)) {
                return CounterKind.DISCARDED_AUTHENTICATION;
            }
            heard = advertisement.sequence();
            sequence = Math.max(sequence, heard);
        }
        return null;
    }

    void save(SnapshotWriter out) {
        out.putLong(sequence).putLong(heard);
    }

    void load(SnapshotReader in) {
        sequence = in.getLong();
        heard = in.getLong();
    }
}
