package org.vrrpd.proto.config;

import java.util.List;

/** Where the parser, which does no I/O itself, gets included files from. Both report their problems at the word. */
interface Includes {

    /** The names of the files that a pattern means, sorted. */
    List<String> find(Word keyword, Word pattern, Problems problems);

    /** The text of a file that {@link #find} named, or null. */
    String read(String file, Word pattern, Problems problems);

    /** For text that comes without a directory. */
    Includes REFUSED = new Includes() {
        @Override
        public List<String> find(Word keyword, Word pattern, Problems problems) {
            problems.error(keyword, keyword + " " + pattern.shown() + ": expected a text without includes");
            return List.of();
        }

        @Override
        public String read(String file, Word pattern, Problems problems) {
            return null;
        }
    };
}
