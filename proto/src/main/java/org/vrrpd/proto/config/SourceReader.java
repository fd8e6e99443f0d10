package org.vrrpd.proto.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads sources line by line into words: conditional lines first, then definitions and loops, then includes, then
 * comments, quotes and braces. Section by section as keepalived does, but a line may be of any length.
 */
final class SourceReader {

    static final int MOST_INCLUDE_DEPTH = 32;
    /** That loops and definitions of several lines make. */
    static final int MOST_LINES = 4_000_000;
    private static final int MOST_LINE_DEPTH = 32;
    /** As long as a path can be: a record of the journal has room for what is made of a few such words. */
    static final int LONGEST_WORD = 4096;

    private final StatementBuilder builder;
    private final Problems problems;
    private final Includes includes;
    private final String configId;
    private final boolean plain;
    private final BuiltIns builtIns;
    private final Definitions definitions;
    private final Deque<String> files = new ArrayDeque<>();
    private Set<IncludeCheck> checks = EnumSet.noneOf(IncludeCheck.class);
    private int lines;
    /** The definition whose last line ended in a backslash. */
    private Word openDefinition;
    private StringBuilder openValue;
    private boolean openKept;

    /** @param plain canonical text: no conditions, definitions or includes, so every string can stand for itself */
    SourceReader(Problems problems, Includes includes, Surroundings surroundings, boolean plain) {
        this.builder = new StatementBuilder(problems, surroundings.limits().words(), this::global);
        this.problems = problems;
        this.includes = includes;
        this.configId = surroundings.configId();
        this.plain = plain;
        this.builtIns = new BuiltIns(surroundings, problems);
        this.definitions = new Definitions(problems, builtIns, configId);
    }

    /** The statements outside all braces. */
    List<Statement> read(String file, String text) {
        readFile(file, text);
        return builder.finish();
    }

