package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.onlyWith;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands and pipes that are told of states, and as whom they run. */
class NotifyKeywordsTest {

    private static final long SECOND = 1_000_000_000L;

    private static ScriptCommand command(String... arguments) {
        return new ScriptCommand(List.of(arguments), "", "");
    }

    @Test
    void eachStateHasItsCommand() {
        assertEquals(NotifyConfiguration.NONE, onlyWith("").notifications());
        assertEquals(
                new NotifyConfiguration(command("/m", "a b"), command("/b"), command("/f"), command("/s"),
                        command("/d"), true, command("/n"), command("/l"), true),
                onlyWith("notify_master \"/m 'a b'\"\nnotify_backup /b\nnotify_fault \"/f\"\nnotify_stop '/s'\n"
                        + "notify_deleted /d\nnotify /n\nnotify_master_rx_lower_pri /l\nnotify_priority_changes")
                                .notifications());
        NotifyConfiguration deleted = onlyWith("notify_deleted").notifications();
        assertTrue(deleted.deletedEvent() && deleted.deleted() == null);
        assertEquals(new ScriptCommand(List.of("/m"), "nobody", "adm"),
                onlyWith("notify_master /m nobody adm").notifications().master());
    }

    @Test
    void theFirstOfAKindCounts() {
        assertEquals(command("/a"), warned(instance("notify_master /a\nnotify_master /b"), "c:6:1: warning:"
                + " notify_master in vrrp_instance A again (first in line 5): the first one counts")
                        .notifications().master());
    }

    @Test
    void whatIsWrongIsSaid() {
        refused(instance("notify_master\nnotify \"'/x\"\nnotify_fault \"\"\nnotify_stop /a b c d"),
                "c:5:1: error: notify_master without a value in vrrp_instance A: expected a command, in quotes if it"
                        + " has arguments",
                "c:6:8: error: notify in vrrp_instance A: unterminated quote: expected another '",
                "c:7:14: error: notify_fault in vrrp_instance A: no program: expected its path",
                "c:8:20: warning: d behind notify_stop in vrrp_instance A: expected the end of the line; the rest is"
                        + " ignored");
    }

    @Test
    void scriptsRunAsWhoeverGlobalDefsNames() {
        Configuration configuration = parse(instance("notify /n\nnotify_stop /s nobody\ntrack_script { chk }")
                + "vrrp_script chk {\nscript /c\n}\nglobal_defs {\nscript_user web www\nenable_script_security\n"
                + "notify_fifo /run/f\nnotify_fifo_script /r\nstartup_script /up\n}").configuration();
        NotifyConfiguration notifications = configuration.instances().get(0).notifications();
        assertEquals(new ScriptCommand(List.of("/n"), "web", "www"), notifications.any());
        assertEquals(new ScriptCommand(List.of("/s"), "nobody", ""), notifications.stop());
        assertEquals("web", configuration.scripts().get(0).command().user());
        assertEquals(List.of(new FifoConfiguration("/run/f", "web", "www",
                new ScriptCommand(List.of("/r"), "web", "www"))), configuration.global().fifos());
        assertEquals("www", configuration.global().startupScript().group());
        assertTrue(configuration.global().scriptSecurity());
    }

    @Test
    void aGroupHasCommandsAndADefaultForItsMembers() {
        String text = instance("") + instance("notify_priority_changes off").replace("ce A", "ce B")
                .replace("_id 1", "_id 2") + "vrrp_sync_group G {\ngroup { A\nB }\nnotify /n\nnotify_stop /s\n"
                + "notify_priority_changes\n}";
        Configuration configuration = parse(text).configuration();
        assertEquals(List.of(), problems(text));
        assertEquals(new NotifyConfiguration(null, null, null, command("/s"), null, false, command("/n"), null, true),
                configuration.syncGroups().get(0).notifications());
        assertTrue(configuration.instances().get(0).notifications().priorityChanges());
        assertFalse(configuration.instances().get(1).notifications().priorityChanges());
        assertTrue(parse(instance("") + "global_defs { vrrp_notify_priority_changes on }").configuration()
                .instances().get(0).notifications().priorityChanges());
        assertEquals("c:9:1: warning: notify_deleted does not belong in vrrp_sync_group G: skipped",
                problems(instance("") + "vrrp_sync_group G {\ngroup { A }\nnotify_deleted\n}").get(1));
    }

    @Test
    void pipesHaveReaders() {
        GlobalConfiguration global = parse("global_defs {\nnotify_fifo /a u g\nvrrp_notify_fifo \"/b c\"\n"
                + "vrrp_notify_fifo_script \"/r x\" v\nfifo_write_vrrp_states_on_reload\n}").configuration().global();
        assertEquals(List.of(
                new FifoConfiguration("/a", "u", "g", null),
                new FifoConfiguration("/b c", "", "", new ScriptCommand(List.of("/r", "x"), "v", ""))), global.fifos());
        assertTrue(global.statesToFifosOnReload());
        assertEquals(List.of("c:1:15: warning: notify_fifo_script in global_defs is ignored: expected notify_fifo"
                + " beside it"), problems("global_defs { notify_fifo_script /x }"));
        refused("global_defs {\nnotify_fifo a\nvrrp_notify_fifo\n}",
                "c:2:13: error: notify_fifo a in global_defs: expected an absolute path",
                "c:3:1: error: vrrp_notify_fifo without a value in global_defs: expected an absolute path");
        refused("global_defs {\nnotify_fifo /a\nvrrp_notify_fifo /a\n}",
                "c:3:18: error: vrrp_notify_fifo /a in global_defs: expected another path than that of notify_fifo");
    }

    @Test
    void theDaemonHasSettingsOfItsOwn() {
        assertEquals(GlobalConfiguration.DEFAULT, parse("").configuration().global());
        assertEquals(
                new GlobalConfiguration(SECOND / 2, 60 * SECOND, List.of(), false, false, command("/a", "b"),
                        3 * SECOND, command("/c"), 1000 * SECOND, 2, "/d", "/e", "/f", true),
                parse("global_defs {\nvrrp_startup_delay .5\nvrrp_delay_after_boot 60\nstartup_script \"/a b\"\n"
                        + "startup_script_timeout 3\nshutdown_script /c\nshutdown_script_timeout 1000\njson_version 2\n"
                        + "state_dump_file /d\nstats_dump_file /e\njson_dump_file /f\nlog_unknown_vrids\n}")
                                .configuration().global());
        refused("global_defs {\nvrrp_startup_delay x\nstartup_script_timeout 0\njson_version 3\nstate_dump_file d\n}",
                "c:2:20: error: vrrp_startup_delay x in global_defs: expected 0 to 86400 seconds",
                "c:3:24: error: startup_script_timeout 0 in global_defs: expected 1 to 1000 whole seconds",
                "c:4:14: error: json_version 3 in global_defs: expected 1 or 2",
                "c:5:17: error: state_dump_file d in global_defs: expected an absolute path");
    }
}
