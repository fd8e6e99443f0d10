package org.vrrpd.proto.config;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The track blocks of an instance or a sync group. */
final class TrackDraft {

    /** What can be tracked. */
    enum Kind {
        INTERFACE("track_interface", "interface", 253),
        SCRIPT("track_script", "vrrp_script", 253),
        FILE("track_file", "track_file", 254),
        PROCESS("track_process", "vrrp_track_process", 254);

        final String keyword;
        /** The block that defines one. */
        final String definition;
        final int greatestWeight;

        Kind(String keyword, String definition, int greatestWeight) {
            this.keyword = keyword;
            this.definition = definition;
            this.greatestWeight = greatestWeight;
        }
    }

    /**
     * One line.
     *
     * @param weight null: that of what is tracked
     * @param reverse null: that of what is tracked
     */
    record Line(Word name, Integer weight, Boolean reverse) {}

    private final Map<Kind, Map<String, Line>> lines = new EnumMap<>(Kind.class);

    TrackDraft() {
        for (Kind kind : Kind.values()) {
            lines.put(kind, new LinkedHashMap<>());
        }
    }

    Map<String, Line> lines(Kind kind) {
        return lines.get(kind);
    }

    /** Reads a block if its keyword is one of these. */
    boolean read(String keyword, Arguments arguments, String owner, Problems problems) {
        for (Kind kind : Kind.values()) {
            if (kind.keyword.equals(keyword)) {
                String where = keyword + " of " + owner;
                for (Statement line : arguments.block()) {
                    if (Keywords.isRoot(line.keyword())) {
                        Keywords.skip(Keywords.Scope.INSTANCE, line, where, problems);
                    } else {
                        readLine(kind, line, where, problems);
                    }
                }
                return true;
            }
        }
        return false;
    }

    private void readLine(Kind kind, Statement statement, String where, Problems problems) {
        Arguments arguments = new Arguments(statement, where, problems);
        Word name = statement.keyword();
        if (kind == Kind.INTERFACE && !Arguments.isInterfaceName(name.text())) {
            arguments.bad(name, "the name of an interface, at most 15 characters");
            return;
        }
        Integer weight = null;
        Boolean reverse = null;
        while (arguments.hasNext()) {
            Word word = arguments.peek();
            if (arguments.nextIs("weight")) {
                weight = weight(arguments, kind, where);
            } else if (arguments.nextIs("reverse")) {
                reverse = true;
            } else if (arguments.nextIs("noreverse")) {
                reverse = false;
            } else {
                arguments.bad(word, "weight NUMBER, reverse or noreverse");
                break;
            }
        }
        arguments.end();
        if (lines.get(kind).putIfAbsent(name.text(), new Line(name, weight, reverse)) != null) {
            arguments.warning(name, name.shown() + " in " + where + " again: ignored");
        }
    }

    /** One more than allowed means what is allowed, for interfaces and scripts as in keepalived. */
    private static Integer weight(Arguments arguments, Kind kind, String where) {
        int most = kind.greatestWeight;
        int read = Math.max(most, 254);
        Word word = arguments.peek();
        Integer weight = arguments.integer(-read, read, "-" + most + " to " + most);
        if (weight != null && Math.abs(weight) > most) {
            int taken = weight > 0 ? most : -most;
            arguments.warning(word, "weight " + weight + " in " + where + " means " + taken);
            return taken;
        }
        return weight;
    }
}
