package org.vrrpd.proto.dump;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.vrrpd.proto.config.AuthenticationConfiguration;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.GarpConfiguration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.NotifyConfiguration;
import org.vrrpd.proto.config.ScriptCommand;
import org.vrrpd.proto.config.SyncGroupConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TransportConfiguration;
import org.vrrpd.proto.config.UnicastConfiguration;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.AddressView;
import org.vrrpd.proto.core.CoreView.GroupView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.narrate.CoreClock;

/**
 * keepalived.data: the same sections and the same keys for what there is in both, so that a tool that looks for
 * "VRRP Instance = " or "State = " finds it. Secrets are masked.
 */
final class StateText {

    private static final String MASKED = "********";
    private static final DateTimeFormatter CALENDAR =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss.SSSSSS uuuu", Locale.ROOT);

    private final CoreView view;
    private final CoreClock clock;
    private final ZoneId zone;
    private final Writer out;

    StateText(CoreView view, CoreClock clock, ZoneId zone, Writer out) {
        this.view = view;
        this.clock = clock;
        this.zone = zone;
        this.out = out;
    }

    void write() throws IOException {
        globals(view.configuration());
        heading("VRRP Topology");
        for (InstanceView instance : view.instances()) {
            instance(instance);
        }
        groups();
        new TrackerText(view, out).write();
    }

    private void globals(Configuration configuration) throws IOException {
        heading("Global definitions");
        item(" Router ID", configuration.routerId());
        item(" VRRP startup delay", Words.seconds(configuration.global().startupDelayNanos()));
        item(" Script security", configuration.global().scriptSecurity() ? "enabled" : "disabled");
        item(" JSON version", configuration.global().jsonVersion());
    }

    private void instance(InstanceView instance) throws IOException {
        InstanceConfiguration configuration = instance.detail().configuration();
        item(" VRRP Instance", instance.name());
        state(instance);
        network(instance);
        announcements(configuration);
        item("   Down timer adverts", configuration.election().downTimerAdverts());
        item("   Send advert after receive lower priority advert",
                !configuration.election().lowerPriorityNoAdvert());
        item("   Send advert after receive higher priority advert",
                configuration.election().higherPrioritySendAdvert());
        election(instance);
        authentication(configuration);
        addresses(instance);
        unicast(configuration.transport().unicast());
        tracked("interfaces", configuration.tracking().interfaces());
        tracked("scripts", configuration.tracking().scripts());
        tracked("files", configuration.tracking().files());
        tracked("processes", configuration.tracking().processes());
        notifications(configuration.notifications());
    }

    private void state(InstanceView instance) throws IOException {
        CoreView.Detail detail = instance.detail();
        item("   VRRP Version", instance.version());
        if (!instance.syncGroup().isEmpty()) {
            item("   Sync group", instance.syncGroup());
        }
        if (instance.family() == Family.IPV6) {
            line("   Using Native IPv6");
        }
        item("   State", instance.state());
        item("   Wantstate", detail.wanted());
        item("   Number of faults", instance.faults().size());
        for (CoreView.FaultView fault : instance.faults()) {
            line("     " + fault.reasonText());
        }
        item("   Last transition", time(instance.sinceNanos()));
        item("   Read timeout", detail.dueNanos() == Long.MAX_VALUE ? "DISABLED" : time(detail.dueNanos()));
        item("   Master down timer", detail.masterDownNanos() / 1000 + " usecs");
        if (instance.masterAddress() != null) {
            item("   Master router", instance.masterAddress());
            item("   Master priority", instance.masterPriority());
        }
    }

    private void network(InstanceView instance) throws IOException {
        CoreView.Detail detail = instance.detail();
        TransportConfiguration transport = detail.configuration().transport();
        boolean onBase = detail.configuration().vmac() != null && detail.configuration().vmac().transmitOnBase();
        if (detail.vmac().isEmpty()) {
            item("   Interface", instance.interfaceName());
        } else {
            line("   Use VMAC, i/f name " + detail.vmac() + ", xmit_base = " + onBase);
            item("   Interface", detail.vmac() + ", vmac on " + instance.interfaceName()
                    + (onBase ? ", xmit base i/f" : ""));
        }
        if (!detail.configuration().tracking().trackPrimary()) {
            line("   VRRP interface tracking disabled");
        }
        if (transport.skipAddressListCheck()) {
            line("   Skip checking advert IP addresses");
        }
        String source = detail.source() == null ? "(none)" : detail.source().toString();
        item("   Using src_ip", source + (transport.sourceAddress() == null ? "" : " (from configuration)"));
        if (!transport.isUnicast()) {
            line("   Multicast address " + transport.multicastGroup());
        }
    }

