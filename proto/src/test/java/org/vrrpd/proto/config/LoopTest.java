package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.refused;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ~SEQ, ~SEQx and ~LST. */
class LoopTest {

    /** The words of what a text comes to, as lines. */
    private static List<String> lines(String text) {
        Problems problems = new Problems();
        SourceReader reader = new SourceReader(problems, Includes.REFUSED, Surroundings.fixed("gw1"), false);
        List<Statement> statements = reader.read("c", text);
        assertEquals(List.of(), problems.sorted());
        return statements.stream().map(LoopTest::line).toList();
    }

    private static String line(Statement statement) {
        String words = String.join(" ", statement.words().stream().map(Word::text).toList());
        return statement.hasBlock()
                ? words + " {" + String.join("; ", statement.block().stream().map(LoopTest::line).toList()) + "}"
                : words;
    }

    @Test
    void numbersCountUpAndDown() {
        assertEquals(List.of("a 1", "a 2", "a 3"), lines("~SEQ(I, 3) a $I"));
        assertEquals(List.of("a -1", "a -2"), lines("~SEQ(I,-2) a $I"));
        assertEquals(List.of("a 5", "a 4", "a 3"), lines("~SEQ (I, 5, 3) a $I"));
        assertEquals(List.of("a 0", "a 2", "a 4"), lines("  ~SEQ(I, 0, 2, 5)a $I # each"));
        assertEquals(List.of("a 7"), lines("~SEQ(I, 7, 7) a $I"));
        assertEquals(List.of("a 8", "a 16"), lines("~SEQ(I, 010, 8, 0x10) a $I"));
        assertEquals(List.of("10.0.0.1", "10.0.1.1"), lines("~SEQ(NET, 0, 1) 10.0.${NET}.1"));
    }

    @Test
    void hexadecimalNumbersAreLowerCase() {
        assertEquals(List.of("fe80::90", "fe80::a0", "fe80::b0"), lines("~SEQx(I, 0x90, 16, 0xB0) fe80::${I}"));
        assertEquals(List.of("a c", "a b"), lines("~SEQx(I, 12, 11) a $I"));
    }

    @Test
    void listsGiveOneOrSeveralNamesTheirValues() {
        assertEquals(List.of("a x", "a y z", "a"), lines("~LST(I, x, y z,) a $I"));
        assertEquals(List.of("a x 1", "a y 2"), lines("~LST({N, V}, {x, 1}, {y,2}) a $N $V"));
        assertEquals(List.of("a p,q", "a r"), lines("~LST(N, \"p,q\", r) a $N"));
    }

    @Test
    void loopsNestAndTheirNamesStay() {
        assertEquals(List.of("a 1x", "a 1y", "a 2x", "a 2y", "b 2 y"),
                lines("~SEQ(I, 2) ~LST(J, x, y) a ${I}$J\nb $I $J"));
        assertEquals(List.of("a 1", "a 1", "a 2"), lines("~SEQ(I, 2) ~SEQ(J, 1, $I) a $J"));
    }

    @Test
    void loopsConditionsAndDefinitionsWorkTogether() {
        assertEquals(List.of("a 3", "a 4"), lines("$FROM=3\n@gw1 ~SEQ(I, $FROM, ${TO}) a $I\n".replace("${TO}", "4")));
        assertEquals(List.of(), lines("@gw2 ~SEQ(I, 3) a $I"));
        assertEquals(List.of("a 1", "a 2"), lines("~SEQ(I, 2) @gw1 a $I\n~SEQ(I, 2) @^gw1 b $I"));
        assertEquals(List.of("v 1 {p 1}", "v 2 {p 2}"), lines("$V=v $I { \\\n @gw1 p $I \\\n @gw2 q \\\n }\n"
                + "~SEQ(I, 2) $V"));
        assertEquals(List.of("b 2"), lines("~SEQ(I, 2) $LAST=$I\nb $LAST"));
        assertEquals(List.of("v {a 1; a 2}"), lines("v { \n ~SEQ(I, 2) a $I\n}"));
    }

    private static void wrong(String line, String message) {
        refused(line, "c:1:1: error: " + message);
    }

