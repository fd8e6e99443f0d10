package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the labs of a run that was killed left on the machine: nobody else would take it away. A lab's name tells the
 * process that made it, and those of a process that lives are left alone.
 */
final class Leftovers {

    private static final Pattern LAB = Pattern.compile("vt(\\d+)-\\d+(-.*)?");
    private static boolean removed;

    private Leftovers() {}

    static String labName(long process, int number) {
        return "vt" + process + "-" + number;
    }

    /** Once a run. */
    static synchronized void remove(Path volatileRoot, Path workDirectory) {
        if (removed) {
            return;
        }
        removed = true;
        Shell.run(List.of("ip", "netns", "list")).output().lines().map(line -> line.split(" ")[0])
                .filter(Leftovers::isOrphan).forEach(name -> Namespace.existing(name).delete());
        mountsBelow(workDirectory).forEach(mount -> Shell.run(List.of("umount", mount.toString())));
        try (Stream<Path> entries = Files.list(volatileRoot)) {
            entries.filter(entry -> isOrphan(entry.getFileName().toString())).toList().forEach(Lab::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> mountsBelow(Path workDirectory) {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.map(line -> Path.of(line.split(" ")[1]))
                    .filter(mount -> mount.startsWith(workDirectory) && !mount.equals(workDirectory))
                    .filter(mount -> isOrphan(workDirectory.relativize(mount).getName(0).toString())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isOrphan(String name) {
        Matcher matcher = LAB.matcher(name);
        if (!matcher.matches()) {
            return false;
        }
        Optional<ProcessHandle> maker = ProcessHandle.of(Long.parseLong(matcher.group(1)));
        return maker.isEmpty() || !maker.get().isAlive();
    }
}
