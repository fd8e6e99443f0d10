package org.vrrpd.proto.config;

import java.util.List;

/** Reads the block of one vrrp_script. */
final class ScriptReader {

    private static final long MILLISECOND = Arguments.SECOND / 1000;
    private static final long LONGEST = 1_000_000 * Arguments.SECOND;
    private static final String PERIOD = "0.001 to 1000000 seconds";
    private static final int MOST_RUNS = 999_999_999;

    private final Word name;
    private final String where;
    private final Problems problems;
    private List<String> command;
    private boolean commandGiven;
    private Long intervalNanos;
    private Long timeoutNanos;
    private int rise = 1;
    private int fall = 1;
    private boolean startsFailed;
    private Account account = Account.NONE;
    private Weight weight = Weight.of(0);

    private ScriptReader(Word name, Problems problems) {
        this.name = name;
        this.where = "vrrp_script " + name.shown();
        this.problems = problems;
    }

    /** @param standard whose user it is run as when it names none */
    static Trackable<ScriptConfiguration> read(
            Word name, List<Statement> block, Account standard, Problems problems) {
        ScriptReader reader = new ScriptReader(name, problems);
        Repeats repeats = new Repeats(reader.where, problems);
        for (Statement statement : block) {
            repeats.check(statement);
            reader.read(statement);
        }
        return reader.complete(standard);
    }

    private void read(Statement statement) {
        Arguments arguments = new Arguments(statement, where, problems);
        switch (statement.keyword().text()) {
            case "script" -> {
                commandGiven = true;
                command = CommandReader.command(arguments);
            }
            case "interval" -> intervalNanos = period(arguments);
            case "timeout" -> timeoutNanos = period(arguments);
            case "rise" -> rise = runs(arguments, rise);
            case "fall" -> fall = runs(arguments, fall);
            case "weight" -> weight = Weight.read(arguments, 253, weight);
            case "init_fail" -> startsFailed = true;
            case "user" -> {
                Account read = Account.read(arguments);
                account = read == null ? account : read;
            }
            default -> {
                Keywords.skip(Keywords.Scope.SCRIPT, statement, where, problems);
                return;
            }
        }
        arguments.end();
    }

    /** 0 means 1 s. */
    private static Long period(Arguments arguments) {
        Word word = arguments.peek();
        Long nanos = arguments.seconds(0, LONGEST, PERIOD);
        if (nanos == null) {
            return null;
        }
        if (nanos == 0) {
            arguments.warning(word, arguments.keyword() + " 0 means 1 second");
            return Arguments.SECOND;
        }
        return nanos < MILLISECOND ? arguments.<Long>bad(word, PERIOD) : nanos;
    }

    private static int runs(Arguments arguments, int otherwise) {
        Integer runs = arguments.integer(1, MOST_RUNS);
        return runs == null ? otherwise : runs;
    }

    private Trackable<ScriptConfiguration> complete(Account standard) {
        if (command == null) {
            if (!commandGiven) {
                problems.error(name, "no script in " + where + ": expected script \"COMMAND\"");
            }
            command = List.of("");
        }
        long interval = intervalNanos == null ? Arguments.SECOND : intervalNanos;
        Account user = account.or(standard);
        return new Trackable<>(name, weight.value(), weight.reverse(), new ScriptConfiguration(
                name.text(), new ScriptCommand(command, user.user(), user.group()), interval,
                timeoutNanos == null ? interval : timeoutNanos, rise, fall, startsFailed));
    }
}