    @Test
    void whatIsWrongIsNamed() {
        wrong("~SEQ(I, 5, 2, 3) a", "~SEQ(I, 5, 2, 3): expected a STEP that leads from 5 to 3 instead of 2");
        wrong("~SEQ(I, 1, 0, 3) a", "~SEQ(I, 1, 0, 3): expected a STEP that leads from 1 to 3 instead of 0");
        wrong("~SEQ(I, x) a", "~SEQ(I, x): expected a whole number instead of x");
        wrong("~SEQ(I, 1e3) a", "~SEQ(I, 1e3): expected a whole number instead of 1e3");
        wrong("~SEQ(I, 9223372036854775808) a",
                "~SEQ(I, 9223372036854775808): expected a whole number instead of 9223372036854775808");
        wrong("~SEQ(I) a", "~SEQ(I): expected a name and [START, [STEP,]] END");
        wrong("~SEQ($I, 3) a", "~SEQ($I, 3): expected a name and [START, [STEP,]] END");
        wrong("~SEQx(I, -1, 3) a", "~SEQx(I, -1, 3): expected no negative number");
        wrong("~SEQ 3 a", "~SEQ: expected its arguments in ( ) behind it");
        wrong("~SEQ(I, 3 a", "~SEQ: expected its arguments in ( ) behind it");
        wrong("~FOO(I, 3) a", "~FOO: expected ~SEQ(…), ~SEQx(…) or ~LST(…)");
        wrong("~LST(I) a",
                "~LST(I): expected a name and values, or {NAME, ...} and as many values in each {VALUE, ...}");
        wrong("~LST({I,J}, {a}) a", "~LST({I,J}, {a}): expected {2 values} instead of {a}");
        wrong("~LST({I,J}, a) a", "~LST({I,J}, a): expected {2 values} instead of a");
    }

    @Test
    void aLoopOverNothingIsNamed() {
        assertEquals(List.of("c:1:1: warning: a loop over nothing: expected what to repeat behind it"),
                Parsing.problems("~SEQ(I, 1000)  "));
    }

    @Test
    void theSameProblemInALoopIsShownOnce() {
        refused("~SEQ(I, 1000) }", "c:1:15: error: } without a { before it");
    }

    private static void quicklyRefused(String text, String... problems) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> refused(text, problems));
    }

    @Test
    void loopsAreBounded() {
        quicklyRefused("~SEQ(I, 2000000000) a $I",
                "c:1:1: error: ~SEQ(I, 2000000000): expected at most 1000000 repetitions, but found 2000000000");
        quicklyRefused("~SEQ(I, -999999999999999, 999999999999999) a", "c:1:1: error: ~SEQ(I, -999999999999999,"
                + " 999999999999999): expected at most 1000000 repetitions, but found 1999999999999999");
        quicklyRefused("~SEQ(I, 100000) ~SEQ(J, 100000) # nothing\n".replace("# nothing", "@gw2 x"),
                "c:1:33: error: expected loops and definitions that make at most 4000000 lines in all; the rest is not"
                        + " read");
        quicklyRefused("~SEQ(I, 1) ".repeat(40) + "a",
                "c:1:353: error: expected loops and definitions of several lines nested at most 32 deep");
    }

    @Test
    void aHundredThousandInstancesFromOneLineAreReadInSeconds() {
        String text = "$V=vrrp_instance V${I}_${J} { \\\n state BACKUP \\\n interface eth${I} \\\n"
                + " virtual_router_id $J \\\n priority 100 \\\n advert_int 1 \\\n virtual_ipaddress { \\\n"
                + " 10.1.0.${J}/24 \\\n } \\\n }\n~SEQ(I, 0, 399) ~SEQ(J, 1, 250) $V\n";
        // this thread's own time: the machine may have other work
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        LoadResult result = parse(text);
        long milliseconds = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
        assertEquals(List.of(), result.problems());
        assertEquals(100_000, result.configuration().instances().size());
        System.out.println("100000 instances parsed in " + milliseconds + " ms");
        assertTrue(milliseconds < 20_000, milliseconds + " ms");
    }
}
