package org.vrrpd.ctl.render;

import org.vrrpd.proto.effect.RouterState;

/** A little colour for the words that matter most, and none when piped. */
final class Style {

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[1;31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";

    private final boolean colour;

    Style(boolean colour) {
        this.colour = colour;
    }

    /** Colours the state's word in a line that was laid out without colours: it is the first such word in it. */
    String state(String line, RouterState state) {
        return word(line, state.name(), switch (state) {
            case FAULT -> RED;
            case MASTER -> GREEN;
            case INIT -> YELLOW;
            case BACKUP -> "";
        });
    }

    String bad(String line, String word) {
        return word(line, word, RED);
    }

    String heading(String line) {
        return colour ? BOLD + line + RESET : line;
    }

    private String word(String line, String word, String code) {
        int at = line.indexOf(" " + word);
        int end = at + 1 + word.length();
        return !colour || code.isEmpty() || at < 0
                ? line : line.substring(0, at + 1) + code + word + RESET + line.substring(end);
    }
}
