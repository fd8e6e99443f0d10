package org.vrrpd.proto.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The methods of Java sources and their lengths, as the JDK's own parser sees them. */
final class Methods {

    /** @param lines from the first line of the declaration (annotations included) to the closing brace */
    record Method(String file, String name, long line, long lines) {

        String where() {
            return file + ":" + line + " " + name;
        }
    }

    private Methods() {}

    static List<Method> of(Sources sources, List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            return parse(compiler, manager, files.stream()
                    .map(file -> new Source(sources.name(file), Sources.text(file))).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Method> ofText(String name, String text) {
        return parse(ToolProvider.getSystemJavaCompiler(), null, List.of(new Source(name, text)));
    }

    private static List<Method> parse(JavaCompiler compiler, StandardJavaFileManager manager, List<Source> sources) {
        JavacTask task = (JavacTask) compiler.getTask(
                null, manager, diagnostic -> {}, List.of("-proc:none"), null, sources);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Method> found = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Finder(unit, positions, found).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static final class Finder extends TreeScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> found;

        Finder(CompilationUnitTree unit, SourcePositions positions, List<Method> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap lines = unit.getLineMap();
            long start = lines.getLineNumber(positions.getStartPosition(unit, method));
            long end = lines.getLineNumber(positions.getEndPosition(unit, method));
            String file = unit.getSourceFile().getName().substring(1);
            found.add(new Method(file, method.getName().toString(), start, end - start + 1));
            return super.visitMethod(method, nothing);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String label, String text) {
            super(URI.create("string:///" + label), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
