package org.vrrpd.daemon.input;

import java.util.List;
import org.vrrpd.proto.config.Problem;
import org.vrrpd.proto.config.Severity;

/** Where the configuration comes from, at the start and at every reload. */
@FunctionalInterface
public interface ConfigurationSource {

    /** Reads and checks everything anew. Problems are a result; only what is not about the configuration is thrown. */
    Loaded load();

    /**
     * @param canonicalText what crosses into the core; null when the configuration is refused
     * @param problems warnings too
     * @param missing there is no such file
     * @param empty it can be used, but there is no instance in it, nor in what it includes
     */
    record Loaded(byte[] canonicalText, List<Problem> problems, boolean missing, boolean empty) {

        public Loaded {
            problems = List.copyOf(problems);
        }

        public boolean refused() {
            return canonicalText == null;
        }

        public List<String> problemLines() {
            return problems.stream().map(Problem::toString).toList();
        }

        /** Such as "1 error, 2 warnings". */
        public String summary() {
            long errors = problems.stream().filter(problem -> problem.severity() == Severity.ERROR).count();
            long warnings = problems.size() - errors;
            return errors + (errors == 1 ? " error, " : " errors, ")
                    + warnings + (warnings == 1 ? " warning" : " warnings");
        }
    }
}
