package org.vrrpd.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.vrrpd.system.Programs;

/**
 * The one place at which tests may be passed over: where no Debian can be booted, in an unprivileged container for
 * example. It is said aloud and left in a file, and with -Dvrrpd.boot.required=true it is a failure.
 */
final class BootCondition implements ExecutionCondition {

    private static final Path WORD = Programs.repository().resolve("ctl/target/boot-tests-skipped.txt");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String problem = DebianRoot.get().problem();
        try {
            if (problem == null) {
                Files.deleteIfExists(WORD);
                return ConditionEvaluationResult.enabled("a Debian boots here");
            }
            String word = "BOOT TESTS SKIPPED: " + problem;
            System.out.println(word + " (" + context.getDisplayName() + ")");
            Files.createDirectories(WORD.getParent());
            Files.writeString(WORD, word + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Boolean.getBoolean("vrrpd.boot.required")) {
            throw new AssertionError("Expected a Debian that boots, but found: " + problem);
        }
        return ConditionEvaluationResult.disabled(problem);
    }
}
