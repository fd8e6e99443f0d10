package org.vrrpd.proto.config;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads sources line by line into words: conditional lines first, then definitions, then includes, then comments,
 * quotes and braces. Section by section as keepalived does, but a line may be of any length.
 */
final class SourceReader {

    static final int MOST_INCLUDE_DEPTH = 32;
    private static final int MOST_LINE_DEPTH = 32;

    private final StatementBuilder builder;
    private final Problems problems;
    private final Includes includes;
    private final String configId;
    private final boolean plain;
    private final Definitions definitions;
    private final Deque<String> files = new ArrayDeque<>();
    /** The definition whose last line ended in a backslash. */
    private String openDefinition;
    private StringBuilder openValue;
    private boolean openKept;

    /** @param plain canonical text: no conditions, definitions or includes, so every string can stand for itself */
    SourceReader(StatementBuilder builder, Problems problems, Includes includes, String configId, boolean plain) {
        this.builder = builder;
        this.problems = problems;
        this.includes = includes;
        this.configId = configId;
        this.plain = plain;
        this.definitions = new Definitions(problems, configId);
    }

    void read(String file, String text) {
        problems.enterFile(file);
        files.push(file);
        int number = 0;
        for (int at = 0; at < text.length() && !builder.isFull(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            readLine(new Line(file, ++number, text.substring(at, end), null));
            at = end + 1;
        }
        endDefinition();
        files.pop();
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
        int at = line.skipBlanks(0);
        boolean kept = true;
        if (at < line.text().length() && line.text().charAt(at) == '@') {
            int end = at;
            while (end < line.text().length() && !Line.isBlank(line.text().charAt(end))) {
                end++;
            }
            String id = line.text().substring(at + 1, end);
            kept = id.startsWith("^") ? !id.substring(1).equals(configId) : id.equals(configId);
            at = line.skipBlanks(end);
        }
        if (startsDefinition(line, at, kept) || !kept) {
            return;
        }
        if (line.text().startsWith("~SEQ", at) || line.text().startsWith("~LST", at)) {
            problems.error(line.word(at, "~", false),
                    line.text().substring(at, at + 4) + " is not supported yet: expected the lines written out");
            return;
        }
        Line expanded = definitions.expand(line, at);
        if (expanded == null) {
            return;
        }
        if (expanded.text().indexOf('\n') < 0) {
            scan(expanded, at);
        } else if (depth >= MOST_LINE_DEPTH) {
            problems.error(line.word(at, "$", false),
                    "expected definitions of several lines nested at most " + MOST_LINE_DEPTH + " deep");
        } else {
            resolveEach(expanded, at, depth);
        }
    }

    private void resolveEach(Line expanded, int from, int depth) {
        for (int at = from; at <= expanded.text().length() && !builder.isFull(); ) {
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
        openDefinition = text.substring(at + 1, nameEnd);
        openValue = new StringBuilder();
        openKept = kept;
        continueDefinition(text.substring(nameEnd + 1));
        return true;
    }

    private void continueDefinition(String text) {
        String value = text.substring(0, Line.commentStart(text)).strip();
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
            definitions.define(openDefinition, openValue.toString());
        }
        openDefinition = null;
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
            builder.word(word);
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
        for (String file : includes.find(keyword, pattern, problems)) {
            if (files.contains(file)) {
                problems.error(pattern, "include loop: " + file + " is being read already");
            } else if (files.size() > MOST_INCLUDE_DEPTH) {
                problems.error(pattern, "expected includes nested at most " + MOST_INCLUDE_DEPTH + " deep");
            } else {
                String text = includes.read(file, pattern, problems);
                if (text != null) {
                    read(file, text);
                }
            }
        }
        return scanner.end();
    }
}
