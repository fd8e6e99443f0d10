package org.vrrpd.proto.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes a tree of statements from words and braces. Depth is on the heap: any number of braces is only a matter of
 * memory, which {@link #MOST_WORDS} bounds.
 */
final class StatementBuilder {

    static final int MOST_WORDS = 1_000_000;
    private static final int UNCLOSED_SHOWN = 3;

    private final Problems problems;
    private final List<Statement> roots = new ArrayList<>();
    private final Deque<Statement> open = new ArrayDeque<>();
    private List<Statement> current = roots;
    private List<Word> words = new ArrayList<>();
    /** Its block may still open on a later line. */
    private Statement last;
    private int count;

    StatementBuilder(Problems problems) {
        this.problems = problems;
    }

    /** True once there were too many words; the error is then reported. */
    boolean isFull() {
        return count > MOST_WORDS;
    }

    void word(Word word) {
        if (counted(word)) {
            words.add(word);
        }
    }

    void endStatement() {
        if (!words.isEmpty()) {
            last = new Statement(List.copyOf(words));
            current.add(last);
            words = new ArrayList<>();
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
        if (++count == MOST_WORDS + 1) {
            problems.error(word, "too large: expected at most " + MOST_WORDS + " words and braces");
        }
        return count <= MOST_WORDS;
    }
}
