package org.vrrpd.proto.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A known bug, to be planted: passages of the sources that read differently.
 *
 * @param origin whose bug it was, or why it is a classic
 * @param within so many seeds find it, beginning with 1
 */
record Mutant(String name, String origin, int within, List<Passage> passages) {

    private static final Path SOURCES = Path.of("src/main/java/org/vrrpd/proto");
    private static final Path LIST = Path.of("src/test/resources/mutants.txt");

    /**
     * @param file below org/vrrpd/proto
     * @param right what stands there once, however it is broken into lines
     * @param wrong what stands there instead
     */
    record Passage(String file, String right, String wrong) {

        String changed(String source) {
            String words = Arrays.stream(right.strip().split("\\s+")).map(Pattern::quote)
                    .collect(Collectors.joining("\\s+"));
            Matcher found = Pattern.compile(words).matcher(source);
            if (found.results().count() != 1) {
                throw new IllegalStateException("Expected once in " + file + ":\n" + right);
            }
            return found.replaceFirst(Matcher.quoteReplacement(wrong));
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** All of src/test/resources/mutants.txt. */
    static List<Mutant> all() throws IOException {
        List<Mutant> all = new ArrayList<>();
        for (String block : Files.readString(LIST).replaceAll("(?m)^#.*\n", "").strip().split("\n\n+")) {
            if (block.startsWith("mutant: ")) {
                all.add(read(block.split("\n")));
            } else if (!block.matches("none: [^\n]+\nwhy: [^\n]+|elsewhere: [^\n]+\ntest: [^\n]+")) {
                throw new IllegalStateException("Expected mutant:, elsewhere: or none:, but found\n" + block);
            }
        }
        return all;
    }

    static Mutant named(String name) throws IOException {
        return all().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("Expected the name of a mutant, but found " + name));
    }

    private static Mutant read(String[] lines) {
        String origin = field(lines[1], "origin: ");
        int within = Integer.parseInt(field(lines[2], "within: "));
        List<Passage> passages = new ArrayList<>();
        for (int i = 3; i < lines.length; ) {
            String file = field(lines[i++], "in: ");
            StringBuilder right = new StringBuilder();
            StringBuilder wrong = new StringBuilder();
            for (; i < lines.length && lines[i].startsWith("- "); i++) {
                right.append(lines[i].substring(2)).append('\n');
            }
            for (; i < lines.length && lines[i].startsWith("+ "); i++) {
                wrong.append(lines[i].substring(2)).append('\n');
            }
            passages.add(new Passage(file, right.toString(), wrong.toString()));
        }
        return new Mutant(field(lines[0], "mutant: "), origin, within, passages);
    }

    private static String field(String line, String name) {
        if (!line.startsWith(name)) {
            throw new IllegalStateException("Expected " + name + "…, but found " + line);
        }
        return line.substring(name.length());
    }

    /** The sources as they read with the bug, by file. */
    Map<String, String> sources() throws IOException {
        Map<String, String> changed = new TreeMap<>();
        for (Passage passage : passages) {
            String before = changed.get(passage.file);
            String source = before != null ? before : Files.readString(SOURCES.resolve(passage.file));
            changed.put(passage.file, passage.changed(source));
        }
        return changed;
    }
}
