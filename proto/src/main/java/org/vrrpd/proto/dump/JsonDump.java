package org.vrrpd.proto.dump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.vrrpd.proto.config.AuthenticationConfiguration;
import org.vrrpd.proto.config.ElectionConfiguration;
import org.vrrpd.proto.config.GarpConfiguration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.NotifyConfiguration;
import org.vrrpd.proto.config.ScriptCommand;
import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TrackedProcessConfiguration;
import org.vrrpd.proto.config.TrackingConfiguration;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.AddressView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.effect.ParameterMatch;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.narrate.CoreClock;

/**
 * keepalived.json, in keepalived's layout and order. Version 1 is a list of instances, version 2 an object that holds
 * it. Flags are 0 or 1 where keepalived has numbers. The password is never in it.
 */
final class JsonDump {

    private static final JsonFactory FACTORY = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    private static final String MASKED = "********";

    private final CoreView view;
    private final CoreClock clock;
    private final JsonGenerator out;

    private JsonDump(CoreView view, CoreClock clock, JsonGenerator out) {
        this.view = view;
        this.clock = clock;
        this.out = out;
    }

    static void write(CoreView view, CoreClock clock, Writer writer) throws IOException {
        try (JsonGenerator out = FACTORY.createGenerator(writer)) {
            new JsonDump(view, clock, out).whole();
        }
    }

    private void whole() throws IOException {
        if (view.configuration().global().jsonVersion() < 2) {
            instances();
            return;
        }
        out.writeStartObject();
        out.writeFieldName("vrrp");
        instances();
        processes();
        out.writeEndObject();
    }

