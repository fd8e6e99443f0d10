package org.vrrpd.proto.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.GlobalConfiguration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.SyncGroupConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.Payloads;

/** The desired half of the state: gathers the parts of a configuration and puts a complete one into force. */
final class ConfigurationKeeper {

    /** What became of a part. */
    enum Outcome { INCOMPLETE, UNREADABLE, IN_FORCE }

    private static final int LARGEST_BYTES = 64 * 1024 * 1024;

    private final CoreContext context;
    private String problem = "";
    private byte[] text = new byte[0];
    private byte[] parts = new byte[0];
    private int received;
    private int lastRouterId;
    private Configuration configuration = Configuration.EMPTY;
    private ReloadCounts counts;
    private boolean first;

    ConfigurationKeeper(CoreContext context) {
        this.context = context;
    }

    /** The one in force. */
    Configuration configuration() {
        return configuration;
    }

    String routerId() {
        return configuration.routerId();
    }

    GlobalConfiguration global() {
        return configuration.global();
    }

    Outcome onPart(Event event) {
        int at = event.payloadOffset();
        int length = event.payloadLength() - Payloads.PART_HEADER_BYTES;
        int total = length < 0 ? -1 : event.buffer().getInt(at);
        if (total < 0 || total > LARGEST_BYTES) {
            return Outcome.INCOMPLETE;
        }
        int from = event.buffer().getInt(at + 4);
        if (from == 0) {
            parts = new byte[total];
            received = 0;
        }
        if (from != received || total != parts.length || length > total - received) {
            return Outcome.INCOMPLETE; // a part is missing: the rest of this configuration is worthless
        }
        event.buffer().get(at + Payloads.PART_HEADER_BYTES, parts, from, length);
        received += length;
        return received < total ? Outcome.INCOMPLETE : completed();
    }

    private Outcome completed() {
        byte[] whole = parts;
        List<InstanceConfiguration> former = configuration.instances();
        parts = new byte[0];
        received = 0;
        try {
            configuration = parse(whole);
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
            return Outcome.UNREADABLE;
        }
        first = text.length == 0;
        counts = ReloadCounts.of(former, configuration.instances());
        text = whole;
        putIntoForce();
        return Outcome.IN_FORCE;
    }

    /** What came into force, in one line; valid only then. */
    String summary() {
        int count = configuration.instances().size();
        return count + (count == 1 ? " instance" : " instances") + (first ? "" : ": " + counts.text());
    }

    /** Why the last configuration was unreadable; valid only then. */
    String problem() {
        return problem;
    }

    private static Configuration parse(byte[] whole) {
        return ConfigurationParser.parseCanonical(new String(whole, StandardCharsets.UTF_8));
    }

    private void putIntoForce() {
        TreeMap<String, VirtualRouter> former = new TreeMap<>();
        for (VirtualRouter router : context.routers().all()) {
            former.put(RouterKey.of(router.configuration).toString(), router);
        }
        List<VirtualRouter> next = new ArrayList<>();
        for (InstanceConfiguration instance : configuration.instances()) {
            VirtualRouter router = former.get(RouterKey.of(instance).toString());
            boolean kept = router != null && RouterChange.isPossible(router.configuration, instance);
            if (kept) {
                former.remove(RouterKey.of(instance).toString());
            }
            next.add(kept ? router : created(instance, router));
        }
        former.values().forEach(router -> router.release(Cause.INSTANCE_REMOVED));
        context.notifier().configure(configuration.global());
        former.values().forEach(this::tellRemoved);
        context.settling().reconfigure(configuration);
        context.trackers().reconfigure(configuration);
        context.moment().because(Cause.CONFIGURATION_LOADED, "", "");
        context.routers().replace(next, groups(next));
        for (int i = 0; i < next.size(); i++) {
            next.get(i).reconfigure(configuration.instances().get(i));
        }
        context.routers().doubtAll();
    }

    /** One that only had to be made anew, such as for another VMAC, was not removed for those who are told. */
    private void tellRemoved(VirtualRouter router) {
        for (InstanceConfiguration instance : configuration.instances()) {
            if (RouterKey.of(instance).equals(RouterKey.of(router.configuration))) {
                return;
            }
        }
        context.notifier().removed(router);
    }

    /** @param former the router in whose place it is; null: none */
    private VirtualRouter created(InstanceConfiguration instance, VirtualRouter former) {
        VirtualRouter router = new VirtualRouter(nextRouterId(), instance, context);
        if (former != null) {
            router.authenticator.continueFrom(former.authenticator);
        }
        return router;
    }

    private int nextRouterId() {
        lastRouterId = (lastRouterId + 1) % 0x8000;
        return lastRouterId;
    }

    private List<SyncGroup> groups(List<VirtualRouter> routers) {
        TreeMap<String, RouterState> told = new TreeMap<>();
        context.routers().groups().forEach(group -> told.put(group.name, group.told()));
        routers.forEach(router -> router.group = null);
        List<SyncGroup> groups = new ArrayList<>();
        for (SyncGroupConfiguration group : configuration.syncGroups()) {
            List<VirtualRouter> members = new ArrayList<>();
            for (int i = 0; i < routers.size(); i++) {
                if (group.members().contains(configuration.instances().get(i).name())) {
                    members.add(routers.get(i));
                }
            }
            SyncGroup made = new SyncGroup(group, members, context.notifier());
            made.wasTold(told.getOrDefault(group.name(), RouterState.INIT));
            groups.add(made);
        }
        return groups;
    }

    void save(SnapshotWriter out) {
        out.putBytes(text).putBytes(parts).putInt(received).putInt(lastRouterId);
        for (VirtualRouter router : context.routers().all()) {
            out.putInt(router.id);
        }
        context.routers().groups().forEach(group -> out.putInt(group.told().ordinal()));
    }

    void load(SnapshotReader in) {
        text = in.getBytes();
        parts = in.getBytes();
        received = in.getInt();
        lastRouterId = in.getInt();
        configuration = text.length == 0 ? Configuration.EMPTY : parse(text);
        List<VirtualRouter> routers = new ArrayList<>();
        for (InstanceConfiguration instance : configuration.instances()) {
            routers.add(new VirtualRouter(in.getInt(), instance, context));
        }
        context.routers().replace(routers, groups(routers));
        context.routers().groups().forEach(group -> group.wasTold(RouterState.ofNumber(in.getInt())));
        context.notifier().restore(configuration.global());
    }
}
