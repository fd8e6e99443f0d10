package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.List;

/** The words of one line, or of the part of it that a brace ends, and the block in braces behind them. */
final class Statement {

    private final List<Word> words;
    private List<Statement> block;
    private Word brace;
    private Word end;

    Statement(List<Word> words) {
        this.words = words;
        this.end = words.get(words.size() - 1);
    }

    Word keyword() {
        return words.get(0);
    }

    List<Word> words() {
        return words;
    }

    boolean hasBlock() {
        return block != null;
    }

    /** Empty without a block. */
    List<Statement> block() {
        return block == null ? List.of() : block;
    }

    Word brace() {
        return brace;
    }

    List<Statement> open(Word openingBrace) {
        block = new ArrayList<>(4);
        brace = openingBrace;
        end = openingBrace;
        return block;
    }

    void close(Word closingBrace) {
        end = closingBrace;
    }

    /** Its last line, when that is in the same file; otherwise its first. */
    int lastLine() {
        return end.file().equals(keyword().file()) ? end.line() : keyword().line();
    }
}
