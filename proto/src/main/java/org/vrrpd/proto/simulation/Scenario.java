package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What befalls a LAN, and when it ends. As text a line each, {@code #} begins a comment:
 *
 * <pre>
 * at 5s link gw1:eno1 down
 * at 12s node gw2 pause
 * until 30s
 * </pre>
 */
public record Scenario(List<Statement> statements, long untilNanos) {

    /** Time for everything to settle after the last statement, unless the text says until when it lasts. */
    private static final long SETTLING = 30_000_000_000L;

    public Scenario {
        statements = List.copyOf(statements);
    }

    /** @param name of the file, for the messages; throws IllegalArgumentException for what it does not understand */
    public static Scenario parse(String name, String text) {
        List<Statement> statements = new ArrayList<>();
        long until = -1;
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            List<String> words = List.of(line.split("\\s+"));
            try {
                if (words.get(0).equals("until") && words.size() == 2) {
                    until = Statement.nanos(words.get(1));
                } else {
                    statements.add(statement(words));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ":" + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        statements.sort(Comparator.comparingLong(Statement::atNanos));
        Scenario scenario = new Scenario(statements, until);
        return until >= 0 ? scenario : new Scenario(statements, scenario.lastNanos() + SETTLING);
    }

    /** When the last of the statements befalls the LAN; 0: there is none. */
    public long lastNanos() {
        return statements.isEmpty() ? 0 : statements.get(statements.size() - 1).atNanos();
    }

    /** @param words of a whole line; throws IllegalArgumentException when it is no statement */
    static Statement statement(List<String> words) {
        if (!words.get(0).equals("at") || words.size() < 3) {
            throw new IllegalArgumentException(
                    "Expected at TIME …, or until TIME, but found " + String.join(" ", words));
        }
        return Director.checked(new Statement(Statement.nanos(words.get(1)), words.subList(2, words.size())));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        statements.forEach(each -> text.append(each).append('\n'));
        return text.append("until ").append(Statement.duration(untilNanos)).append('\n').toString();
    }
}
