package org.vrrpd.proto.rfc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requirements of the RFCs and what is declared of them: that they do not apply, or are met otherwise on purpose.
 * All others are met, which a test must show.
 */
record Ledger(Map<String, Line> lines, Map<String, Declared> exceptions) {

    private static final Path DIRECTORY = Path.of("src/test/resources/rfc");
    private static final Pattern REQUIREMENT = Pattern.compile("((\\d{4})-(\\d[.\\d]*-\\d+|E\\d{4})) \\| "
            + "(MUST|MUST NOT|SHOULD|SHOULD NOT|MAY|must|should|may|is) \\| (\\+|\\+-) \\| (.+\\.)");
    private static final Pattern HEADING = Pattern.compile("# (\\d{4}) \\| (.+)");
    private static final Pattern EXCEPTION = Pattern.compile("([\\dE. -]+) \\| (n/a|(.+)) \\| (.+\\.)");

    /** @param counter there is a counter-case, which a test must show too */
    record Line(String id, String rfc, String number, String heading, String level, boolean counter, String text) {

        boolean isErratum() {
            return number.startsWith("E");
        }
    }

    /** @param row of DIFFERENCES.md; null: the requirement does not apply */
    record Declared(String id, String row, String reason) {

        boolean applies() {
            return row != null;
        }
    }

    static Ledger read() throws IOException {
        return new Ledger(requirements(Files.readAllLines(DIRECTORY.resolve("requirements.txt"))),
                exceptions(Files.readAllLines(DIRECTORY.resolve("exceptions.txt"))));
    }

    static Map<String, Line> requirements(List<String> text) {
        Map<String, Line> lines = new LinkedHashMap<>();
        String heading = null;
        for (String each : text) {
            Matcher title = HEADING.matcher(each);
            if (title.matches()) {
                heading = title.group(2);
            } else if (heading != null && !each.isEmpty()) {
                Matcher found = match(REQUIREMENT, each, "ID | LEVEL | + or +- | sentence");
                Line line = new Line(found.group(1), found.group(2), found.group(3), heading, found.group(4),
                        found.group(5).equals("+-"), found.group(6));
                put(lines, line.id(), line);
            }
        }
        return lines;
    }

    static Map<String, Declared> exceptions(List<String> text) {
        Map<String, Declared> exceptions = new LinkedHashMap<>();
        for (String each : text) {
            if (each.isEmpty() || each.startsWith("#")) {
                continue;
            }
            Matcher found = match(EXCEPTION, each, "IDS | n/a or a row of DIFFERENCES.md | sentence");
            for (String id : found.group(1).split(" ")) {
                put(exceptions, id, new Declared(id, found.group(3), found.group(4)));
            }
        }
        return exceptions;
    }

    private static Matcher match(Pattern pattern, String line, String expected) {
        Matcher found = pattern.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("Expected " + expected + ", but found " + line);
        }
        return found;
    }

    private static <T> void put(Map<String, T> all, String id, T value) {
        if (all.put(id, value) != null) {
            throw new IllegalArgumentException("Expected every id once, but found " + id + " again");
        }
    }

    /** "met", "differs" or "n/a". */
    String verdict(String id) {
        Declared declared = exceptions.get(id);
        return declared == null ? "met" : declared.applies() ? "differs" : "n/a";
    }

    List<Line> of(String rfc, boolean errata) {
        List<Line> found = new ArrayList<>();
        for (Line line : lines.values()) {
            if (line.rfc().equals(rfc) && line.isErratum() == errata) {
                found.add(line);
            }
        }
        return found;
    }
}
