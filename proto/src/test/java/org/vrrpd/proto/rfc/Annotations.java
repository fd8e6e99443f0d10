package org.vrrpd.proto.rfc;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Every {@link Requirement} of the tests of all modules, as the JDK's own parser sees them in the sources: what is
 * shown by a namespace test, which lives in the last module, is seen from the first.
 */
final class Annotations {

    /** One id of one annotation. */
    record Shown(String id, Role role, String testClass, String method, boolean isTest) {}

    /** The attributes of {@link Requirement}. */
    enum Role {
        VALUE, COUNTER, DIFFERS;

        static Role of(String attribute) {
            return valueOf(attribute.toUpperCase(java.util.Locale.ROOT));
        }
    }

    private static final Set<String> TESTS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");
    private static final String NAME = "Requirement";

    private Annotations() {}

    /** In the order of the modules, the files and the methods. */
    static List<Shown> ofAllModules() throws IOException {
        List<Shown> all = new ArrayList<>();
        for (String module : List.of("proto", "daemon", "ctl")) {
            Path tests = Path.of("..", module, "src/test/java");
            if (Files.exists(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
                        all.addAll(of(Files.readString(file)));
                    }
                }
            }
        }
        return all;
    }

    static List<Shown> of(String source) throws IOException {
        if (!source.contains("@" + NAME)) {
            return List.of();
        }
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(
                null, null, diagnostic -> { }, List.of("-proc:none"), null, List.of(new Source(source)));
        List<Shown> found = new ArrayList<>();
        task.parse().forEach(unit -> new Finder(found).scan(unit, ""));
        return found;
    }

    /** Its argument is the name of the class around. */
    private static final class Finder extends TreeScanner<Void, String> {

        private final List<Shown> found;

        Finder(List<Shown> found) {
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            return super.visitClass(type, outer.isEmpty() ? type.getSimpleName().toString() : outer);
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
            boolean isTest = annotations.stream().anyMatch(each -> TESTS.contains(name(each)));
            for (AnnotationTree annotation : annotations) {
                if (name(annotation).equals(NAME)) {
                    annotation.getArguments().forEach(argument -> add(argument, type, method, isTest));
                }
            }
            return super.visitMethod(method, type);
        }

        private void add(ExpressionTree argument, String type, MethodTree method, boolean isTest) {
            boolean named = argument instanceof AssignmentTree;
            Tree value = named ? ((AssignmentTree) argument).getExpression() : argument;
            Role role = named ? Role.of(((AssignmentTree) argument).getVariable().toString()) : Role.VALUE;
            List<? extends Tree> ids = value instanceof NewArrayTree array ? array.getInitializers() : List.of(value);
            for (Tree id : ids) {
                String text = id instanceof LiteralTree literal ? literal.getValue().toString() : id.toString();
                found.add(new Shown(text, role, type, method.getName().toString(), isTest));
            }
        }

        private static String name(AnnotationTree annotation) {
            Tree type = annotation.getAnnotationType();
            return type instanceof IdentifierTree identifier ? identifier.getName().toString() : type.toString();
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Test.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
