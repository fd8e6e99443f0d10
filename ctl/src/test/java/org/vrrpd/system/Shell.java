package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs one command to its end, bounded in time. */
public final class Shell {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ScheduledExecutorService GUARD = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "shell-guard");
        thread.setDaemon(true);
        return thread;
    });

    /** What a command said (standard output and error together) and how it ended. */
    public record Result(List<String> command, int exit, String output) {

        public Result orFail() {
            if (exit != 0) {
                throw new IllegalStateException("Expected exit status 0 of " + String.join(" ", command)
                        + ", but found " + exit + ": " + output);
            }
            return this;
        }
    }

    private Shell() {}

    public static String must(String... command) {
        return run(List.of(command)).orFail().output();
    }

    public static Result run(List<String> command) {
        return run(command, "");
    }

    public static Result run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            ScheduledFuture<?> guard =
                    GUARD.schedule(process::destroyForcibly, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            guard.cancel(false);
            return new Result(List.copyOf(command), exit, output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }
}
