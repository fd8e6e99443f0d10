package org.vrrpd.proto.config;

import java.util.List;

/** "COMMAND [ARGUMENT...]" [USER [GROUP]], as it stands behind script, notify and the like. */
final class CommandReader {

    private static final String EXPECTED = "a command, in quotes if it has arguments";

    private CommandReader() {}

    /** With a user and group behind it; null after an error. */
    static ScriptCommand read(Arguments arguments) {
        List<String> command = command(arguments);
        Account account = Account.readOptional(arguments);
        return command == null ? null : new ScriptCommand(command, account.user(), account.group());
    }

    /** The command alone, or null after an error. */
    static List<String> command(Arguments arguments) {
        Word word = arguments.next(EXPECTED);
        if (word == null) {
            return null;
        }
        ScriptWords.Split split = ScriptWords.split(word.text());
        if (split.error() != null) {
            arguments.error(word, arguments.keyword() + " in " + arguments.where() + ": " + split.error());
            return null;
        }
        return split.arguments();
    }

    /** The command with the user that holds for those that name none. */
    static ScriptCommand complete(ScriptCommand command, Account standard) {
        if (command == null) {
            return null;
        }
        Account account = new Account(command.user(), command.group()).or(standard);
        return new ScriptCommand(command.arguments(), account.user(), account.group());
    }
}
