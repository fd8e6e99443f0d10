package org.vrrpd.proto.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The notify lines of an instance or a sync group. */
final class NotifyDraft {

    private static final List<String> COMMANDS = List.of(
            "notify_master", "notify_backup", "notify_fault", "notify_stop", "notify_deleted", "notify",
            "notify_master_rx_lower_pri");

    private final Map<String, ScriptCommand> commands = new LinkedHashMap<>();
    private final Map<String, Word> given = new LinkedHashMap<>();
    private final boolean ofGroup;
    private boolean deletedEvent;
    private Boolean priorityChanges;

    NotifyDraft(boolean ofGroup) {
        this.ofGroup = ofGroup;
    }

    /** Of these the first counts, which is reported here. */
    static boolean isCommand(String keyword) {
        return COMMANDS.contains(keyword);
    }

    /** Reads a statement if its keyword is one of these. */
    boolean read(String keyword, Arguments arguments, String where) {
        switch (keyword) {
            case "notify_master", "notify_backup", "notify_fault", "notify_stop", "notify" ->
                command(keyword, arguments, where);
            case "notify_deleted", "notify_master_rx_lower_pri" -> {
                if (ofGroup) {
                    return false;
                }
                boolean deleted = keyword.equals("notify_deleted");
                deletedEvent |= deleted;
                if (!deleted || arguments.hasNext()) {
                    command(keyword, arguments, where);
                }
            }
            case "notify_priority_changes" -> priorityChanges = arguments.flag();
            default -> {
                return false;
            }
        }
        arguments.end();
        return true;
    }

    /** As in keepalived, the first command of a kind counts. */
    private void command(String keyword, Arguments arguments, String where) {
        ScriptCommand command = CommandReader.read(arguments);
        Word earlier = given.putIfAbsent(keyword, arguments.keyword());
        if (earlier == null) {
            commands.put(keyword, command);
        } else {
            arguments.warning(arguments.keyword(), keyword + " in " + where + " again (first in line "
                    + earlier.line() + "): the first one counts");
        }
    }

    Boolean priorityChanges() {
        return priorityChanges;
    }

    NotifyConfiguration complete(boolean changes, Account account) {
        return new NotifyConfiguration(
                get("notify_master", account), get("notify_backup", account), get("notify_fault", account),
                get("notify_stop", account), get("notify_deleted", account), deletedEvent,
                get("notify", account), get("notify_master_rx_lower_pri", account), changes);
    }

    private ScriptCommand get(String keyword, Account account) {
        return CommandReader.complete(commands.get(keyword), account);
    }
}