    private void announcements(InstanceConfiguration configuration) throws IOException {
        GarpConfiguration garp = configuration.garp();
        item("   Gratuitous ARP delay", Words.seconds(garp.masterDelayNanos()));
        item("   Gratuitous ARP repeat", garp.masterRepeat());
        item("   Gratuitous ARP refresh", Words.seconds(garp.refreshNanos()));
        item("   Gratuitous ARP refresh repeat", garp.refreshRepeat());
        item("   Gratuitous ARP lower priority delay", Words.seconds(garp.lowerPriorityDelayNanos()));
        item("   Gratuitous ARP lower priority repeat", garp.lowerPriorityRepeat());
    }

    private void election(InstanceView instance) throws IOException {
        InstanceConfiguration configuration = instance.detail().configuration();
        item("   Virtual Router ID", instance.vrid());
        item("   Priority", instance.basePriority());
        item("   Effective priority", instance.effectivePriority());
        item("   Advert interval", instance.version() == 2
                ? Words.seconds(instance.advertisementIntervalNanos()) + " sec"
                : instance.advertisementIntervalNanos() / 1_000_000 + " milli-sec");
        item("   Accept", configuration.accept() ? "enabled" : "disabled");
        item("   Preempt", configuration.election().preempt() ? "enabled" : "disabled");
        if (configuration.election().preemptDelayNanos() > 0) {
            item("   Preempt delay", Words.seconds(configuration.election().preemptDelayNanos()) + " secs");
        }
        item("   Promote_secondaries", configuration.promoteSecondaries() ? "enabled" : "disabled");
    }

    private void authentication(InstanceConfiguration configuration) throws IOException {
        if (configuration.version() != 2) {
            return;
        }
        AuthenticationConfiguration authentication = configuration.transport().authentication();
        if (authentication == null) {
            item("   Authentication type", "none");
            return;
        }
        boolean simple = authentication.type() == AuthenticationConfiguration.Type.PASS;
        item("   Authentication type", simple ? "SIMPLE_PASSWORD" : "IPSEC_AH");
        item("   Password", MASKED);
    }

    private void addresses(InstanceView instance) throws IOException {
        List<AddressView> advertised = instance.addresses().stream().filter(each -> !each.excluded()).toList();
        List<AddressView> excluded = instance.addresses().stream().filter(AddressView::excluded).toList();
        if (!advertised.isEmpty()) {
            line("   Virtual IP (" + advertised.size() + "):");
        }
        for (AddressView address : advertised) {
            line("     " + AddressText.of(instance, address));
        }
        if (!excluded.isEmpty()) {
            line("   Virtual IP Excluded :");
        }
        for (AddressView address : excluded) {
            line("     " + AddressText.of(instance, address));
        }
    }

    private void unicast(UnicastConfiguration unicast) throws IOException {
        if (unicast == null) {
            return;
        }
        item("   Unicast TTL", unicast.timeToLive());
        line("   Check unicast src : " + (unicast.checkSource() ? "yes" : "no"));
        line("   Unicast Peer :");
        for (UnicastConfiguration.UnicastPeer peer : unicast.peers()) {
            line("     " + peer.address() + " min_ttl " + peer.minTimeToLive() + " max_ttl " + peer.maxTimeToLive());
        }
    }

    private void tracked(String what, List<Tracked> tracked) throws IOException {
        if (tracked.isEmpty()) {
            return;
        }
        line("   Tracked " + what + " :");
        for (Tracked each : tracked) {
            line("     " + each.name() + " weight " + each.weight() + (each.reverse() ? " reverse" : ""));
        }
    }

    private void notifications(NotifyConfiguration notifications) throws IOException {
        item("   Notify deleted", notifications.deletedEvent() ? "Deleted" : "Fault");
        script("Backup", notifications.backup());
        script("Master", notifications.master());
        script("Fault", notifications.fault());
        script("Stop", notifications.stop());
        script("Deleted", notifications.deleted());
        script("Generic", notifications.any());
        script("Master rx lower pri", notifications.masterReceivedLower());
        item("   Notify priority changes", notifications.priorityChanges());
    }

    private void script(String which, ScriptCommand command) throws IOException {
        if (command != null) {
            item("   " + which + " state transition script", Words.command(command));
        }
    }

    private void groups() throws IOException {
        if (view.groups().isEmpty()) {
            return;
        }
        heading("VRRP Sync groups");
        for (GroupView group : view.groups()) {
            item(" VRRP Sync Group", group.name() + ", " + group.state());
            line("   VRRP member instances :");
            for (String member : group.members()) {
                line("     " + member);
            }
            for (SyncGroupConfiguration configuration : view.configuration().syncGroups()) {
                if (configuration.name().equals(group.name())) {
                    notifications(configuration.notifications());
                }
            }
        }
    }

    private String time(long coreNanos) {
        Instant time = clock.at(coreNanos);
        return Words.epoch(time) + " (" + CALENDAR.format(time.atZone(zone)) + ")";
    }

    private void heading(String title) throws IOException {
        line("------< " + title + " >------");
    }

    private void item(String key, Object value) throws IOException {
        line(key + " = " + value);
    }

    private void line(String line) throws IOException {
        out.append(line).append('\n');
    }
}
