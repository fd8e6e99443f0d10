package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.vrrpd.daemon.linux.Errno;
import org.vrrpd.daemon.linux.Inotify;
import org.vrrpd.daemon.linux.NativeCallException;

/**
 * Tells what watched files hold, and every change of it. inotify says when to look; what it cannot see (a directory
 * that is missing, or behind a link that changes, or a file system across a network) is looked at now and then.
 */
final class FileWatcher extends WorkLoop {

    static final int CREATE_IF_MISSING = 1;
    static final int OVERWRITE = 2;
    private static final long NOW_AND_THEN_NANOS = 5_000_000_000L;
    private static final long MISSING_NANOS = 1_000_000_000L;
    /** Between two looks: whoever writes without end must not fill the journal. */
    private static final long LEAST_NANOS = 50_000_000L;
    private static final long INOTIFY = 0;

    private final Answers answers;
    private final Inotify inotify = new Inotify();
    private final Map<Integer, FileWatch> files = new LinkedHashMap<>();
    /** Who wants to hear of a directory, by the number of its watch. */
    private final Map<Integer, Set<FileWatch>> listeners = new TreeMap<>();
    private final Set<String> initialized = new HashSet<>();
    private boolean watchesRunOut;

    FileWatcher(Answers answers, Consumer<String> log) throws IOException {
        super("files", log);
        this.answers = answers;
        listen(inotify.fd(), INOTIFY);
    }

    /** Any thread. */
    void watch(int id, int creation, int number, String path) {
        execute(() -> {
            forget(id);
            FileWatch file = new FileWatch(id, path);
            if (creation != 0 && initialized.add(path)) {
                initialize(file.path(), creation, number);
            }
            files.put(id, file);
            look(file);
        });
    }

    /** Any thread. */
    void unwatch(int id) {
        execute(() -> forget(id));
    }

    private void forget(int id) {
        FileWatch file = files.remove(id);
        if (file != null) {
            listenTo(file, Set.of());
        }
    }

    /** Never through a link, and never into anything but a file. */
    private void initialize(Path path, int creation, int number) {
        Set<OpenOption> options = new LinkedHashSet<>(Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        boolean overwrite = creation == OVERWRITE && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        options.add(overwrite ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.CREATE_NEW);
        try (SeekableByteChannel out = Files.newByteChannel(path, options)) {
            out.write(ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (FileAlreadyExistsException e) {
            if (creation == OVERWRITE) {
                log("track_file " + path + " is not overwritten: it is not a plain file");
            }
        } catch (IOException e) {
            log("track_file " + path + " cannot be written: " + e);
        }
    }

    private void look(FileWatch file) {
        long now = System.nanoTime();
        boolean missing = watchDirectories(file);
        FileWatch.Head changed = file.changed();
        if (changed != null) {
            answers.fileRead(file.id(), changed.present(), changed.content());
        }
        file.lookedNanos = now;
        file.dueNanos = now + (file.doubtful() ? LEAST_NANOS : missing ? MISSING_NANOS : NOW_AND_THEN_NANOS);
    }

    /** Before reading: what changes afterwards is heard of. True when a directory is missing. */
    private boolean watchDirectories(FileWatch file) {
        Set<Integer> numbers = new TreeSet<>();
        boolean missing = false;
        for (Path directory : file.directories()) {
            try {
                numbers.add(inotify.watch(directory.toString()));
            } catch (NativeCallException e) {
                missing = true;
                if (Errno.ENOSPC.is(e.errno()) && !watchesRunOut) {
                    watchesRunOut = true;
                    log("no more directories can be watched (fs.inotify.max_user_watches): "
                            + file.path() + " is looked at every second instead");
                }
            }
        }
        listenTo(file, numbers);
        return missing;
    }

    private void listenTo(FileWatch file, Set<Integer> numbers) {
        for (int number : numbers) {
            listeners.computeIfAbsent(number, n -> new LinkedHashSet<>()).add(file);
        }
        for (int number : file.watches) {
            Set<FileWatch> others = listeners.get(number);
            if (!numbers.contains(number) && others != null) {
                others.remove(file);
                if (others.isEmpty()) {
                    listeners.remove(number);
                    inotify.unwatch(number);
                }
            }
        }
        file.watches.clear();
        file.watches.addAll(numbers);
    }

    @Override
    void ready(long token) {
        try {
            inotify.read(this::happened);
        } catch (NativeCallException e) {
            log("files: " + e.getMessage());
        }
    }

    private void happened(int watch, int event, String name) {
        if ((event & Inotify.OVERFLOW) != 0) {
            files.values().forEach(this::soon);
            return;
        }
        Set<FileWatch> concerned = listeners.getOrDefault(watch, Set.of());
        for (FileWatch file : concerned) {
            if (file.isAbout(name) && ((event & Inotify.CREATED) == 0 || isComplete(file.path()))) {
                soon(file);
            }
        }
        if ((event & Inotify.IGNORED) != 0) { // the number may be given to another directory
            listeners.remove(watch);
            concerned.forEach(file -> file.watches.remove(watch));
        }
    }

    /** A link is when it is made; a file not before it was written. */
    private static boolean isComplete(Path path) {
        return Files.isSymbolicLink(path);
    }

    private void soon(FileWatch file) {
        file.dueNanos = Math.min(file.dueNanos, file.lookedNanos + LEAST_NANOS);
    }

    @Override
    long nextNanos() {
        return files.values().stream().mapToLong(file -> file.dueNanos).min().orElse(NEVER);
    }

    @Override
    void timePassed(long now) {
        for (FileWatch file : files.values()) {
            if (now >= file.dueNanos) {
                look(file);
            }
        }
    }
}
