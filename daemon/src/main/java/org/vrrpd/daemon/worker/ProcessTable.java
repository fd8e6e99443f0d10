package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The processes there are, as /proc shows them. */
final class ProcessTable {

    private static final char ZOMBIE = 'Z';
    private static final char DEAD = 'X';

    private ProcessTable() {}

    static List<Integer> all() throws IOException {
        List<Integer> processes = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path entry : entries) {
                processes.add(Integer.parseInt(entry.getFileName().toString()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return processes;
    }

    /** Its name, at most 15 bytes; null: there is no such process, or it has ended. */
    static String name(int process) {
        String stat = read(process, "stat");
        int begin = stat.indexOf('(');
        int end = stat.lastIndexOf(')'); // the name may have brackets too
        if (begin < 0 || end < begin || end + 2 >= stat.length()) {
            return null;
        }
        char state = stat.charAt(end + 2);
        return state == ZOMBIE || state == DEAD ? null : stat.substring(begin + 1, end);
    }

    /** The command and its parameters; empty for a thread of the kernel, and for a process that is gone. */
    static List<String> commandLine(int process) {
        String line = read(process, "cmdline");
        return line.isEmpty() ? List.of() : Arrays.asList(
                (line.endsWith("\0") ? line.substring(0, line.length() - 1) : line).split("\0", -1));
    }

    private static String read(int process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }
}
