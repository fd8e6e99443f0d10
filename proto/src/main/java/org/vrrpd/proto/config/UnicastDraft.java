package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.LinkedHashSet;
import org.vrrpd.proto.config.UnicastConfiguration.OldChecksum;
import org.vrrpd.proto.config.UnicastConfiguration.UnicastPeer;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** The lines of an instance that make it send to peers instead of a group. */
final class UnicastDraft {

    private static final int GREATEST_TIME_TO_LIVE = 255;

    private record Peer(UnicastPeer peer, Word word) {}

    private final List<Peer> peers = new ArrayList<>();
    private boolean peerFailed;
    private Integer timeToLive;
    private Word timeToLiveWord;
    private Word faultWithoutPeer;
    private Word checkSource;
    private boolean limited;
    private Word oldChecksumWord;
    private OldChecksum oldChecksum = OldChecksum.AUTO;
    /** The first line that only unicast has a use for. */
    private Word first;

    /** Reads a statement if its keyword is one of these. */
    boolean read(String keyword, Arguments arguments, String owner, Problems problems) {
        switch (keyword) {
            case "unicast_peer" -> {
                mark(arguments);
                readPeers(arguments, "unicast_peer of " + owner, problems);
                return true;
            }
            case "unicast_ttl" -> {
                timeToLiveWord = arguments.keyword();
                timeToLive = arguments.integer(0, GREATEST_TIME_TO_LIVE);
            }
            case "unicast_fault_no_peer" -> faultWithoutPeer = arguments.keyword();
            case "check_unicast_src" -> checkSource = arguments.keyword();
            case "old_unicast_checksum" -> {
                oldChecksumWord = arguments.keyword();
                oldChecksum = arguments.nextIs("never") ? OldChecksum.NEVER : OldChecksum.ALWAYS;
            }
            default -> {
                return false;
            }
        }
        mark(arguments);
        arguments.end();
        return true;
    }

    private void mark(Arguments arguments) {
        first = first == null ? arguments.keyword() : first;
    }

    private void readPeers(Arguments block, String where, Problems problems) {
        for (Statement line : block.block()) {
            if (Keywords.isRoot(line.keyword())) {
                Keywords.skip(Keywords.Scope.INSTANCE, line, where, problems);
                continue;
            }
            Arguments arguments = new Arguments(line, where, problems);
            Word word = line.keyword();
            IpAddress address = Arguments.address(word.text());
            if (address == null || address.isMulticast() || address.isUnspecified()) {
                arguments.bad(word, "an IPv4 or IPv6 unicast address");
                peerFailed = true;
                continue;
            }
            readPeer(address, word, arguments);
        }
    }

    private void readPeer(IpAddress address, Word word, Arguments arguments) {
        int least = 0;
        int most = GREATEST_TIME_TO_LIVE;
        while (arguments.hasNext()) {
            Word option = arguments.peek();
            boolean min = arguments.nextIs("min_ttl");
            if (!min && !arguments.nextIs("max_ttl")) {
                arguments.bad(option, "min_ttl NUMBER or max_ttl NUMBER");
                break;
            }
            limited = true;
            Integer value = arguments.integer(0, GREATEST_TIME_TO_LIVE);
            least = min && value != null ? value : least;
            most = !min && value != null ? value : most;
        }
        arguments.end();
        if (least > most) {
            arguments.bad(word, "a min_ttl of at most its max_ttl " + most + ", but found " + least);
        }
        peers.add(new Peer(new UnicastPeer(address, least, most), word));
    }

    boolean isUnicast() {
        return !peers.isEmpty() || faultWithoutPeer != null;
    }

    /** Null: no peer, to tell the family from. */
    IpAddress firstPeer() {
        return peers.isEmpty() ? null : peers.get(0).peer().address();
    }

    Word firstPeerWord() {
        return peers.isEmpty() ? faultWithoutPeer : peers.get(0).word();
    }

    /** Null: multicast. */
    UnicastConfiguration complete(InstanceDraft draft, Family family, boolean checkAll, Problems problems) {
        String where = draft.where();
        if (!isUnicast()) {
            if (!peerFailed) {
                withoutPeers(draft, where, problems);
            }
            return null;
        }
        Set<UnicastPeer> distinct = new LinkedHashSet<>();
        Set<IpAddress> seen = new LinkedHashSet<>();
        for (Peer peer : peers) {
            IpAddress address = peer.peer().address();
            String place = peer.word().shown() + " in unicast_peer of " + where;
            if (address.family() != family) {
                problems.error(peer.word(), place + ": expected an " + family.text()
                        + " address, as the virtual addresses are");
            } else if (address.equals(draft.source)) {
                problems.warning(peer.word(), place + " is ignored: it is this router's own source address");
            } else if (!seen.add(address)) {
                problems.warning(peer.word(), place + " again: ignored");
            } else {
                distinct.add(peer.peer());
            }
        }
        if (!peers.isEmpty() && distinct.isEmpty() && faultWithoutPeer == null && !problems.hasErrors()) {
            problems.error(peers.get(0).word(), "no other router in unicast_peer of " + where
                    + ": expected the address of at least one");
        }
        int ttl = timeToLive == null ? UnicastConfiguration.DEFAULT_TIME_TO_LIVE : timeToLive;
        return new UnicastConfiguration(
                List.copyOf(distinct), ttl, checkAll || limited || checkSource != null, oldChecksum);
    }

    private void withoutPeers(InstanceDraft draft, String where, Problems problems) {
        Word word = draft.sourceIsUnicast ? draft.sourceKeyword : first;
        if (word != null) {
            problems.warning(word, word.shown() + " in " + where
                    + " without a unicast_peer: advertisements go to the multicast group"
                    + (draft.sourceIsUnicast ? " from that address; mcast_src_ip says the same" : ""));
        }
        if (timeToLiveWord != null && timeToLiveWord != word) {
            problems.warning(timeToLiveWord, "unicast_ttl in " + where
                    + " is ignored without a unicast_peer: multicast has a TTL of 255");
        }
    }
}
