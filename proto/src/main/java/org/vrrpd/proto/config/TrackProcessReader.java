package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.effect.ParameterMatch;

/** Reads the block of one vrrp_track_process. */
final class TrackProcessReader {

    private static final int MOST_PROCESSES = 65_535;
    private static final long LONGEST_DELAY = 3600 * Arguments.SECOND;

    private final Word name;
    private final String where;
    private final Problems problems;
    private String process;
    private final List<String> parameters = new ArrayList<>();
    private boolean processGiven;
    private ParameterMatch match;
    private boolean fullCommand;
    private Integer quorum;
    private Word quorumWord;
    private int quorumMax = TrackedProcessConfiguration.UNLIMITED;
    private long forkDelay;
    private long terminateDelay;
    private Weight weight = Weight.of(0);

    private TrackProcessReader(Word name, Problems problems) {
        this.name = name;
        this.where = "vrrp_track_process " + name.shown();
        this.problems = problems;
    }

    static Trackable<TrackedProcessConfiguration> read(Word name, List<Statement> block, Problems problems) {
        TrackProcessReader reader = new TrackProcessReader(name, problems);
        Repeats repeats = new Repeats(reader.where, problems);
        for (Statement statement : block) {
            repeats.check(statement);
            reader.read(statement);
        }
        return reader.complete();
    }

    private void read(Statement statement) {
        Arguments arguments = new Arguments(statement, where, problems);
        switch (statement.keyword().text()) {
            case "process" -> readProcess(arguments);
            case "param_match" -> match = match(arguments);
            case "weight" -> weight = Weight.read(arguments, 254, weight);
            case "quorum" -> {
                quorumWord = arguments.peek();
                quorum = arguments.integer(1, MOST_PROCESSES);
            }
            case "quorum_max" -> {
                Integer most = arguments.integer(0, MOST_PROCESSES);
                quorumMax = most == null ? quorumMax : most;
            }
            case "delay" -> {
                forkDelay = delay(arguments, forkDelay);
                terminateDelay = forkDelay;
            }
            case "fork_delay" -> forkDelay = delay(arguments, forkDelay);
            case "terminate_delay" -> terminateDelay = delay(arguments, terminateDelay);
            case "full_command" -> fullCommand = true;
            default -> {
                Keywords.skip(Keywords.Scope.PROCESS, statement, where, problems);
                return;
            }
        }
        arguments.end();
    }

    private void readProcess(Arguments arguments) {
        processGiven = true;
        Word word = arguments.text("the name or path of a program, and perhaps its parameters");
        process = word == null ? null : word.text();
        parameters.clear();
        int length = 0;
        while (arguments.hasNext()) {
            Word parameter = arguments.next("");
            parameters.add(parameter.text());
            length += parameter.text().length() + 1;
            if (length > SourceReader.LONGEST_WORD) {
                arguments.bad(parameter, "parameters of at most " + SourceReader.LONGEST_WORD
                        + " characters together");
                return;
            }
        }
        if (word != null && word.text().isEmpty()) {
            arguments.bad(word, "the name or path of a program");
        }
    }

    private static ParameterMatch match(Arguments arguments) {
        Word word = arguments.peek();
        if (word == null) {
            return ParameterMatch.EXACT;
        }
        arguments.next("");
        return switch (word.text()) {
            case "initial" -> ParameterMatch.INITIAL;
            case "partial" -> ParameterMatch.PARTIAL;
            default -> arguments.<ParameterMatch>bad(word, "initial, partial or nothing");
        };
    }

    private static long delay(Arguments arguments, long otherwise) {
        Long nanos = arguments.seconds(0, LONGEST_DELAY, "0 to 3600 seconds");
        return nanos == null ? otherwise : nanos;
    }

    private Trackable<TrackedProcessConfiguration> complete() {
        if (!processGiven) {
            problems.error(name, "no process in " + where + ": expected process NAME");
        }
        int least = quorum == null ? Math.min(1, quorumMax) : quorumMax == 0 ? 0 : quorum;
        if (least > quorumMax) {
            problems.error(quorumWord, "quorum " + least + " in " + where + ": expected at most its quorum_max "
                    + quorumMax);
        }
        if (quorum != null && quorumMax == 0) {
            problems.warning(quorumWord, "quorum in " + where + " is ignored: quorum_max 0 says that none may run");
        }
        ParameterMatch compared = match != null
                ? match
                : parameters.isEmpty() ? ParameterMatch.NONE : ParameterMatch.EXACT;
        return new Trackable<>(name, weight.value(), weight.reverse(), new TrackedProcessConfiguration(
                name.text(), process == null ? "" : process, List.copyOf(parameters), compared,
                fullCommand || !parameters.isEmpty(), least, quorumMax, forkDelay, terminateDelay));
    }
}
