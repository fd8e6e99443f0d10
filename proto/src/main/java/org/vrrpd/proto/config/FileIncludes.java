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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads configuration files, within limits: a wrong path must not fill the memory or wait for ever. */
final class FileIncludes implements Includes {

    static final int MOST_FILE_BYTES = 16 << 20;
    static final int MOST_BYTES = 64 << 20;
    static final int MOST_FILES = 1000;
    private static final int LONGEST_PATTERN = 4096;

    private long bytesRead;
    private int filesRead;

    @Override
    public List<String> find(Word keyword, Word pattern, Problems problems) {
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
                boolean wildcard = Glob.hasWildcard(alternative);
                List<String> files = wildcard
                        ? matching(directory, alternative)
                        : List.of(resolve(directory, alternative).normalize().toString());
                if (files.isEmpty()) {
                    noMatch(keyword, pattern, alternative, problems);
                }
                found.addAll(files);
            }
        } catch (InvalidPathException e) {
            problems.error(pattern, keyword + " " + pattern.shown() + ": expected the name of a file");
        }
        return found;
    }

    /** As in keepalived, no match is no error unless the keyword asks for one. */
    private static void noMatch(Word keyword, Word pattern, String alternative, Problems problems) {
        String message = keyword + " " + alternative + ": no file matches";
        if (keyword.text().equals("include") || keyword.text().equals("includer")) {
            problems.warning(pattern, message);
        } else {
            problems.error(pattern, message);
        }
    }

    private static List<String> matching(Path directory, String pattern) {
        List<Path> paths = new ArrayList<>();
        paths.add(pattern.startsWith("/") ? Path.of("/") : directory);
        String[] names = pattern.split("/");
        for (int i = 0; i < names.length; i++) {
            if (names[i].isEmpty()) {
                continue;
            }
            List<Path> deeper = new ArrayList<>();
            for (Path path : paths) {
                if (!Glob.hasWildcard(names[i])) {
                    deeper.add(resolve(path, names[i]));
                } else {
                    for (String name : list(path, names[i])) {
                        deeper.add(resolve(path, name));
                    }
                }
            }
            paths = deeper;
        }
        return paths.stream()
                .filter(path -> Files.exists(path) && !Files.isDirectory(path))
                .map(path -> path.normalize().toString())
                .toList();
    }

    private static TreeSet<String> list(Path directory, String pattern) {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory == null ? Path.of(".") : directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Glob.matches(pattern, name)) {
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

    @Override
    public String read(String file, Word place, Problems problems) {
        String failure;
        try {
            Path path = Path.of(file);
            long size = Files.size(path);
            if (Files.isDirectory(path)) {
                failure = "it is a directory";
            } else if (!Files.isRegularFile(path)) {
                failure = "it is not a regular file";
            } else if (size > MOST_FILE_BYTES) {
                failure = "it has " + size + " bytes: expected at most " + MOST_FILE_BYTES;
            } else if (bytesRead + size > MOST_BYTES || filesRead >= MOST_FILES) {
                failure = "too much is included: expected at most " + MOST_FILES + " files and " + MOST_BYTES
                        + " bytes in all";
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
        problems.error(place, "cannot read " + file + ": " + failure);
        return null;
    }

    /** Not more than a file may have, even if it grows now. */
    private static byte[] bytes(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MOST_FILE_BYTES);
        }
    }

    private static String decode(String file, byte[] bytes, Problems problems) {
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
