package org.vrrpd.proto.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A simulator whose core has a bug: everything of ours is loaded anew, the classes with the bug from memory. */
final class Planted implements AutoCloseable {

    private static final String OURS = "org.vrrpd.";
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path TESTS = Path.of("target/test-classes");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private final ChildFirst loader;
    private final Method failure;
    private final Method told;

    Planted(Mutant mutant) throws IOException {
        loader = new ChildFirst(compiled(mutant));
        try {
            Class<?> transcript = loader.loadClass(LanTranscript.class.getName());
            failure = transcript.getDeclaredMethod("failureOf", String.class);
            told = transcript.getDeclaredMethod("toldOf", String.class);
            failure.setAccessible(true);
            told.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What did not hold in this run of a transcript; null: everything held. */
    String failureOf(LanTranscript transcript) {
        return invoke(failure, transcript);
    }

    /** With the timeline of its run. */
    LanTranscript told(LanTranscript transcript) {
        return LanTranscript.parse("transcript", invoke(told, transcript));
    }

    private static String invoke(Method method, LanTranscript transcript) {
        try {
            return (String) method.invoke(null, transcript.toString());
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static Map<String, byte[]> compiled(Mutant mutant) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        mutant.sources().forEach((file, text) -> sources.add(new Source(file, text)));
        Map<String, byte[]> classes = new TreeMap<>();
        try (Memory memory = new Memory()) {
            List<String> options = List.of(
                    "-cp", CLASSES + ":" + System.getProperty("java.class.path"), "-proc:none", "-nowarn");
            if (!COMPILER.getTask(null, memory, null, options, null, sources).call()) {
                throw new IllegalStateException("Expected the core to compile with the bug: " + mutant);
            }
            memory.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        }
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///org/vrrpd/proto/" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

        Memory() {
            super(COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8));
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                }
            };
        }
    }

    private static final class ChildFirst extends URLClassLoader {
        private final Map<String, byte[]> mutated;

        ChildFirst(Map<String, byte[]> mutated) throws IOException {
            super(new URL[] {url(CLASSES), url(TESTS)}, Planted.class.getClassLoader());
            this.mutated = mutated;
        }

        private static URL url(Path directory) throws MalformedURLException {
            return directory.toAbsolutePath().toUri().toURL();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                byte[] bytes = mutated.get(name);
                if (loaded == null && bytes != null) {
                    loaded = defineClass(name, bytes, 0, bytes.length);
                } else if (loaded == null && name.startsWith(OURS)) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }
}
