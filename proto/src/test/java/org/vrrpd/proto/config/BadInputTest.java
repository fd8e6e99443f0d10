package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.refused;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever the text is: a result, quickly, with a bounded list of problems; never an exception. */
class BadInputTest {

    private static final Duration QUICKLY = Duration.ofSeconds(20);

    private static List<String> quickly(String text) {
        return assertTimeoutPreemptively(QUICKLY, () -> problems(text));
    }

    @Test
    void aNulByteIsReportedAndItsLineSkipped() {
        refused(instance("priority 5\nprio\0rity 300 {"),
                "c:6:5: error: a NUL byte: expected text; the line is skipped");
    }

    @Test
    void messagesHoldNoControlCharacters() {
        assertEquals("c:5:10: error: priority ?[31m in vrrp_instance A: expected 1 to 255",
                problems(instance("priority \u001b[31m")).get(0));
        assertTrue(problems(instance("priority " + "9".repeat(1 << 20))).get(0).length() < 200);
    }

    @Test
    void bracesMayBeNestedToAnyDepth() {
        for (int depth : new int[] {10_000, 300_000}) {
            assertEquals(List.of("c:1:1: warning: a is not a keyword outside of a block: skipped"),
                    quickly("a {".repeat(depth) + "}".repeat(depth)));
            List<String> unclosed = quickly("vrrp_instance x {\n".repeat(depth));
            assertTrue(unclosed.contains("c:1:17: error: the { of vrrp_instance x is never closed: expected a }"));
            assertTrue(quickly("{".repeat(depth)).contains("c:1:1: error: { without a keyword before it"));
        }
    }

    @Test
    void whateverIsCutOffIsReported() {
        String whole = DualStackGatewayTest.TEXT;
        for (int length = 1; length < whole.length(); length++) {
            LoadResult result = parse(whole.substring(0, length));
            int opened = (int) whole.substring(0, length).chars().filter(c -> c == '{').count();
            int closed = (int) whole.substring(0, length).chars().filter(c -> c == '}').count();
            assertTrue(opened == closed || result.hasErrors(), "cut at " + length);
        }
        for (String cut : List.of("\"", "include", "include \"", "$", "${", "$A", "$A=", "$A=\\", "@", "@a", "@^",
                "~SEQ", "\\", "vrrp_instance \"", "{", "\r", "$A=\"\n$A", "include {")) {
            parse(cut);
            parse(cut + "\n");
        }
    }

