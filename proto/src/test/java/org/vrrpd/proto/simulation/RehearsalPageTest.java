package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page on rehearsals says neither less nor more than there is. */
class RehearsalPageTest {

    private static final Pattern ROW = Pattern.compile("\\| `(\\S+) ([^`]*)` \\|.*");
    private static final Pattern WORD = Pattern.compile("[a-z]+(-[a-z]+)*");

    private final String page = Files.readString(Path.of("docs/REHEARSAL.md"));

    RehearsalPageTest() throws IOException { }

    @Test
    @DisplayName("each statement has its row, with each of its words, and no row is of another")
    void statements() {
        TreeSet<String> told = new TreeSet<>();
        page.lines().map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            String verb = row.group(1);
            told.add(verb);
            assertTrue(Director.FORMS.containsKey(verb), "Expected a statement, but found " + verb);
            Matcher words = WORD.matcher(Director.FORMS.get(verb).pattern().replace("\\S", "").replace("\\d", "")
                    .replace("\\w", "").replace("ppm", "").replace("all|", ""));
            while (words.find()) {
                assertTrue(row.group().contains(words.group()), verb + " lacks " + words.group());
            }
        });
        assertEquals(new TreeSet<>(Director.FORMS.keySet()), told);
    }

    @Test
    @DisplayName("each shipped scenario has its row, with what it says itself")
    void shipped() {
        for (Rehearsal.Shipped each : Rehearsal.shipped()) {
            assertTrue(page.contains("| " + each.name() + " | " + each.about() + " |"), each.name());
        }
    }
}
