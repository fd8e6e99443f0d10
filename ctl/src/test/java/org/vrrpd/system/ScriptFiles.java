package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Scripts, and the files they look at or write to, in the directory of a lab. */
final class ScriptFiles {

    private final Path directory;

    ScriptFiles(Lab lab) {
        directory = lab.directory();
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** One that root may execute. */
    Path script(String name, String commands) {
        write(name, "#!/bin/sh\n" + commands + "\n");
        return mode(name, 0755);
    }

    /** A vrrp_script block that runs every 200 ms. */
    String check(String name, Path script, String... lines) {
        return "vrrp_script " + name + " {\n    script \"" + script + "\"\n    user root\n    interval 0.2\n    "
                + String.join("\n    ", lines) + "\n}\n";
    }

    Path write(String name, String content) {
        try {
            return Files.writeString(path(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path mode(String name, int mode) {
        try {
            return Files.setAttribute(path(name), "unix:mode", mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None when there is no such file. */
    List<String> lines(String name) {
        try {
            return Files.exists(path(name)) ? Files.readAllLines(path(name)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a process runs: one that has ended and was not waited for does not. */
    static boolean runs(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
