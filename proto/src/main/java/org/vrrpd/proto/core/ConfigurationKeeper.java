package org.vrrpd.proto.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.SyncGroupConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.Family;

/** The desired half of the state: gathers the parts of a configuration and puts a complete one into force. */
final class ConfigurationKeeper {

    /** What makes two configurations of a router the same router (its name is not part of it, as in keepalived). */
    private record Key(String interfaceName, Family family, int vrid) {
        static Key of(InstanceConfiguration instance) {
            return new Key(instance.interfaceName(), instance.family(), instance.vrid());
        }
    }

    private final CoreContext context;
    private byte[] text = new byte[0];
    private byte[] parts = new byte[0];
    private int received;
    private int lastRouterId;
    private Configuration configuration = Configuration.EMPTY;

    ConfigurationKeeper(CoreContext context) {
        this.context = context;
    }

    String routerId() {
        return configuration.routerId();
    }

    /** True when the part completed a configuration, which is in force now. */
    boolean onPart(Event event) {
        int at = event.payloadOffset();
        int total = event.buffer().getInt(at);
        int from = event.buffer().getInt(at + 4);
        int length = event.payloadLength() - Payloads.PART_HEADER_BYTES;
        if (from == 0) {
            parts = new byte[total];
            received = 0;
        }
        if (from != received || received + length > parts.length) {
            return false; // a part is missing: the rest of this configuration is worthless
        }
        event.buffer().get(at + Payloads.PART_HEADER_BYTES, parts, from, length);
        received += length;
        if (received < parts.length) {
            return false;
        }
        text = parts;
        parts = new byte[0];
        received = 0;
        configuration = parse();
        putIntoForce();
        return true;
    }

    private Configuration parse() {
        return ConfigurationParser.parseCanonical(new String(text, StandardCharsets.UTF_8));
    }

    private void putIntoForce() {
        TreeMap<String, VirtualRouter> former = new TreeMap<>();
        for (VirtualRouter router : context.routers().all()) {
            former.put(Key.of(router.configuration).toString(), router);
        }
        List<VirtualRouter> next = new ArrayList<>();
        for (InstanceConfiguration instance : configuration.instances()) {
            VirtualRouter router = former.get(Key.of(instance).toString());
            boolean kept = router != null && router.canBecome(instance);
            if (kept) {
                former.remove(Key.of(instance).toString());
            }
            next.add(kept ? router : new VirtualRouter(nextRouterId(), instance, context));
        }
        former.values().forEach(router -> router.release(Cause.INSTANCE_REMOVED));
        context.routers().replace(next, groups(next));
        for (int i = 0; i < next.size(); i++) {
            next.get(i).reconfigure(configuration.instances().get(i));
        }
        context.routers().doubtAll();
    }

    private int nextRouterId() {
        lastRouterId = (lastRouterId + 1) % 0x8000;
        return lastRouterId;
    }

    private List<SyncGroup> groups(List<VirtualRouter> routers) {
        routers.forEach(router -> router.group = null);
        List<SyncGroup> groups = new ArrayList<>();
        for (SyncGroupConfiguration group : configuration.syncGroups()) {
            List<VirtualRouter> members = new ArrayList<>();
            for (int i = 0; i < routers.size(); i++) {
                if (group.members().contains(configuration.instances().get(i).name())) {
                    members.add(routers.get(i));
                }
            }
            groups.add(new SyncGroup(group.name(), members));
        }
        return groups;
    }

    void save(SnapshotWriter out) {
        out.putText(new String(text, StandardCharsets.UTF_8));
        out.putText(new String(parts, StandardCharsets.ISO_8859_1)).putInt(received).putInt(lastRouterId);
        for (VirtualRouter router : context.routers().all()) {
            out.putInt(router.id);
        }
    }

    void load(SnapshotReader in) {
        text = in.getText().getBytes(StandardCharsets.UTF_8);
        parts = in.getText().getBytes(StandardCharsets.ISO_8859_1);
        received = in.getInt();
        lastRouterId = in.getInt();
        configuration = text.length == 0 ? Configuration.EMPTY : parse();
        List<VirtualRouter> routers = new ArrayList<>();
        for (InstanceConfiguration instance : configuration.instances()) {
            routers.add(new VirtualRouter(in.getInt(), instance, context));
        }
        context.routers().replace(routers, groups(routers));
    }
}
