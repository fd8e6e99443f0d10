package org.vrrpd.proto.rfc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes docs/RFC.md: what of the RFCs is met, what differs and why, and the tests that show it. */
final class Page {

    /** Lines are read in terminals too: none is longer than 120 characters. */
    private static final int[] WIDTHS = {11, 10, 7, 79};
    private static final int[] WIDTHS_OF_DIFFERENCES = {16, 32, 62};
    private static final int[] WIDTHS_OF_THE_REST = {16, 97};

    private static final String INTRODUCTION = """
            # The RFCs, requirement by requirement

            %s

            A requirement is met when a test shows it, and its counter-case where it has one (behind "not:"). This
            page is written from the annotations of the tests (`mvn -pl proto test -Dtest=RequirementsTest
            -Drfc.rewrite=true`). A test fails when the page is not what they say, when a requirement has no test,
            and when a test names one that does not exist.

            The sentences are ours, not those of the RFCs. MUST, SHOULD and MAY are keywords there; must, should and
            may are steps of the state machine, and what stands there in small letters; "is" defines. The state that
            RFC 9568 calls Active is MASTER here. What a virtual router sends and answers is meant with `use_vmac`:
            without it, as in keepalived, the MAC is the interface's own.

            ## What differs

            Each on purpose; the second column is the row of [DIFFERENCES.md](DIFFERENCES.md).

            %s
            ## What does not apply

            %s""";

    private final Ledger ledger;
    private final List<Annotations.Shown> shown;

    Page(Ledger ledger, List<Annotations.Shown> shown) {
        this.ledger = ledger;
        this.shown = shown;
    }

    String text() {
        StringBuilder out = new StringBuilder(INTRODUCTION.formatted(
                summary("9568", false, "RFC 9568 (VRRPv3)") + "  \n"
                        + summary("9568", true, "Errata of RFC 9568") + "  \n"
                        + summary("3768", false, "RFC 3768 (VRRPv2)"),
                differing(), notApplying()));
        for (String rfc : List.of("9568", "3768")) {
            String heading = "";
            for (Ledger.Line line : ledger.lines().values()) {
                if (line.rfc().equals(rfc) && !line.heading().equals(heading)) {
                    heading = line.heading();
                    out.append("\n## RFC ").append(rfc).append(": ").append(heading).append("\n\n")
                            .append(requirements(rfc, heading));
                }
            }
        }
        return out.toString();
    }

    private String summary(String rfc, boolean errata, String name) {
        List<Ledger.Line> lines = ledger.of(rfc, errata);
        Map<String, Long> verdicts = lines.stream()
                .collect(Collectors.groupingBy(line -> ledger.verdict(line.id()), Collectors.counting()));
        String rest = verdicts.containsKey("n/a") ? ", " + verdicts.get("n/a") + " not applicable" : "";
        return name + ": " + verdicts.getOrDefault("met", 0L) + " of " + lines.size() + " requirements met, "
                + verdicts.getOrDefault("differs", 0L) + " differing" + rest + ".";
    }

    private String differing() {
        List<String[]> rows = new ArrayList<>();
        for (Map.Entry<String, List<String>> group : idsByReason(true).entrySet()) {
            String row = ledger.exceptions().get(group.getValue().get(0)).row();
            rows.add(new String[] {String.join(" ", group.getValue()), row, group.getKey()});
        }
        return table(WIDTHS_OF_DIFFERENCES,
                new String[] {"requirements", "row", "what is done instead, and why"}, rows);
    }

    private String notApplying() {
        List<String[]> rows = new ArrayList<>();
        idsByReason(false).forEach((reason, ids) -> rows.add(new String[] {String.join(" ", ids), reason}));
        return table(WIDTHS_OF_THE_REST, new String[] {"requirements", "why"}, rows);
    }

    private Map<String, List<String>> idsByReason(boolean applies) {
        return ledger.exceptions().values().stream().filter(each -> each.applies() == applies)
                .collect(Collectors.groupingBy(Ledger.Declared::reason, LinkedHashMap::new,
                        Collectors.mapping(Ledger.Declared::id, Collectors.toList())));
    }

    private String requirements(String rfc, String heading) {
        List<String[]> rows = new ArrayList<>();
        for (Ledger.Line line : ledger.lines().values()) {
            if (line.rfc().equals(rfc) && line.heading().equals(heading)) {
                rows.add(new String[] {line.number(), line.level(), ledger.verdict(line.id()), line.text()});
                String tests = tests(line.id());
                if (!tests.isEmpty()) {
                    rows.add(new String[] {"", "", "", tests});
                }
            }
        }
        return table(WIDTHS, new String[] {"section", "level", "", "requirement, and the tests that show it"}, rows);
    }

    /** Such as "ATest: one, two; BTest: three; not: ATest: four". */
    private String tests(String id) {
        List<String> parts = new ArrayList<>();
        for (Annotations.Role role : Annotations.Role.values()) {
            Map<String, Set<String>> methods = new LinkedHashMap<>();
            shown.stream().filter(each -> each.id().equals(id) && each.role() == role).forEach(each ->
                    methods.computeIfAbsent(each.testClass(), name -> new LinkedHashSet<>()).add(each.method()));
            String text = methods.entrySet().stream()
                    .map(each -> "`" + each.getKey() + "` " + String.join(", ", each.getValue()))
                    .collect(Collectors.joining("; "));
            String word = switch (role) {
                case VALUE -> "";
                case COUNTER -> "**not:** ";
                case DIFFERS -> "**instead:** ";
            };
            if (!text.isEmpty()) {
                parts.add(word + text);
            }
        }
        return String.join("; ", parts);
    }

    /** What does not fit into its cell goes on in a row below, so that the page can be read as it stands. */
    private static String table(int[] widths, String[] names, List<String[]> rows) {
        StringBuilder out = new StringBuilder();
        line(out, widths, names);
        String[] rule = Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new);
        line(out, widths, rule);
        for (String[] row : rows) {
            List<List<String>> cells = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                cells.add(wrapped(row[i], widths[i]));
            }
            int height = cells.stream().mapToInt(List::size).max().orElse(0);
            for (int i = 0; i < height; i++) {
                int at = i;
                line(out, widths, cells.stream().map(cell -> at < cell.size() ? cell.get(at) : "")
                        .toArray(String[]::new));
            }
        }
        return out.toString();
    }

    private static void line(StringBuilder out, int[] widths, String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            String fill = " ".repeat(Math.max(0, widths[i] - cells[i].length()));
            out.append("| ").append(cells[i]).append(fill).append(' ');
        }
        out.append("|\n");
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
