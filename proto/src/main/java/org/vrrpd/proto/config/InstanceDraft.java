package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.proto.inet.IpAddress;

/** What a vrrp_instance block says, with the places that later checks name; null: not said. */
final class InstanceDraft {

    final Word name;
    Word stateWord;
    Word interfaceName;
    Integer vrid;
    Word vridWord;
    Integer priority;
    boolean priorityFailed;
    Integer version;
    Word versionWord;
    Word nativeIpv6;
    Long advertNanos;
    Word advertWord;
    Word nopreempt;
    Long preemptDelayNanos;
    Word preemptDelayWord;
    /** null: not said, which depends on strict_mode */
    Boolean accept;
    boolean trackPrimary = true;
    final TrackDraft tracks = new TrackDraft();
    final NotifyDraft notifications = new NotifyDraft(false);
    final UnicastDraft unicast = new UnicastDraft();
    final AuthenticationDraft authentication = new AuthenticationDraft();
    Vmac vmac;
    Word transmitOnBase;
    IpAddress source;
    Word sourceWord;
    Word sourceKeyword;
    boolean sourceIsUnicast;
    Word trackSource;
    IpAddress group;
    Word groupWord;
    final List<Address> addresses = new ArrayList<>();
    final List<Address> excluded = new ArrayList<>();
    Word addressBlock;
    boolean addressFailed;
    final GarpDraft garp = new GarpDraft();
    boolean promoteSecondaries;
    Boolean checksumWithoutPseudoHeader;
    Boolean lowerPriorityNoAdvert;
    Boolean higherPrioritySendAdvert;
    Boolean ownerIgnores;
    Boolean skipAddressListCheck;
    Boolean strict;
    Integer timerExpired;
    Word timerExpiredWord;
    Word noAddress;
    /** The last line of each keyword. */
    final Map<String, Word> given = new LinkedHashMap<>();
    Integer downTimerAdverts;

    InstanceDraft(Word name) {
        this.name = name;
    }

    String where() {
        return "vrrp_instance " + name.shown();
    }

    boolean wantsMaster() {
        return stateWord != null && stateWord.text().equals("MASTER");
    }

    record Address(VirtualAddress address, Word word) {}

    /** @param octets those given of the MAC: 0, 5 (the VRID is the sixth) or 6 */
    record Vmac(Word keyword, Word name, Word macWord, long mac, int octets) {}
}
