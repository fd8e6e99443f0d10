package org.vrrpd.proto.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Says when a line of a block takes back an earlier one. */
final class Repeats {

    private final Map<String, Word> first = new LinkedHashMap<>();
    private final String where;
    private final Problems problems;

    Repeats(String where, Problems problems) {
        this.where = where;
        this.problems = problems;
    }

    /** Blocks add to each other; of lines the last counts. */
    void check(Statement statement) {
        Word keyword = statement.keyword();
        Word earlier = statement.hasBlock() ? null : first.putIfAbsent(keyword.text(), keyword);
        boolean known = Keywords.isWorking(keyword.text());
        if (earlier != null && known && statement.words().size() > 1 && !firstCounts(keyword.text())) {
            problems.warning(keyword, keyword.shown() + " in " + where + " again (first in line " + earlier.line()
                    + "): the last one counts");
        }
    }

    private static boolean firstCounts(String keyword) {
        return keyword.equals("state") || NotifyDraft.isCommand(keyword);
    }
}