    @Test
    void definitionsDoNotGrowWithoutBounds() {
        StringBuilder doubling = new StringBuilder("$A0=xxxxxxxxxx\n");
        StringBuilder empty = new StringBuilder("$A0=\n");
        for (int i = 1; i <= 31; i++) {
            doubling.append("$A" + i + "=${A" + (i - 1) + "}${A" + (i - 1) + "}\n");
            empty.append("$A" + i + "=${A" + (i - 1) + "}${A" + (i - 1) + "}\n");
        }
        List<String> problems = quickly(doubling + "router_id $A31\n" + "router_id $A31\n");
        assertTrue(problems.get(0).matches("c:33:11: error: definition \\$A\\d+: expected at most 1048576"
                + " characters when expanded"), problems.get(0));
        problems = quickly(empty + "router_id $A31\n" + "router_id $A31\n".repeat(1000));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).matches("c:33:11: error: definition \\$A\\d+: expected definitions that take at most"
                + " 268435456 steps in all; the rest is not read"), problems.get(0));
        StringBuilder chain = new StringBuilder("$A0=x\n");
        for (int i = 1; i <= 1000; i++) {
            chain.append("$A" + i + "=$A" + (i - 1) + "\n");
        }
        assertEquals("c:1002:11: error: definition $A968: expected definitions nested at most 32 deep",
                quickly(chain + "router_id $A1000").get(0));
    }

    @Test
    void multiLineDefinitionsDoNotGrowWithoutBounds() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("$M" + i + "=\\\n$M" + (i + 1) + "\\\n$M" + (i + 1) + "\n");
        }
        assertFalse(quickly(text + "$M0\n").isEmpty());
    }

    @Test
    void hugeTextsGiveBoundedProblems() {
        int most = 2 * (Problems.MOST_OF_EACH + 1);
        List<Function<Integer, String>> lines = List.of(
                i -> "nonsense" + i + " x",
                i -> "{ }",
                i -> "}",
                i -> "vrrp_instance A" + i + " { priority 0 }",
                i -> "vrrp_sync_group G { group { A B C } }",
                i -> "$A=\"",
                i -> "\"");
        for (Function<Integer, String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 200_000; i++) {
                text.append(line.apply(i)).append('\n');
            }
            assertTrue(quickly(text.toString()).size() <= most);
        }
        String more = " more of these are not shown";
        List<String> braces = quickly("}\n".repeat(5000));
        assertEquals("c: error: 4000" + more, braces.get(braces.size() - 1));
        assertEquals(1001, braces.size());
    }

    @Test
    void tooManyWordsAreRefused() {
        List<String> problems = quickly("a b c d e f g h i\n".repeat(500_000));
        assertTrue(problems.contains("c:444445:9: error: too large: expected at most 4000000 words and braces in all"),
                problems.toString());
        Surroundings small = new Surroundings("gw1", 0, name -> null, new Limits(1000, 5));
        assertEquals("c:2:5: error: too large: expected at most 5 words and braces in all; more need a larger"
                + " heap (-Xmx)",
                ConfigurationParser.parse("a b c\na b c\na", "c", small).problems().get(2).toString());
    }

    @Test
    void oneLineMayBeLong() {
        String blank = " ".repeat(1 << 20);
        assertEquals(List.of(), problems(instance("priority" + blank + "7" + blank + "#" + blank)));
        assertEquals(1, quickly("x ".repeat(400_000)).size());
        assertFalse(quickly("include " + "{".repeat(1 << 20)).isEmpty());
    }

    @Test
    void randomCharactersNeverThrow() {
        String characters = " \t\n\r{}#!$@\"'\\~=,()*[]?-+/.:0123456789abcxyz\0\u001b\uFFFDü\uD800";
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(120); i > 0; i--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            consistent(text.toString(), seed);
        }
    }

    @Test
    void randomWordsNeverThrow() {
        List<String> words = new ArrayList<>(List.of("{", "}", "{", "}", "\n", "\n", "\n", " ", "A", "B", "0", "1",
                "255", "256", "-1", "1.5", "eth0", "10.0.0.1", "10.0.0.1/24", "fe80::1", "ff02::12", "224.0.0.18", "on",
                "\"",
                "MASTER", "BACKUP", "weight", "reverse", "dev", "brd", "+", "peer", "label", "scope", "$A", "${A}",
                "$A=", "\\", "@gw1", "include", "02:00:00:00:00:01", "name", "forever", "preferred_lft", "no_track"));
        for (Keywords.Scope scope : Keywords.Scope.values()) {
            words.addAll(scope.working());
            words.addAll(scope.working());
            words.addAll(scope.working());
            words.addAll(scope.known());
        }
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(
                    random.nextBoolean() ? "" : "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\n");
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(8) == 0 ? "" : " ");
            }
            consistent(text.toString(), seed);
        }
    }

    @Test
    void brokenConfigurationsNeverThrow() {
        for (long seed = 0; seed < 1_500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(ConfigurationPrinter.print(RandomConfigurations.of(seed)));
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, (char) (32 + random.nextInt(96)));
                    default -> text.setCharAt(at, "\n{}\" 0".charAt(random.nextInt(6)));
                }
            }
            consistent(text.toString(), seed);
        }
    }

    /** Both ways of telling an error agree, the result is the same each time, and what is accepted can be printed. */
    private static void consistent(String text, long seed) {
        LoadResult result = parse(text);
        boolean error = result.problems().stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
        assertEquals(error, result.hasErrors(), "seed " + seed);
        assertEquals(result, parse(text), "seed " + seed);
        if (!error) {
            Configuration configuration = result.configuration();
            assertEquals(configuration, ConfigurationParser.parseCanonical(ConfigurationPrinter.print(configuration)),
                    "seed " + seed);
        }
    }

    @Test
    void aThousandInstancesAreReadQuickly() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("vrrp_instance I" + i + " {\n state BACKUP\n interface eth" + i / 200 + "\n virtual_router_id "
                    + (1 + i % 200) + "\n priority 100\n advert_int 1\n use_vmac\n virtual_ipaddress {\n  10.1."
                    + i / 200 + "." + i % 200 + "/24 dev eth0\n }\n}\n");
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            long start = System.nanoTime();
            assertEquals(1000, parse(text.toString()).configuration().instances().size());
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println("1000 instances parsed in " + best / 1000 + " us");
        assertTrue(best < 200_000_000, best + " ns");
    }

    @Test
    @DisplayName("a word that no record of the journal has room for is an error, and so are parameters")
    void longWords() {
        String name = "a".repeat(4096);
        String block = " { interface eth0\nvirtual_router_id 1\nvirtual_ipaddress { 10.0.0.1 } }\n";
        assertEquals(List.of(), ConfigurationParser.parse("vrrp_instance " + name + block, "c", "h").problems());
        LoadResult longer = ConfigurationParser.parse("vrrp_instance a" + name + block, "c", "h");
        assertTrue(longer.problems().stream().anyMatch(each -> each.toString().equals(
                "c:1:15: error: a word of 4097 characters: expected at most 4096")), longer.problems()::toString);
        String process = "vrrp_track_process p { process /bin/x" + (" " + "b".repeat(1000)).repeat(5) + " }\n";
        LoadResult many = ConfigurationParser.parse(process, "c", "h");
        assertTrue(many.problems().stream().anyMatch(each -> each.toString().contains(
                "expected parameters of at most 4096 characters together")), many.problems()::toString);
    }
}
