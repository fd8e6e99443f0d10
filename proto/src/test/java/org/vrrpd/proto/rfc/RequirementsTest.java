package org.vrrpd.proto.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.rfc.Annotations.Role;
import org.vrrpd.proto.rfc.Annotations.Shown;

/**
 * Every requirement of RFC 9568 and RFC 3768 is shown by a test, or declared not to apply, or to be met otherwise and
 * shown to be; docs/RFC.md says which. {@code -Drfc.rewrite=true} writes the page; read the diff before it is kept.
 */
class RequirementsTest {

    private static final Path PAGE = Path.of("docs/RFC.md");
    private static final Path DIFFERENCES = Path.of("docs/DIFFERENCES.md");

    private static List<String> problems(Ledger ledger, List<Shown> shown) {
        List<String> problems = new ArrayList<>();
        for (Shown each : shown) {
            String where = each.testClass() + "." + each.method();
            if (!ledger.lines().containsKey(each.id())) {
                problems.add(where + " shows " + each.id() + ", which is no requirement");
            }
            if (!each.isTest()) {
                problems.add(where + " shows " + each.id() + ", but is no test");
            }
            if (each.role() == Role.DIFFERS && !ledger.verdict(each.id()).equals("differs")) {
                problems.add(where + " shows how " + each.id() + " differs, which is not declared");
            }
        }
        for (String id : ledger.exceptions().keySet()) {
            if (!ledger.lines().containsKey(id)) {
                problems.add(id + " is declared, but is no requirement");
            }
        }
        for (Ledger.Line line : ledger.lines().values()) {
            String verdict = ledger.verdict(line.id());
            if (verdict.equals("met") && !isShown(shown, line, Role.VALUE)) {
                problems.add(line.id() + " has no test: " + line.text());
            }
            if (verdict.equals("met") && line.counter() && !isShown(shown, line, Role.COUNTER)) {
                problems.add(line.id() + " has no test of its counter-case: " + line.text());
            }
            if (verdict.equals("differs") && !isShown(shown, line, Role.DIFFERS)) {
                problems.add(line.id() + " has no test of what is done instead: " + line.text());
            }
        }
        return problems;
    }

    private static boolean isShown(List<Shown> shown, Ledger.Line line, Role role) {
        return shown.stream().anyMatch(each -> each.id().equals(line.id()) && each.role() == role);
    }

    @Test
    void everyRequirementIsMetOrDeclared() throws IOException {
        List<String> problems = problems(Ledger.read(), Annotations.ofAllModules());
        assertTrue(problems.isEmpty(), () -> "Expected a test or a declaration for every requirement, but found "
                + problems.size() + " problems\n  " + String.join("\n  ", problems));
    }

    @Test
    void allOfThemAreThere() throws IOException {
        Ledger ledger = Ledger.read();
        assertEquals(139, ledger.of("9568", false).size());
        assertEquals(42, ledger.of("3768", false).size());
        assertEquals(6, ledger.of("9568", true).size());
    }

    @Test
    void whatDiffersHasItsRow() throws IOException {
        List<String> rows = Files.readAllLines(DIFFERENCES).stream().filter(line -> line.startsWith("| "))
                .map(line -> line.substring(1, line.indexOf('|', 1)).strip()).toList();
        assertEquals(List.of(), Ledger.read().exceptions().values().stream()
                .filter(each -> each.applies() && !rows.contains(each.row()))
                .map(each -> each.id() + ": no row '" + each.row() + "' in " + DIFFERENCES).toList());
    }

    @Test
    void thePageSaysWhatTheTestsSay() throws IOException {
        String text = new Page(Ledger.read(), Annotations.ofAllModules()).text();
        assertEquals(List.of(), text.lines().filter(line -> line.length() > 120).toList());
        if (Boolean.getBoolean("rfc.rewrite")) {
            Files.writeString(PAGE, text);
        } else {
            assertEquals(Files.readString(PAGE), text, "run with -Drfc.rewrite=true and read the diff");
        }
    }

    @Test
    void theRulesBite() throws IOException {
        Ledger ledger = new Ledger(
                Ledger.requirements(List.of("# 9568 | One", "9568-1-1 | MUST | +- | It does.",
                        "9568-1-2 | is | + | It is.", "9568-1-3 | MAY | + | It may.")),
                Ledger.exceptions(List.of("9568-1-2 | n/a | Never.", "9568-1-3 9568-9-9 | A row | Not so.")));
        List<Shown> shown = Annotations.of("""
                class ATest {
                    @Test @Requirement(value = {"9568-1-1", "9568-1-4"}, differs = "9568-1-2")
                    void one() { }

                    @Requirement(counter = "9568-1-1")
                    void two() { }
                }
                """);
        assertEquals(List.of("ATest.one shows 9568-1-4, which is no requirement",
                "ATest.one shows how 9568-1-2 differs, which is not declared",
                "ATest.two shows 9568-1-1, but is no test",
                "9568-9-9 is declared, but is no requirement",
                "9568-1-3 has no test of what is done instead: It may."), problems(ledger, shown));
        assertEquals("9568-1-1 has no test: It does.", problems(ledger, List.of()).get(1));
        assertEquals("9568-1-1 has no test of its counter-case: It does.", problems(ledger, List.of()).get(2));
        assertEquals(Map.of(), Ledger.exceptions(List.of("# why", "")));
        assertThrows(IllegalArgumentException.class, () -> Ledger.exceptions(List.of("9568-1-1 | no reason")));
        assertThrows(IllegalArgumentException.class,
                () -> Ledger.requirements(List.of("# 9568 | One", "9568-1-1 | MUSTER | + | It does.")));
    }
}
