package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Commands as arguments, both ways. The first group was compared with what keepalived 2.2.7 runs. */
class ScriptWordsTest {

    /** What a script is run with whose line ends in this. */
    private static List<String> run(String words) {
        List<Word> line = words("script " + words);
        assertEquals(2, line.size(), line.toString());
        ScriptWords.Split split = ScriptWords.split(line.get(1).text());
        assertEquals(null, split.error());
        return split.arguments();
    }

    private static List<Word> words(String text) {
        return words(text, true);
    }

    private static List<Word> words(String text, boolean plain) {
        Problems problems = new Problems();
        List<Statement> statements =
                new SourceReader(problems, Includes.REFUSED, Surroundings.fixed("gw1"), plain).read("c", text);
        assertEquals(List.of(), problems.sorted());
        assertEquals(1, statements.size());
        return statements.get(0).words();
    }

    @Test
    void theLineAndTheCommandAreBothRead() {
        assertEquals(List.of("/x", "a b", "c"), run("\"/x 'a b' c\""));
        assertEquals(List.of("/x", "a b", "c"), run("\"/x \\\"a b\\\" c\""));
        assertEquals(List.of("/x", "a b", "c"), run("'/x \"a b\" c' "));
        assertEquals(List.of("/x", "AA", "\u0001qzz"), run("\"/x \\x41\\101\\n\\t\\cAq\\zz\""));
        assertEquals(List.of("/x", "y"), run("/x\\ y"));
        assertEquals(List.of("/x", "ab cd", "", "", "e"), run("\"/x a'b c'd '' \\\"\\\" e\""));
        assertEquals(List.of("/x", "#", "!", "#", "!", "{", "}"), run("\"/x # ! \\# \\! { } \""));
        assertEquals(List.of("/x", "\"", "y"), run("\"/x '\\\"' y\""));
        assertEquals(List.of("/x", "e\u001b8xg\u0001S4"), run("\"/x \\e\\E\\8\\xg\\x1\\1234\""));
        assertEquals(List.of("/x", "y"), run("\"/x\"\" y\""));
        assertEquals(List.of("/x", "\u0001", "\u001b", "\u001f"), run("\"/x \\ca \\c[ \\c? \""));
        assertEquals(List.of("/x", "\\"), run("\"/x \\\\\\\\\""));
        assertEquals(List.of("/x", "\"y"), run("\"/x \\\\\\\"y\""));
    }

    @Test
    void aHashInSingleQuotesIsNoComment() {
        assertEquals(List.of("/x", "#", "y"), run("'/x # y'"));
    }

    @Test
    void escapedBytesMakeCharacters() {
        assertEquals(List.of("/x", "\u00fc\u20ac"), run("\"/x \\xc3\\xbc\\342\\202\\254\""));
    }

    private static void wrong(String command, String error, int at) {
        assertEquals(new ScriptWords.Split(List.of(), error, at), ScriptWords.split(command));
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        wrong("", "no program: expected its path", 0);
        wrong(" \t", "no program: expected its path", 0);
        wrong("'' a", "no program: expected its path", 0);
        wrong("/x 'a b", "unterminated quote: expected another '", 3);
        wrong("/x \"a\\\"", "unterminated quote: expected another \"", 3);
        wrong("/x a\\", "a backslash at the end: expected the character it stands before", 4);
        wrong("/x \\0", "\\0: expected a byte from \\1 to \\377", 3);
        wrong("/x \\x00g", "\\x00: expected a byte from \\x1 to \\xff", 3);
        wrong("/x \\x123", "\\x123: expected a byte from \\x1 to \\xff", 3);
        wrong("/x \\777", "\\777: expected a byte from \\1 to \\377", 3);
        wrong("/x \\c", "\\c: expected \\ca to \\cz", 3);
        wrong("/x \\xff\\xfe", "escaped bytes that are not UTF-8: expected whole characters", 3);
        wrong("/x \\x" + "f".repeat(100_000), "\\xffffffffffffffffff: expected a byte from \\x1 to \\xff", 3);
    }

    @Test
    void whatIsWrongWithTheLineIsNamedWithItsPlace() {
        List<String> problems = Parsing.problems("notify_master \"/x \\x0\" u\nnotify '/x \\'\nnotify_stop /x \\");
        assertTrue(problems.contains("c:1:19: error: \\x0: expected a byte from \\x1 to \\xff"), problems.toString());
        assertTrue(problems.contains("c:2:8: error: unterminated quote: expected a ' in the same line"),
                problems.toString());
        assertTrue(problems.contains("c:3:16: error: a backslash at the end: expected the character it stands before"),
                problems.toString());
    }

    @Test
    void theWayBackIsReadable() {
        assertEquals("\"/bin/x a 'b c' '' 'it\\\\'s' '\\\"'\"",
                ScriptWords.join(List.of("/bin/x", "a", "b c", "", "it's", "\"")));
        assertEquals("\"/bin/x '{#!\\\\\\\\ \\\\044{A}\\\\012\\\\302\\\\205}'\"",
                ScriptWords.join(List.of("/bin/x", "{#!\\ ${A}\n\u0085}")));
        assertEquals("root", ScriptWords.quote("root"));
        assertEquals("\"a b\\\"\\\\\"", ScriptWords.quote("a b\"\\"));
    }

    @Test
    void whatNoCommandCanBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ScriptWords.join(List.of()));
        assertThrows(IllegalArgumentException.class, () -> ScriptWords.join(List.of("", "a")));
        assertThrows(IllegalArgumentException.class, () -> ScriptWords.join(List.of("/x", "\0")));
        assertThrows(IllegalArgumentException.class, () -> ScriptWords.quote("\0"));
    }

    @Test
    void anyArgumentsSurviveTheWayBack() {
        String characters = "abc019/"
                + " \t\n\r\f\u000b\u0001\u001b\u007f\u0085{}#!@~\\\\\\''\"\"$$_,;*?()<>|&\u00fc\u20ac\u2028";
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            List<String> arguments = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                StringBuilder argument = new StringBuilder(arguments.isEmpty() ? "/" : "");
                for (int length = random.nextInt(8); length > 0; length--) {
                    argument.append(characters.charAt(random.nextInt(characters.length())));
                }
                arguments.add(argument + (random.nextInt(20) == 0 ? "${_INSTANCE}" : ""));
            }
            String user = arguments.get(arguments.size() - 1);
            for (boolean plain : new boolean[] {true, false}) {
                List<Word> line = words("notify " + ScriptWords.join(arguments) + " " + ScriptWords.quote(user), plain);
                assertEquals(3, line.size(), "seed " + seed);
                assertEquals(arguments, ScriptWords.split(line.get(1).text()).arguments(), "seed " + seed);
                assertEquals(user, line.get(2).text(), "seed " + seed);
            }
        }
    }
}
