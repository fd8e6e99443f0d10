package org.vrrpd.proto.simulation;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A known bug, planted: one passage of a class of the core reads differently.
 *
 * @param file below org/vrrpd/proto
 * @param right what stands there once
 * @param wrong what stands there instead
 */
record Mutant(String name, String file, String right, String wrong) {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path TESTS = Path.of("target/test-classes");

    @Override
    public String toString() {
        return name;
    }

    /** The first of the seeds with which the simulator sees it; 0: none of them. */
    long firstSeedThatFinds(Path directory, long seeds) throws Exception {
        compile(directory);
        URL[] path = {directory.toUri().toURL(), url(CLASSES), url(TESTS)};
        try (URLClassLoader loader = new ChildFirst(path)) {
            Class<?> run = loader.loadClass(SimulatedRun.class.getName());
            var of = run.getDeclaredMethod("of", long.class);
            var failure = run.getDeclaredMethod("failure");
            of.setAccessible(true);
            failure.setAccessible(true);
            for (long seed = 1; seed <= seeds; seed++) {
                Object found = failure.invoke(of.invoke(null, seed));
                if (found != null) {
                    System.out.println(name + ": seed " + seed + ": " + found);
                    return seed;
                }
            }
            return 0;
        }
    }

    private static URL url(Path directory) throws MalformedURLException {
        return directory.toAbsolutePath().toUri().toURL();
    }

    private void compile(Path directory) throws IOException {
        String source = Files.readString(SOURCES.resolve("org/vrrpd/proto").resolve(file));
        if (source.split(java.util.regex.Pattern.quote(right), -1).length != 2) {
            throw new IllegalStateException("Expected once in " + file + ":\n" + right);
        }
        Path mutated = directory.resolve("source").resolve(file);
        Files.createDirectories(mutated.getParent());
        Files.writeString(mutated, source.replace(right, wrong));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(null, files, null,
                    List.of("-d", directory.toString(), "-cp", CLASSES.toString() + ":"
                            + System.getProperty("java.class.path"), "-proc:none", "-nowarn"),
                    null, files.getJavaFileObjects(mutated)).call();
            if (!compiled) {
                throw new IllegalStateException("Expected " + file + " to compile with:\n" + wrong);
            }
        }
    }

    /** Everything of ours is loaded anew, so that the mutated class is the one that is used. */
    private static final class ChildFirst extends URLClassLoader {

        ChildFirst(URL[] path) {
            super(path, Mutant.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("org.vrrpd.")) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }
}
