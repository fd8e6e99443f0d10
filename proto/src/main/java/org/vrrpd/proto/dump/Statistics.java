package org.vrrpd.proto.dump;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.core.CoreView.Counter;
import org.vrrpd.proto.core.CoreView.InstanceView;

/**
 * The counters of an instance under keepalived's names, in its order. Some of them are several of ours; what keepalived
 * does not count (checksums, versions) is only in the status.
 */
final class Statistics {

    /** @param group the heading of the text; empty: none */
    record Entry(String group, String text, String json, long value) {}

    private Statistics() {}

    static List<Entry> of(InstanceView instance) {
        List<Entry> entries = new ArrayList<>();
        Entries out = new Entries(entries, instance.counters());
        out.add("Advertisements", "Received", "advert_rcvd", "advertisementsReceived");
        out.add("Advertisements", "Sent", "advert_sent", "advertisementsSent");
        out.add("", "Became master", "become_master", "becameMaster");
        out.add("", "Released master", "release_master", "releasedMaster");
        out.add("Packet Errors", "Length", "packet_len_err", "discardedLength");
        out.add("Packet Errors", "TTL", "ip_ttl_err", "discardedTtl");
        out.add("Packet Errors", "Invalid Type", "invalid_type_rcvd", "discardedType");
        out.add("Packet Errors", "Advertisement Interval", "advert_interval_err", "discardedInterval");
        out.add("Packet Errors", "Address List", "addr_list_err", "addressListDiffers", "discardedCount");
        out.add("Authentication Errors", "Invalid Type", "invalid_authtype", "discardedAuthenticationType");
        out.add("Authentication Errors", "Type Mismatch", "authtype_mismatch", "discardedAuthenticationMismatch");
        out.add("Authentication Errors", "Failure", "auth_failure", "discardedAuthentication");
        out.add("Priority Zero", "Received", "pri_zero_rcvd", "priorityZeroReceived");
        out.add("Priority Zero", "Sent", "pri_zero_sent", "priorityZeroSent");
        return entries;
    }

    private record Entries(List<Entry> entries, List<Counter> counters) {

        void add(String group, String text, String json, String... names) {
            long value = counters.stream().filter(each -> List.of(names).contains(each.name()))
                    .mapToLong(Counter::value).sum();
            entries.add(new Entry(group, text, json, value));
        }
    }
}
