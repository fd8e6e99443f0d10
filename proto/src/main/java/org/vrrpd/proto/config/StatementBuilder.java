package org.vrrpd.proto.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes a tree of statements from words and braces. Depth is on the heap: any number of braces is only a matter of
 * memory, which a limit bounds.
 */
final class StatementBuilder {

    private static final int UNCLOSED_SHOWN = 3;
    private static final int MOST_SHARED = 10_000;
    private static final int LONGEST_SHARED = 40;

    private final Problems problems;
    private final List<Statement> roots = new ArrayList<>();
    private final Deque<Statement> open = new ArrayDeque<>();
    private List<Statement> current = roots;
    private List<Word> words = new ArrayList<>();
    /** Its block may still open on a later line. */
    private Statement last;
    private final int mostWords;
    private final Consumer<Statement> globals;
    /** Most words of a configuration are the same few: each is kept once. */
    private final Map<String, String> shared = new LinkedHashMap<>();
    private int count;

    /** @param globals is given each line in global_defs once it is read: some count for what follows */
    StatementBuilder(Problems problems, int mostWords, Consumer<Statement> globals) {
        this.problems = problems;
        this.mostWords = mostWords;
        this.globals = globals;
    }

    /** True once there were too many words; the error is then reported. */
    boolean isFull() {
        return count > mostWords;
    }

    void word(Word word) {
        if (counted(word)) {
            words.add(word.text().length() > LONGEST_SHARED ? word
                    : new Word(shared(word.text()), word.quoted(), word.file(), word.line(), word.column()));
        }
    }

    private String shared(String text) {
        String known = shared.get(text);
        if (known == null && shared.size() < MOST_SHARED) {
            shared.put(text, text);
        }
        return known == null ? text : known;
    }

    void endStatement() {
        if (!words.isEmpty()) {
            last = new Statement(List.copyOf(words));
            current.add(last);
            words = new ArrayList<>();
            if (open.size() == 1 && open.peek().keyword().text().equals("global_defs")) {
                globals.accept(last);
            }
        }
    }

    void open(Word brace) {
        if (!counted(brace)) {
            return;
        }
        endStatement();
        if (last == null) {
            problems.error(brace, "{ without a keyword before it");
            last = new Statement(List.of(brace));
            current.add(last);
        }
        open.push(last);
        current = last.open(brace);
        last = null;
    }

    void close(Word brace) {
        if (!counted(brace)) {
            return;
        }
        endStatement();
        last = null;
        if (open.isEmpty()) {
            problems.error(brace, "} without a { before it");
            return;
        }
        open.pop().close(brace);
        current = open.isEmpty() ? roots : open.peek().block();
    }

    /** The statements outside all braces. */
    List<Statement> finish() {
        endStatement();
        int outermost = 0;
        for (var unclosed = open.descendingIterator(); unclosed.hasNext() && outermost < UNCLOSED_SHOWN; outermost++) {
            Statement statement = unclosed.next();
            String name = statement.words().size() > 1 ? " " + statement.words().get(1).shown() : "";
            problems.error(statement.brace(),
                    "the { of " + statement.keyword().shown() + name + " is never closed: expected a }");
        }
        return roots;
    }

    private boolean counted(Word word) {
        if (++count == mostWords + 1) {
            boolean smaller = mostWords < Limits.LARGEST.words();
            problems.error(word, "too large: expected at most " + mostWords + " words and braces in all"
                    + (smaller ? "; more need a larger heap (-Xmx)" : ""));
        }
        return count <= mostWords;
    }
}
