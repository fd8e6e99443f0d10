package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads interface_up_down_delays: INTERFACE DOWN [UP] on each line. */
final class LinkDelayReader {

    private static final String WHERE = "interface_up_down_delays";
    private static final long LONGEST = 255 * Arguments.SECOND;

    private final List<LinkDelay> delays = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Problems problems;

    LinkDelayReader(Problems problems) {
        this.problems = problems;
    }

    void read(List<Statement> block) {
        for (Statement line : block) {
            if (Keywords.isRoot(line.keyword())) {
                Keywords.skip(Keywords.Scope.GLOBAL, line, WHERE, problems);
            } else {
                readLine(line);
            }
        }
    }

    private void readLine(Statement line) {
        Arguments arguments = new Arguments(line, WHERE, problems);
        Word name = line.keyword();
        if (!Arguments.isInterfaceName(name.text())) {
            arguments.bad(name, "the name of an interface, at most 15 characters");
            return;
        }
        String expected = "0 to 255 seconds";
        Long down = arguments.seconds(0, LONGEST, expected);
        Long up = arguments.hasNext() ? arguments.seconds(0, LONGEST, expected) : Long.valueOf(0);
        arguments.end();
        if (!names.add(name.text())) {
            problems.warning(name, name.shown() + " in " + WHERE + " again: ignored");
        } else if (down != null && up != null) {
            delays.add(new LinkDelay(name.text(), down, up));
        }
    }

    List<LinkDelay> delays() {
        return List.copyOf(delays);
    }
}
