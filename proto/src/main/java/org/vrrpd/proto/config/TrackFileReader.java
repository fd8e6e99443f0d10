package org.vrrpd.proto.config;

import java.util.List;

/** Reads the block of one track_file. */
final class TrackFileReader {

    private TrackFileReader() {}

    static Trackable<TrackedFileConfiguration> read(Word name, List<Statement> block, Problems problems) {
        String where = "track_file " + name.shown();
        Repeats repeats = new Repeats(where, problems);
        Word path = null;
        boolean pathGiven = false;
        Weight weight = Weight.of(1);
        TrackedFileConfiguration.Creation creation = TrackedFileConfiguration.Creation.NONE;
        int initial = 0;
        for (Statement statement : block) {
            repeats.check(statement);
            Arguments arguments = new Arguments(statement, where, problems);
            switch (statement.keyword().text()) {
                case "file" -> {
                    pathGiven = true;
                    path = arguments.path();
                }
                case "weight" -> weight = Weight.read(arguments, 254, weight);
                case "init_file" -> {
                    Word word = arguments.peek();
                    if (word != null && !word.text().equals("overwrite")) {
                        initial = initial(arguments, word);
                    }
                    creation = arguments.nextIs("overwrite")
                            ? TrackedFileConfiguration.Creation.OVERWRITE
                            : TrackedFileConfiguration.Creation.IF_MISSING;
                }
                default -> {
                    Keywords.skip(Keywords.Scope.FILE, statement, where, problems);
                    continue;
                }
            }
            arguments.end();
        }
        if (!pathGiven) {
            problems.error(name, "no file in " + where + ": expected file PATH");
        }
        return new Trackable<>(name, weight.value(), weight.reverse(), new TrackedFileConfiguration(
                name.text(), path == null ? "" : path.text(), creation, initial));
    }

    /** Any number of 32 bits. */
    private static int initial(Arguments arguments, Word word) {
        arguments.next("");
        try {
            return Integer.parseInt(word.text());
        } catch (NumberFormatException e) {
            arguments.bad(word, "a number of 32 bits, or overwrite");
            return 0;
        }
    }
}
