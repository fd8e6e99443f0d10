package org.vrrpd.proto.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What makes an include an error; without it, it is a warning. All others imply the first. */
enum IncludeCheck {
    /** A file cannot be read, or is none that may be. */
    READABLE("readable", "read"),
    /** A name that is no pattern is missing. */
    MATCH("match", "match"),
    /** A pattern matches nothing. */
    WILDCARD("wildcard_match", "wildcard"),
    /** One of the alternatives in braces is missing. */
    BRACE("brace_match", "brace");

    private final List<String> words;

    IncludeCheck(String... words) {
        this.words = List.of(words);
    }

    /** What the form of the keyword adds to what is in force. */
    static Set<IncludeCheck> with(Set<IncludeCheck> inForce, String keyword) {
        EnumSet<IncludeCheck> checks = copy(inForce);
        switch (keyword) {
            case "includer" -> checks.add(READABLE);
            case "includem" -> checks.add(MATCH);
            case "includew" -> checks.add(WILDCARD);
            case "includeb" -> checks.add(BRACE);
            case "includea" -> checks.addAll(EnumSet.allOf(IncludeCheck.class));
            default -> { }
        }
        return closed(checks);
    }

    /** Reads the words behind {@code include_check}: a sign is for its own and the following words. */
    static Set<IncludeCheck> read(List<Word> words, Set<IncludeCheck> inForce, Problems problems) {
        if (words.isEmpty()) {
            return EnumSet.allOf(IncludeCheck.class);
        }
        char first = words.get(0).text().isEmpty() ? ' ' : words.get(0).text().charAt(0);
        EnumSet<IncludeCheck> checks =
                first == '+' || first == '-' ? copy(inForce) : EnumSet.noneOf(IncludeCheck.class);
        boolean adds = true;
        for (Word word : words) {
            String text = word.text();
            boolean signed = text.startsWith("+") || text.startsWith("-");
            adds = signed ? text.startsWith("+") : adds;
            String name = signed ? text.substring(1) : text;
            IncludeCheck check = named(name);
            if (check != null && adds) {
                checks.add(check);
            } else if (check != null) {
                checks.remove(check);
            } else if (!name.isEmpty() || !signed) {
                problems.error(word, "include_check " + word.shown() + ": expected [+|-]readable, match,"
                        + " wildcard_match or brace_match");
            }
        }
        return closed(checks);
    }

    private static IncludeCheck named(String name) {
        for (IncludeCheck check : values()) {
            if (check.words.contains(name)) {
                return check;
            }
        }
        return null;
    }

    private static EnumSet<IncludeCheck> copy(Set<IncludeCheck> checks) {
        EnumSet<IncludeCheck> copy = EnumSet.noneOf(IncludeCheck.class);
        copy.addAll(checks);
        return copy;
    }

    private static Set<IncludeCheck> closed(EnumSet<IncludeCheck> checks) {
        if (!checks.isEmpty()) {
            checks.add(READABLE);
        }
        return checks;
    }
}
