package org.vrrpd.proto.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Reads configuration files, within limits: a wrong path must not fill the memory or wait for ever. */
final class FileIncludes implements Includes {

    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    static final int MOST_FILES = 1000;
    private static final int LONGEST_PATTERN = 4096;
    /** So that a pattern such as {@code /&#42;/&#42;/&#42;} ends. */
    private static final int MOST_ENTRIES = 100_000;

    private final int mostBytes;
    private long bytesRead;
    private int filesRead;
    private int entries;

    FileIncludes(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public String directory(String file) {
        Path parent = Path.of(file).toAbsolutePath().normalize().getParent();
        return parent == null ? "/" : parent.toString();
    }

    @Override
    public List<String> find(Word keyword, Word pattern, Set<IncludeCheck> checks, Problems problems) {
        List<String> found = new ArrayList<>();
        List<String> alternatives =
                pattern.text().length() > LONGEST_PATTERN ? List.of() : Glob.alternatives(pattern.text());
        if (alternatives.isEmpty()) {
            problems.error(pattern, keyword + " " + pattern.shown() + ": expected at most " + Glob.MOST_ALTERNATIVES
                    + " alternatives and " + LONGEST_PATTERN + " characters");
        }
        try {
            Path directory = Path.of(pattern.file()).getParent();
            for (String alternative : alternatives) {
                List<String> files = files(directory, alternative);
                if (entries > MOST_ENTRIES) {
                    problems.error(pattern, keyword + " " + pattern.shown() + ": expected patterns that look at "
                            + MOST_ENTRIES + " files in all at most");
                    return List.of();
                }
                if (files.isEmpty()) {
                    boolean error = checks.contains(Glob.hasWildcard(alternative) ? IncludeCheck.WILDCARD
                            : alternatives.size() > 1 ? IncludeCheck.BRACE : IncludeCheck.MATCH);
                    report(error, pattern, keyword + " " + Word.shown(alternative) + ": "
                            + (Glob.hasWildcard(alternative) ? "no file matches" : "no such file"), problems);
                }
                found.addAll(files);
            }
        } catch (InvalidPathException e) {
            problems.error(pattern, keyword + " " + pattern.shown() + ": expected the name of a file");
        }
        return found;
    }

    private static void report(boolean error, Word place, String message, Problems problems) {
        if (error) {
            problems.error(place, message);
        } else {
            problems.warning(place, message + "; nothing is included for it");
        }
    }

    private List<String> files(Path directory, String pattern) {
        List<Path> paths = new ArrayList<>();
        paths.add(pattern.startsWith("/") ? Path.of("/") : directory);
        for (String name : pattern.split("/")) {
            if (name.isEmpty()) {
                continue;
            }
            List<Path> deeper = new ArrayList<>();
            for (Path path : paths) {
                if (!Glob.hasWildcard(name)) {
                    deeper.add(resolve(path, name));
                } else {
                    for (String entry : entries > MOST_ENTRIES ? new TreeSet<String>() : list(path, name)) {
                        deeper.add(resolve(path, entry));
                    }
                }
            }
            paths = entries > MOST_ENTRIES ? List.of() : deeper;
        }
        return paths.stream()
                .filter(Objects::nonNull)
                .map(Path::normalize)
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .map(Path::toString)
                .toList();
    }

    private TreeSet<String> list(Path directory, String pattern) {
        TreeSet<String> names = new TreeSet<>();
        Path listed = directory == null ? Path.of(".") : directory;
        if (!Files.isDirectory(listed)) {
            return names; // the JDK would open a pipe before it sees that it is none, and wait for a writer
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(listed)) {
            for (Path entry : files) {
                String name = entry.getFileName().toString();
                if (++entries > MOST_ENTRIES) {
                    break;
                } else if (Glob.matches(pattern, name)) {
                    names.add(name);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            names.clear(); // a directory that cannot be listed has no match, which is reported
        }
        return names;
    }

    private static Path resolve(Path directory, String name) {
        return directory == null ? Path.of(name) : directory.resolve(name);
    }

    /** The file that was asked for: it may be executable, and that it cannot be read is an error. */
    String readMain(String file, Word place, Problems problems) {
        return read(file, place, true, true, problems);
    }

    @Override
    public String read(String file, Word place, Set<IncludeCheck> checks, Problems problems) {
        return read(file, place, checks.contains(IncludeCheck.READABLE), false, problems);
    }

    private String read(String file, Word place, boolean strict, boolean main, Problems problems) {
        String failure;
        try {
            Path path = Path.of(file);
            long size = Files.size(path);
            if (Files.isDirectory(path)) {
                failure = "it is a directory";
            } else if (!Files.isRegularFile(path)) {
                failure = "it is not a regular file"; // opening a pipe would wait for a writer
            } else if (!main && isExecutable(path)) {
                failure = "it is executable: expected a file that is not (chmod -x)";
            } else if (bytesRead + size > mostBytes || filesRead >= MOST_FILES) {
                problems.error(place, "cannot read " + file + ": " + tooLarge(size));
                return null;
            } else {
                byte[] bytes = bytes(path);
                bytesRead += bytes.length;
                filesRead++;
                return decode(file, bytes, problems);
            }
        } catch (NoSuchFileException e) {
            failure = "no such file";
        } catch (AccessDeniedException e) {
            failure = "permission denied";
        } catch (IOException | InvalidPathException e) {
            failure = String.valueOf(e.getMessage());
        }
        report(strict, place, "cannot read " + file + ": " + failure, problems);
        return null;
    }

    private String tooLarge(long size) {
        String limit = mostBytes < Limits.LARGEST.bytes() ? "; more need a larger heap (-Xmx)" : "";
        return filesRead >= MOST_FILES
                ? "too many files: expected at most " + MOST_FILES + " in all"
                : (filesRead > 0 ? "with it there are " : "it has ") + (bytesRead + size)
                        + " bytes: expected at most " + mostBytes + " in all files" + limit;
    }

    private static boolean isExecutable(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).stream().anyMatch(EXECUTE::contains);
    }

    /** Not more than there may be, even if it grows now. */
    private byte[] bytes(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes((int) (mostBytes - bytesRead));
        }
    }

    /** In most cases without a copy of twice the size. */
    private static String decode(String file, byte[] bytes, Problems problems) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : decodeStrictly(file, bytes, problems);
    }

    private static String decodeStrictly(String file, byte[] bytes, Problems problems) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer strict = CharBuffer.allocate(bytes.length);
        var result = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, strict, true);
        if (!result.isError()) {
            return strict.flip().toString();
        }
        String before = strict.flip().toString();
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        problems.enterFile(file);
        problems.add(Severity.WARNING, file, line, column,
                "not UTF-8: expected it to be; this and what else is not is replaced");
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
