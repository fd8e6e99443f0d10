package org.vrrpd.proto.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the whole repository, found from the module that Maven runs the tests in. */
final class Sources {

    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".settings", "node_modules");
    /** Files of bytes: journals, archives, captures. */
    private static final Set<String> BINARY = Set.of("cq4", "cq4t", "jar", "class", "pcap", "png", "gz", "bin", "so");

    private final Path root;
    private final List<Path> files;

    Sources() {
        root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).filter(this::isOurs).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Path> texts() {
        return files.stream().filter(file -> !BINARY.contains(extension(file))).toList();
    }

    List<Path> java() {
        return files.stream().filter(file -> extension(file).equals("java")).toList();
    }

    List<Path> mainJava() {
        return java().stream().filter(file -> name(file).contains("/src/main/java/")).toList();
    }

    String name(Path file) {
        return root.relativize(file).toString();
    }

    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOurs(Path file) {
        for (Path part : root.relativize(file)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
