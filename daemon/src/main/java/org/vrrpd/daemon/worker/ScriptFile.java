package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The program of a script: where it is, whether it can be executed, and who could change it. */
final class ScriptFile {

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int EXECUTABLE = 0111;
    private static final int GROUP_WRITES = 020;
    private static final int OTHERS_WRITE = 02;
    private static final int STICKY = 01000;
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int MOST_LINKS = 40;

    private ScriptFile() {}

    private record Owned(int mode, int uid, int gid) {

        static Owned of(Path path, LinkOption... options) throws IOException {
            Map<String, Object> values = Files.readAttributes(path, "unix:mode,uid,gid", options);
            return new Owned((int) values.get("mode"), (int) values.get("uid"), (int) values.get("gid"));
        }

        boolean directory() {
            return (mode & TYPE) == DIRECTORY;
        }

        boolean regular() {
            return (mode & TYPE) == REGULAR;
        }
    }

    /**
     * For oneself the kernel is asked. For another user it will be when the script is started: the bits of the file
     * alone do not tell, since an access list can allow more.
     */
    private static boolean executable(Path file, Owned owned, boolean self) {
        return self ? Files.isExecutable(file) : (owned.mode() & EXECUTABLE) != 0;
    }

    /**
     * The program's path; one without a slash is looked for as a shell would.
     *
     * @param path of the environment; null: none
     * @param self it is run as the user that this process is
     */
    static Path find(String program, String path, boolean self) throws NotStartedException {
        if (program.indexOf('/') >= 0) {
            Path file = Path.of(program);
            requireExecutable(file, self);
            return file;
        }
        for (String directory : (path == null ? DEFAULT_PATH : path).split(":")) {
            Path file = Path.of(directory.isEmpty() ? "." : directory, program);
            try {
                Owned owned = Owned.of(file);
                if (owned.regular() && executable(file, owned, self)) {
                    return file;
                }
            } catch (IOException e) {
                continue; // the next one may have it
            }
        }
        throw new NotStartedException(program + " was not found on the PATH");
    }

    private static void requireExecutable(Path file, boolean self) throws NotStartedException {
        try {
            Owned owned = Owned.of(file);
            if (!owned.regular()) {
                throw new NotStartedException(file + " is " + (owned.directory() ? "a directory" : "not a file"));
            }
            if (!executable(file, owned, self)) {
                throw new NotStartedException(String.format(
                        "%s is not executable (mode %04o)", file, owned.mode() & 07777));
            }
        } catch (NoSuchFileException e) {
            throw new NotStartedException(file + " does not exist");
        } catch (IOException e) {
            throw new NotStartedException(file + " cannot be looked at: " + e.getMessage());
        }
    }

    /**
     * Refuses a program that others than root could change or replace: the file, every directory on the way to it, and
     * every symbolic link and what it leads through. A directory in which everybody may write but nobody may remove
     * what is another's, like /tmp, is harmless as such: what lies in it is looked at too.
     */
    static void requireSecure(Path file) throws NotStartedException {
        Deque<Path> left = new ArrayDeque<>();
        file.toAbsolutePath().forEach(left::add);
        Path at = Path.of("/");
        try {
            requireRoots(at, Owned.of(at));
            for (int links = 0; !left.isEmpty(); ) {
                Path name = left.poll();
                if (name.toString().equals("..")) {
                    at = at.getParent() == null ? at : at.getParent();
                    continue;
                }
                Path next = name.toString().equals(".") ? at : at.resolve(name);
                Owned owned = Owned.of(next, LinkOption.NOFOLLOW_LINKS);
                if (Files.isSymbolicLink(next)) {
                    if (owned.uid() != 0 || ++links > MOST_LINKS) {
                        throw insecure(next, owned.uid() != 0 ? "belongs to " + owner(next) : "leads nowhere");
                    }
                    at = follow(at, Files.readSymbolicLink(next), left);
                } else {
                    requireRoots(next, owned);
                    at = next;
                }
            }
        } catch (IOException e) {
            throw new NotStartedException(at + " cannot be looked at: " + e.getMessage());
        }
    }

    private static Path follow(Path directory, Path target, Deque<Path> left) {
        Deque<Path> names = new ArrayDeque<>();
        target.forEach(names::push);
        names.forEach(left::push);
        return target.isAbsolute() ? Path.of("/") : directory;
    }

    private static void requireRoots(Path path, Owned owned) throws NotStartedException, IOException {
        if (owned.uid() != 0) {
            throw insecure(path, "belongs to " + owner(path));
        }
        boolean harmless = owned.directory() && (owned.mode() & STICKY) != 0;
        if ((owned.mode() & OTHERS_WRITE) != 0 && !harmless) {
            throw insecure(path, "is writable by everybody");
        }
        if ((owned.mode() & GROUP_WRITES) != 0 && owned.gid() != 0 && !harmless) {
            throw insecure(path, "is writable by group " + Files.getAttribute(path, "unix:group"));
        }
    }

    private static String owner(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
    }

    private static NotStartedException insecure(Path path, String why) {
        return new NotStartedException(path + " "
                + why + ", so that it is not run as root (enable_script_security)");
    }
}