    private void instances() throws IOException {
        out.writeStartArray();
        for (InstanceView instance : view.instances()) {
            out.writeStartObject();
            out.writeObjectFieldStart("data");
            identity(instance);
            announcements(instance.detail().configuration());
            election(instance);
            scripts(instance.detail().configuration().notifications());
            addresses("vips", instance, false);
            addresses("evips", instance, true);
            tracking(instance.detail().configuration().tracking());
            authentication(instance.detail().configuration().transport().authentication());
            out.writeEndObject();
            statistics(instance);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void identity(InstanceView instance) throws IOException {
        InstanceConfiguration configuration = instance.detail().configuration();
        String vmac = instance.detail().vmac();
        out.writeStringField("iname", instance.name());
        flag("dont_track_primary", !configuration.tracking().trackPrimary());
        flag("skip_check_adv_addr", configuration.transport().skipAddressListCheck());
        flag("strict_mode", configuration.election().strict());
        out.writeStringField("vmac_ifname", vmac);
        out.writeStringField("ifp_ifname", vmac.isEmpty() ? instance.interfaceName() : vmac);
        boolean knowsMaster = instance.state() == RouterState.BACKUP;
        out.writeNumberField("master_priority", knowsMaster ? instance.masterPriority() : 0);
        number("last_transition", Words.epoch(clock.at(instance.sinceNanos())));
    }

    private void announcements(InstanceConfiguration configuration) throws IOException {
        GarpConfiguration garp = configuration.garp();
        number("garp_delay", Words.seconds(garp.masterDelayNanos()));
        number("garp_refresh", Words.seconds(garp.refreshNanos()));
        out.writeNumberField("garp_rep", garp.masterRepeat());
        out.writeNumberField("garp_refresh_rep", garp.refreshRepeat());
        number("garp_lower_prio_delay", Words.seconds(garp.lowerPriorityDelayNanos()));
        out.writeNumberField("garp_lower_prio_rep", garp.lowerPriorityRepeat());
        flag("lower_prio_no_advert", configuration.election().lowerPriorityNoAdvert());
        flag("higher_prio_send_advert", configuration.election().higherPrioritySendAdvert());
    }

    private void election(InstanceView instance) throws IOException {
        InstanceConfiguration configuration = instance.detail().configuration();
        ElectionConfiguration election = configuration.election();
        out.writeNumberField("vrid", instance.vrid());
        out.writeNumberField("base_priority", instance.basePriority());
        out.writeNumberField("effective_priority", instance.effectivePriority());
        out.writeBooleanField("vipset", instance.state() == RouterState.MASTER
                && instance.addresses().stream().allMatch(AddressView::installed));
        out.writeBooleanField("promote_secondaries", configuration.promoteSecondaries());
        number("adver_int", Words.seconds(instance.advertisementIntervalNanos()));
        number("master_adver_int", Words.seconds(instance.masterIntervalNanos()));
        flag("accept", configuration.accept());
        out.writeBooleanField("nopreempt", !election.preempt());
        out.writeNumberField("preempt_delay", election.preemptDelayNanos() / 1_000_000_000L);
        out.writeNumberField("state", instance.state().ordinal());
        out.writeNumberField("wantstate", instance.detail().wanted().ordinal());
        out.writeNumberField("version", instance.version());
        out.writeBooleanField("smtp_alert", false); // mail is not sent
    }

    private void scripts(NotifyConfiguration notifications) throws IOException {
        out.writeBooleanField("notify_deleted", notifications.deletedEvent());
        script("script_backup", notifications.backup());
        script("script_master", notifications.master());
        script("script_fault", notifications.fault());
        script("script_stop", notifications.stop());
        script("script_deleted", notifications.deleted());
        script("script", notifications.any());
        script("script_master_rx_lower_pri", notifications.masterReceivedLower());
    }

    private void script(String name, ScriptCommand command) throws IOException {
        if (command != null) {
            out.writeStringField(name, Words.command(command));
        }
    }

    private void addresses(String name, InstanceView instance, boolean excluded) throws IOException {
        list(name, instance.addresses().stream().filter(each -> each.excluded() == excluded).toList(),
                address -> AddressText.of(instance, address));
    }

    /** Scripts are told by their command, everything else by its name. */
    private void tracking(TrackingConfiguration tracking) throws IOException {
        list("track_ifp", tracking.interfaces(), Tracked::name);
        list("track_script", tracking.scripts(), this::commandOf);
        list("track_process", tracking.processes(), Tracked::name);
    }

    private String commandOf(Tracked tracked) {
        for (ScriptConfiguration script : view.configuration().scripts()) {
            if (script.name().equals(tracked.name())) {
                return Words.command(script.command());
            }
        }
        return tracked.name();
    }

    private void authentication(AuthenticationConfiguration authentication) throws IOException {
        out.writeNumberField("auth_type", authentication == null ? 0 : authentication.type().number());
        if (authentication != null) {
            out.writeStringField("auth_data", MASKED);
        }
    }

    private void statistics(InstanceView instance) throws IOException {
        List<Statistics.Entry> entries = Statistics.of(instance);
        out.writeObjectFieldStart("stats");
        for (String name : List.of("advert_rcvd", "advert_sent", "become_master", "release_master", "packet_len_err",
                "advert_interval_err", "ip_ttl_err", "invalid_type_rcvd", "addr_list_err", "invalid_authtype",
                "authtype_mismatch", "auth_failure", "pri_zero_rcvd", "pri_zero_sent")) {
            for (Statistics.Entry entry : entries) {
                if (entry.json().equals(name)) {
                    out.writeNumberField(name, entry.value());
                }
            }
        }
        out.writeEndObject();
    }

    private void processes() throws IOException {
        if (view.configuration().processes().isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("track_process");
        for (TrackedProcessConfiguration process : view.configuration().processes()) {
            process(new ProcessState(view, process), process);
        }
        out.writeEndArray();
    }

    private void process(ProcessState state, TrackedProcessConfiguration process) throws IOException {
        out.writeStartObject();
        out.writeStringField("process", process.process());
        if (process.parameterMatch() != ParameterMatch.NONE) {
            out.writeStringField("parameters", String.join(" ", process.parameters()));
            out.writeStringField("param_match", process.parameterMatch().name().toLowerCase(Locale.ROOT));
        }
        out.writeNumberField("min_processes", process.quorum());
        out.writeNumberField("max_processes", process.quorumMax());
        out.writeNumberField("current_processes", state.count());
        out.writeBooleanField("have_quorum", state.hasQuorum());
        out.writeNumberField("weight", state.weight());
        number("terminate_delay", Words.seconds(process.terminateDelayNanos()));
        number("fork_delay", Words.seconds(process.forkDelayNanos()));
        out.writeBooleanField("fork_delay_timer_running", state.isGaining());
        out.writeBooleanField("terminate_delay_timer_running", state.isLosing());
        out.writeBooleanField("full_command", process.fullCommand());
        out.writeEndObject();
    }

    private void flag(String name, boolean value) throws IOException {
        out.writeNumberField(name, value ? 1 : 0);
    }

    private void number(String name, String digits) throws IOException {
        out.writeFieldName(name);
        out.writeNumber(digits);
    }

    private <T> void list(String name, List<T> values, Function<T, String> text) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart(name);
        for (T value : values) {
            out.writeString(text.apply(value));
        }
        out.writeEndArray();
    }
}
