package org.vrrpd.daemon.input;

import java.util.List;

/** Where the configuration comes from, at the start and at every reload. */
@FunctionalInterface
public interface ConfigurationSource {

    /** Reads and checks everything anew. Problems are a result; only what is not about the configuration is thrown. */
    Loaded load();

    /**
     * @param canonicalText what crosses into the core; null when the configuration is refused
     * @param problems one line each, warnings too
     * @param errors how many of them are not warnings
     * @param missing there is no such file
     * @param empty it can be used, but there is no instance in it, nor in what it includes
     */
    record Loaded(byte[] canonicalText, List<String> problems, int errors, boolean missing, boolean empty) {

        public Loaded {
            problems = List.copyOf(problems);
        }

        public boolean refused() {
            return canonicalText == null;
        }

        /** Such as "1 error, 2 warnings". */
        public String summary() {
            int warnings = problems.size() - errors;
            return errors + (errors == 1 ? " error, " : " errors, ")
                    + warnings + (warnings == 1 ? " warning" : " warnings");
        }
    }
}
