package org.vrrpd.ctl;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.vrrpd.ctl.render.Layout;

/**
 * Where the output goes.
 *
 * @param interactive somebody looks at it, rather than a pipe
 */
public record Terminal(
        PrintStream out, PrintStream err, boolean interactive, Map<String, String> environment, Clock clock) {

    private static final int PIPED_COLUMNS = 1000;
    private static final int USUAL_COLUMNS = 80;

    public static Terminal ofProcess() {
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(Path.of("/proc/self/fd/1")), System.getenv(), Clock.systemDefaultZone());
    }

    /** The JDK tells only from 22 on, and before that says no as soon as the input is a pipe. */
    private static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    public Layout layout() {
        boolean colour = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return new Layout(clock.getZone(), columns(), colour);
    }

    private int columns() {
        int told = number(environment.getOrDefault("COLUMNS", ""));
        if (told > 0) {
            return told;
        }
        return interactive ? askedColumns() : PIPED_COLUMNS;
    }

    /** The environment rarely has it, and the JDK has no call for it. */
    private static int askedColumns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\\s");
            boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
            int columns = ended && size.length >= 2 ? number(size[1]) : 0;
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (IOException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }

    private static int number(String text) {
        return text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : 0;
    }
}
