package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.vrrpd.daemon.linux.Accounts.User;
import org.vrrpd.daemon.linux.Errno;
import org.vrrpd.daemon.linux.NamedPipe;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.proto.effect.FifoOpening;

/** One pipe: its file, what waits for it, and whether it could be opened. Belongs to the thread of FifoWriter. */
final class Fifo {

    private static final String MODE = "rw-r--r--";

    private final FifoOpening opening;
    private final long effectId;
    private final Answers answers;
    private final LineQueue waiting = new LineQueue();
    private NamedPipe pipe;
    private boolean created;
    /** Of the line that is being written: only one that is longer than a page can be taken in parts. */
    private int taken;
    /** What was answered last, so that only a change is answered. */
    private String answered;

    /** Why it cannot be used. */
    private static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;
        private final int errno;

        Unusable(int errno, String what) {
            super(what, null, false, false);
            this.errno = errno;
        }
    }

    Fifo(FifoOpening opening, long effectId, Answers answers) {
        this.opening = opening;
        this.effectId = effectId;
        this.answers = answers;
    }

    FifoOpening opening() {
        return opening;
    }

    boolean isOpen() {
        return pipe != null;
    }

    /** True when its path leads to something else by now: whoever reads that one would hear nothing. */
    boolean isLost() {
        return pipe != null && !pipe.isAt(opening.path());
    }

    int fd() {
        return pipe.fd();
    }

    /** True when something waits that the pipe did not take. */
    boolean isFull() {
        return pipe != null && !waiting.isEmpty();
    }

    /** Tries to open it if it is not open, or if it is not at its path any more. */
    void open(ScriptUsers users) {
        if (isLost()) {
            closePipe();
        }
        if (pipe != null) {
            answer(0, "");
            return;
        }
        try {
            created |= create(users);
            pipe = NamedPipe.open(opening.path());
            if (pipe == null) {
                throw new Unusable(Errno.EEXIST.number(), opening.path() + " is not a pipe");
            }
            answer(0, "");
        } catch (NativeCallException e) {
            answer(e.errno(), e.call());
        } catch (Unusable e) {
            answer(e.errno, e.getMessage());
        }
    }

    private boolean create(ScriptUsers users) throws NativeCallException, Unusable {
        if (!NamedPipe.create(opening.path())) {
            return false;
        }
        try {
            User owner = users.find(opening.user(), opening.group());
            Path path = Path.of(opening.path());
            if (!users.isSelf(owner)) {
                Files.setAttribute(path, "unix:gid", owner.gid());
                Files.setAttribute(path, "unix:uid", owner.uid());
            }
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
            return true;
        } catch (NotStartedException | IOException e) {
            remove();
            throw new Unusable(Errno.EPERM.number(), opening.path() + ": " + e.getMessage());
        }
    }

    private void answer(int errno, String what) {
        String answer = errno + what;
        if (answer.equals(answered)) {
            return;
        }
        answered = answer;
        if (errno == 0) {
            answers.succeeded(effectId, what);
        } else {
            answers.failed(effectId, errno, what);
        }
    }

    void write(long lineEffectId, String line) {
        waiting.add(new LineQueue.Line(lineEffectId, line.getBytes(StandardCharsets.UTF_8)));
        flush();
        while (waiting.isTooLong()) { // told of the line that there was no room for, but the oldest goes
            taken = 0;
            waiting.remove();
            answers.failed(lineEffectId, Errno.EAGAIN.number(), "write " + opening.path());
        }
    }

    void flush() {
        while (pipe != null && !waiting.isEmpty()) {
            byte[] line = waiting.peek().bytes();
            int written = pipe.write(line, taken);
            if (written < 0) {
                answers.failed(waiting.remove().effectId(), -written, "write " + opening.path());
                closePipe(); // and open it again
                return;
            }
            taken += written;
            if (taken < line.length) {
                return;
            }
            waiting.remove();
            taken = 0;
        }
    }

    private void closePipe() {
        if (pipe != null) {
            pipe.close();
            pipe = null;
            taken = 0;
        }
    }

    /** Takes over the file, but not the settings, of one that had the same path. */
    void replace(Fifo former) {
        created = former.created;
        pipe = former.pipe;
        former.pipe = null;
        while (!former.waiting.isEmpty()) {
            waiting.add(former.waiting.remove());
        }
        taken = former.taken;
    }

    /** What nobody has read is lost; what was created is removed, if it is still the same. */
    void close() {
        boolean ours = created && pipe != null && pipe.isAt(opening.path());
        closePipe();
        if (ours) {
            remove();
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(Path.of(opening.path()));
        } catch (IOException e) {
            return; // its directory was taken away, or made read-only: it is harmless where it is
        }
    }
}
