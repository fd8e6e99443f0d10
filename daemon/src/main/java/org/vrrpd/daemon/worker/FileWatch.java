package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.vrrpd.daemon.linux.FileHead;
import org.vrrpd.daemon.linux.NativeCallException;

/** One watched file: where it is, by which directories it can change, and what was told of it. */
final class FileWatch {

    static final int HEAD_BYTES = 64;
    private static final int MOST_LINKS = 40;

    private final int id;
    private final Path path;
    /** Numbers of the watches of its directories. */
    final Set<Integer> watches = new TreeSet<>();
    long lookedNanos;
    /** When to look at it again. */
    long dueNanos;
    private Head told;
    private boolean linked;
    private boolean doubtful;

    /** What is there now; not present: no file that could be read. */
    record Head(boolean present, String content) {}

    FileWatch(int id, String path) {
        this.id = id;
        this.path = Path.of(path).toAbsolutePath();
    }

    int id() {
        return id;
    }

    Path path() {
        return path;
    }

    /** The file's directory, and those through which symbolic links lead to it. */
    Set<Path> directories() {
        Set<Path> directories = new LinkedHashSet<>();
        Path at = path;
        linked = false;
        for (int links = 0; links < MOST_LINKS; links++) {
            directories.add(at.getParent());
            if (!Files.isSymbolicLink(at)) {
                break;
            }
            linked = true;
            try {
                at = at.resolveSibling(Files.readSymbolicLink(at));
            } catch (IOException e) {
                break; // it has just gone
            }
        }
        return directories;
    }

    /** A link may change through anything that happens on the way. */
    boolean isAbout(String name) {
        return linked || name.isEmpty() || name.equals(path.getFileName().toString());
    }

    /** Null: as told before, or {@link #doubtful}. */
    Head changed() {
        Head now = read();
        boolean emptied = now.present() && now.content().isEmpty() && told != null;
        if (now.equals(told)) {
            doubtful = false;
            return null;
        }
        if (emptied && !doubtful) {
            doubtful = true;
            return null;
        }
        doubtful = false;
        told = now;
        return now;
    }

    /** It is empty and was not: somebody may be about to write it. That counts when it still is so at the next look. */
    boolean doubtful() {
        return doubtful;
    }

    /** A file only: a pipe or a device in its place counts as none, since reading it means something else. */
    private Head read() {
        try {
            if (Files.isRegularFile(path)) {
                byte[] head = FileHead.read(path.toString(), HEAD_BYTES);
                return new Head(true, new String(head, StandardCharsets.UTF_8));
            }
        } catch (NativeCallException e) {
            return new Head(false, ""); // gone meanwhile, or not to be read
        }
        return new Head(false, "");
    }
}