    private void readFile(String file, String text) {
        problems.enterFile(file);
        files.push(file);
        String outerDirectory = builtIns.directory();
        Set<IncludeCheck> outerChecks = checks;
        builtIns.enter(includes.directory(file));
        int number = 0;
        for (int at = 0; at < text.length() && !isFull(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            readLine(new Line(file, ++number, text.substring(at, end), null));
            at = end + 1;
        }
        if (openDefinition != null) {
            problems.warning(openDefinition, openDefinition.shown() + ": its last line ends in a backslash, but "
                    + file + " ends there: expected one more line");
            endDefinition();
        }
        builtIns.enter(outerDirectory);
        checks = outerChecks;
        files.pop();
    }

    /** True once there was too much of something; the error is then reported. */
    private boolean isFull() {
        return builder.isFull() || definitions.isFull() || lines > MOST_LINES;
    }

    private void readLine(Line line) {
        int nul = line.text().indexOf('\0');
        if (nul >= 0) {
            problems.error(line.word(nul, "", false), "a NUL byte: expected text; the line is skipped");
        } else if (plain) {
            scan(line, 0);
        } else if (openDefinition != null) {
            continueDefinition(line.text());
        } else {
            resolve(line, 0);
        }
    }

    private void resolve(Line line, int depth) {
        if (depth > 0 && ++lines == MOST_LINES + 1) {
            problems.error(line.word(0, "", false), "expected loops and definitions that make at most " + MOST_LINES
                    + " lines in all; the rest is not read");
        }
        if (isFull()) {
            return;
        }
        int at = line.skipBlanks(0);
        int behind = behindCondition(line, at);
        boolean kept = behind >= 0;
        at = kept ? behind : -behind;
        if (startsDefinition(line, at, kept) || !kept) {
            return;
        }
        if (at < line.text().length() && line.text().charAt(at) == '~') {
            repeat(line, at, depth);
            return;
        }
        Line expanded = definitions.expand(line, at);
        if (expanded == null) {
            return;
        }
        int again = expanded == line ? at : behindCondition(expanded, at);
        if (again < 0) {
            return; // a definition may hold the condition
        }
        if (expanded.text().indexOf('\n') < 0) {
            scan(expanded, again);
        } else if (isTooDeep(line, at, depth)) {
            return;
        } else {
            resolveEach(expanded, again, depth);
        }
    }

    /** Behind a condition at {@code at}, or negative when it is not met. A line that has none is met. */
    private int behindCondition(Line line, int at) {
        String text = line.text();
        if (at >= text.length() || text.charAt(at) != '@') {
            return at;
        }
        int end = at;
        while (end < text.length() && !Line.isBlank(text.charAt(end))) {
            end++;
        }
        String id = text.substring(at + 1, end);
        boolean met = id.startsWith("^") ? !id.substring(1).equals(configId) : id.equals(configId);
        int behind = line.skipBlanks(end);
        return met ? behind : -behind;
    }

    private boolean isTooDeep(Line line, int at, int depth) {
        if (depth >= MOST_LINE_DEPTH) {
            problems.error(line.word(at, "$", false),
                    "expected loops and definitions of several lines nested at most " + MOST_LINE_DEPTH + " deep");
        }
        return depth >= MOST_LINE_DEPTH;
    }

    private void repeat(Line line, int at, int depth) {
        Loop loop = isTooDeep(line, at, depth) ? null : Loop.parse(line, at, definitions, problems);
        if (loop == null) {
            return;
        }
        int rest = line.skipBlanks(loop.rest());
        if (rest == line.text().length()) {
            problems.warning(line.word(at, "~", false), "a loop over nothing: expected what to repeat behind it");
            return;
        }
        Line body = line.part(rest, line.text().length());
        for (int i = 0; i < loop.count() && !isFull(); i++) {
            loop.define(i, definitions);
            if (openDefinition != null) {
                continueDefinition(body.text());
            } else {
                resolve(body, depth + 1);
            }
        }
    }

    private void resolveEach(Line expanded, int from, int depth) {
        for (int at = from; at <= expanded.text().length() && !isFull(); ) {
            int end = expanded.text().indexOf('\n', at);
            end = end < 0 ? expanded.text().length() : end;
            if (openDefinition != null) {
                continueDefinition(expanded.text().substring(at, end));
            } else {
                resolve(expanded.part(at, end), depth + 1);
            }
            at = end + 1;
        }
    }

    private boolean startsDefinition(Line line, int at, boolean kept) {
        String text = line.text();
        if (at >= text.length() || text.charAt(at) != '$') {
            return false;
        }
        int nameEnd = Definitions.nameEnd(text, at + 1);
        if (nameEnd == at + 1 || nameEnd >= text.length() || text.charAt(nameEnd) != '=') {
            return false;
        }
        openDefinition = line.word(at, text.substring(at, nameEnd), false);
        openValue = new StringBuilder();
        openKept = kept;
        continueDefinition(text.substring(nameEnd + 1));
        return true;
    }

    private void continueDefinition(String text) {
        String value = text.substring(0, Line.commentStart(text, 0)).strip();
        boolean goesOn = value.endsWith("\\");
        openValue.append(goesOn ? value.substring(0, value.length() - 1).stripTrailing() : value);
        if (goesOn) {
            openValue.append('\n');
        } else {
            endDefinition();
        }
    }

    private void endDefinition() {
        if (openDefinition != null && openKept) {
            definitions.define(openDefinition.text().substring(1), openValue.toString());
        }
        openDefinition = null;
    }

    /** Canonical text was bounded before it was written, with more quotes. */
    private Word bounded(Word word) {
        int length = word.text().length();
        if (plain || length <= LONGEST_WORD) {
            return word;
        }
        problems.error(word, "a word of " + length + " characters: expected at most " + LONGEST_WORD);
        return new Word(word.text().substring(0, LONGEST_WORD), word.quoted(), word.file(), word.line(), word.column());
    }

    private void scan(Line line, int from) {
        String text = line.text();
        String first = null;
        for (int at = line.skipBlanks(from); at < text.length(); at = line.skipBlanks(at)) {
            char c = text.charAt(at);
            if (Line.isCommentMark(c)) {
                break;
            }
            if (c == '{' || c == '}') {
                Word brace = line.word(at, String.valueOf(c), false);
                if (c == '{') {
                    builder.open(brace);
                } else {
                    builder.close(brace);
                }
                first = null;
                at++;
                continue;
            }
            WordScanner scanner = new WordScanner(line, at, problems);
            Word word = first != null && Keywords.isScript(first) ? scanner.scriptWord() : scanner.word();
            at = scanner.end();
            if (first == null && !plain && !word.quoted() && Keywords.isInclude(word.text())) {
                at = include(line, word, at);
                continue;
            }
            first = first == null ? word.text() : first;
            builder.word(bounded(word));
        }
        builder.endStatement();
    }

    private int include(Line line, Word keyword, int at) {
        WordScanner scanner = new WordScanner(line, line.skipBlanks(at), problems);
        Word pattern = scanner.pattern();
        if (pattern.text().isEmpty()) {
            problems.error(keyword, keyword + ": expected a file name or pattern, but found nothing");
            return scanner.end();
        }
        Set<IncludeCheck> inForce = IncludeCheck.with(checks, keyword.text());
        for (String file : includes.find(keyword, pattern, inForce, problems)) {
            if (files.contains(file)) {
                problems.error(pattern, "include loop: " + file + " is being read already");
            } else if (files.size() > MOST_INCLUDE_DEPTH) {
                problems.error(pattern, "expected includes nested at most " + MOST_INCLUDE_DEPTH + " deep");
            } else {
                String text = includes.read(file, pattern, inForce, problems);
                if (text != null) {
                    readFile(file, text);
                }
            }
        }
        return scanner.end();
    }

    /** What {@link #global} reads, since it counts from its line on: nobody else needs to. */
    static boolean isForReader(String keyword) {
        return keyword.equals("include_check") || keyword.equals("random_seed");
    }

    /** The strictness of includes, until the file ends, and the seed of ${_RANDOM}. */
    private void global(Statement statement) {
        List<Word> words = statement.words().subList(1, statement.words().size());
        if (plain || !isForReader(statement.keyword().text())) {
            return; // canonical text has nothing left that they count for
        } else if (statement.keyword().text().equals("include_check")) {
            checks = IncludeCheck.read(words, checks, problems);
        } else if (words.size() == 1 && words.get(0).text().matches("[0-9]{1,10}")) {
            builtIns.seed(Long.parseLong(words.get(0).text()));
        } else {
            problems.error(words.isEmpty() ? statement.keyword() : words.get(words.size() - 1),
                    "random_seed in global_defs: expected one number from 0 to 4294967295");
        }
    }
}
