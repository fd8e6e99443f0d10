package org.vrrpd.proto.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration file as it can stand in another directory and mean the same. Its text stays as it is, but for what
 * depends on the directory: relative includes and ${_PWD}. What it includes stays where it is.
 *
 * @param original what the file means, with its problems
 * @param content the copy, byte by byte; empty when the original has errors
 * @param uses the keywords that work, in the order of the text; of a block and of what stands directly in it
 * @param included the files that are read besides, absolute
 * @param obstacles why the copy would not mean the same; empty: it does
 */
public record ConfigurationCopy(
        LoadResult original, byte[] content, List<Use> uses, List<String> included, List<Problem> obstacles) {

    /** @param value the word behind the keyword, or empty */
    public record Use(String keyword, String value, String file, int line) {}

    private static final Pattern RELATIVE_INCLUDE = Pattern.compile(
            "^([ \\t]*(?:@\\S+[ \\t]+)?include[rmwba]?[ \\t]+\"?)(?![\"/$])(?=\\S)", Pattern.MULTILINE);
    private static final Pattern OWN_DIRECTORY = Pattern.compile("\\$\\{_PWD}|\\$_PWD(?=[ \\t\\r\\n,)]|$)");

    /** @param head comment lines for the start of the copy, each with its line end */
    public static ConfigurationCopy of(Path from, Path to, String head, Surroundings surroundings) throws IOException {
        Reading original = new Reading(from.toString(), surroundings);
        LoadResult result = original.readFile();
        if (result.hasErrors()) {
            return new ConfigurationCopy(result, new byte[0], List.of(), List.of(), List.of());
        }
        // a character for a byte: what is not UTF-8 stays what it is
        String text = new String(Files.readAllBytes(from), StandardCharsets.ISO_8859_1);
        Path directory = from.toAbsolutePath().normalize().getParent();
        String absolute = new String(
                directory.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        text = RELATIVE_INCLUDE.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(slashed(absolute)));
        text = OWN_DIRECTORY.matcher(text).replaceAll(Matcher.quoteReplacement(absolute));
        byte[] content = (new String(head.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1) + text)
                .getBytes(StandardCharsets.ISO_8859_1);
        Reading copy = new Reading(to.toString(), surroundings);
        LoadResult copied = copy.readText(new String(content, StandardCharsets.UTF_8));
        int shift = (int) head.chars().filter(c -> c == '\n').count();
        return new ConfigurationCopy(result, content, original.uses(), List.copyOf(original.included),
                obstacles(from, result, copied, copy.relative, shift));
    }

    private static String slashed(String directory) {
        return directory.endsWith("/") ? directory : directory + "/";
    }

    private static List<Problem> obstacles(
            Path from, LoadResult original, LoadResult copied, List<Word> relative, int shift) {
        List<Problem> obstacles = new ArrayList<>();
        for (Word pattern : relative) {
            obstacles.add(new Problem(Severity.ERROR, from.toString(), pattern.line() - shift, pattern.column(),
                    "include " + pattern.shown() + ": expected the whole path, since what stands here cannot be made"
                            + " independent of the directory"));
        }
        if (obstacles.isEmpty() && !original.configuration().equals(copied.configuration())) {
            obstacles.add(new Problem(Severity.ERROR, from.toString(), 0, 0,
                    "in another directory it would not mean the same: expected no definition that uses ${_PWD} within"
                            + " an included file"));
        }
        return obstacles;
    }

    /** One pass over a text, which remembers what else the reader finds. */
    private static final class Reading implements Includes {
        private final String name;
        private final Surroundings surroundings;
        private final FileIncludes files;
        private final Problems problems = new Problems();
        private final Set<String> included = new LinkedHashSet<>();
        private final List<Word> relative = new ArrayList<>();
        private List<Statement> statements = List.of();

        Reading(String name, Surroundings surroundings) {
            this.name = name;
            this.surroundings = surroundings;
            this.files = new FileIncludes(surroundings.limits().bytes());
        }

        LoadResult readFile() {
            problems.enterFile(name);
            String text = files.readMain(name, new Word("", false, name, 0, 0), problems);
            return text == null ? new LoadResult(null, problems.sorted()) : readText(text);
        }

        LoadResult readText(String text) {
            statements = new SourceReader(problems, this, surroundings, false).read(name, text);
            Configuration configuration =
                    new ConfigurationBuilder(surroundings.configId(), problems).build(statements);
            return new LoadResult(problems.hasErrors() ? null : configuration, problems.sorted());
        }

        List<Use> uses() {
            List<Use> uses = new ArrayList<>();
            for (Statement statement : statements) {
                if (Keywords.Scope.ROOT.working().contains(statement.keyword().text())) {
                    add(statement, uses);
                    statement.block().forEach(inner -> add(inner, uses));
                }
            }
            return uses;
        }

        private static void add(Statement statement, List<Use> uses) {
            Word keyword = statement.keyword();
            if (Keywords.isWorking(keyword.text())) {
                String value = statement.words().size() > 1 ? statement.words().get(1).text() : "";
                uses.add(new Use(keyword.text(), value, keyword.file(), keyword.line()));
            }
        }

        @Override
        public List<String> find(Word keyword, Word pattern, Set<IncludeCheck> checks, Problems all) {
            if (pattern.file().equals(name) && !pattern.text().startsWith("/")) {
                relative.add(pattern);
            }
            return files.find(keyword, pattern, checks, all);
        }

        @Override
        public String read(String file, Word pattern, Set<IncludeCheck> checks, Problems all) {
            String text = files.read(file, pattern, checks, all);
            if (text != null) {
                included.add(Path.of(file).toAbsolutePath().normalize().toString());
            }
            return text;
        }

        @Override
        public String directory(String file) {
            return files.directory(file);
        }
    }
}
