package org.vrrpd.proto.config;

import java.util.List;
import java.util.Set;

/** Where the parser, which does no I/O itself, gets included files from. Both report their problems at the word. */
interface Includes {

    /** The names of the files that a pattern means, sorted. What is missing is an error if a check says so. */
    List<String> find(Word keyword, Word pattern, Set<IncludeCheck> checks, Problems problems);

    /** The text of a file that {@link #find} named, or null. */
    String read(String file, Word pattern, Set<IncludeCheck> checks, Problems problems);

    /** The absolute name of the directory that a file is in. */
    String directory(String file);

    /** For text that comes without a directory. */
    Includes REFUSED = new Includes() {
        @Override
        public List<String> find(Word keyword, Word pattern, Set<IncludeCheck> checks, Problems problems) {
            problems.error(keyword, keyword + " " + pattern.shown() + ": expected a text without includes");
            return List.of();
        }

        @Override
        public String read(String file, Word pattern, Set<IncludeCheck> checks, Problems problems) {
            return null;
        }

        @Override
        public String directory(String file) {
            return "/";
        }
    };
}
