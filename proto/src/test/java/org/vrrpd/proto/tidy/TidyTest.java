package org.vrrpd.proto.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the sources of all modules to the budgets: what is not measured grows. */
class TidyTest {

    private static final int FILE_LINES = 600;
    private static final int METHOD_LINES = 70;
    private static final int CORE_METHOD_LINES = 40;
    private static final int LINE_LENGTH = 120;
    // put together here, so that this file does not contain them
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern STUB = Pattern.compile(
            "Unsupported" + "OperationException|not (yet )?" + "implemented");
    private static final Pattern SKIPPED_TEST = Pattern.compile("@" + "(Disabled|Enabled(If|On|For))"
            + "|\\bassume(True|False|That|ing)\\(|EvaluationResult\\.disabled|TestAborted" + "Exception");
    /** The one way for a test not to run: where no machine can boot. It says so aloud. */
    private static final String MAY_SKIP = "ctl/src/test/java/org/vrrpd/boot/BootCondition.java";
    private static final Pattern BUILD_MACHINE = Pattern.compile("/(work|farm|root)/[a-z]");
    private static final Pattern PACKAGE_SENTENCE = Pattern.compile(
            "(?s)^/\\*\\*\\s+\\S.{18,}[.:)]\\s*\\*/\\s*package [a-z.]+;\\s*$");

    private final Sources sources = new Sources();

    @Test
    void filesAreShort() {
        assertNone("files over " + FILE_LINES + " lines", sources.java().stream()
                .filter(file -> Sources.lines(file).size() > FILE_LINES)
                .map(file -> sources.name(file) + " " + Sources.lines(file).size()));
    }

    @Test
    void methodsAreShort() {
        List<Methods.Method> methods = Methods.of(sources, sources.java());
        assertTrue(methods.size() > 500, "Expected the parser to find the methods, but found " + methods.size());
        assertNone("methods over their budget", methods.stream()
                .filter(method -> method.lines() > budget(method.file()))
                .map(method -> method.where() + " " + method.lines()));
    }

    @Test
    void methodsAreMeasuredFromDeclarationToClosingBrace() {
        List<Methods.Method> methods = Methods.ofText("A.java", """
                class A {
                    @Override
                    public String toString() {
                        return "}";
                    }

                    Runnable r() {
                        return () -> { };
                    }
                }
                """);
        assertEquals(List.of(4L, 3L), methods.stream().map(Methods.Method::lines).toList());
        assertEquals("A.java:2 toString", methods.get(0).where());
    }

    @Test
    void linesAreShort() {
        assertNone("lines over " + LINE_LENGTH + " characters",
                matching(sources.java(), line -> line.codePointCount(0, line.length()) > LINE_LENGTH));
    }

    @Test
    void noTabsAndNoTrailingSpace() {
        assertNone("tabs or trailing spaces",
                matching(sources.java(), line -> line.indexOf('\t') >= 0 || line.endsWith(" ")));
    }

    @Test
    void nothingIsLeftOver() {
        assertNone("leftover markers", matching(sources.java(), LEFT_OVER.asPredicate()));
        assertNone("stubs", matching(sources.mainJava(), STUB.asPredicate()));
    }

    @Test
    void noTestIsSkipped() {
        List<Path> others = sources.java().stream().filter(file -> !sources.name(file).equals(MAY_SKIP)).toList();
        assertEquals(sources.java().size() - 1, others.size(), MAY_SKIP);
        assertNone("tests that may not run", matching(others, SKIPPED_TEST.asPredicate()));
    }

    @Test
    void noPathOfABuildMachine() {
        assertNone("paths of a build machine", matching(sources.texts(), BUILD_MACHINE.asPredicate()));
    }

    @Test
    void everyMainPackageSaysWhatItIs() {
        assertNone("packages without a package-info of one real sentence", sources.mainJava().stream()
                .map(Path::getParent).distinct()
                .filter(directory -> !hasSentence(directory.resolve("package-info.java")))
                .map(sources::name));
    }

    @Test
    void thePatternsBite() {
        assertTrue(LEFT_OVER.matcher("// TO" + "DO later").find());
        for (String skipping : List.of("@" + "Disabled(\"flaky\")", "@" + "EnabledIfSystemProperty",
                "ConditionEvaluationResult" + ".disabled(\"no\")", "assume" + "True(root)")) {
            assertTrue(SKIPPED_TEST.matcher(skipping).find(), skipping);
        }
        assertTrue(BUILD_MACHINE.matcher("see /" + "root/" + "notes").find());
        assertTrue(STUB.matcher("throw new Unsupported" + "OperationException();").find());
        assertTrue(PACKAGE_SENTENCE.matcher("/** Packets of VRRP, both ways. */\npackage a.b;\n").find());
        assertTrue(!PACKAGE_SENTENCE.matcher("/** Packets. */\npackage a.b;\n").find());
    }

    private static int budget(String file) {
        return file.contains("/src/main/java/org/vrrpd/proto/core/") ? CORE_METHOD_LINES : METHOD_LINES;
    }

    private static boolean hasSentence(Path packageInfo) {
        return Files.exists(packageInfo) && PACKAGE_SENTENCE.matcher(Sources.text(packageInfo)).find();
    }

    private Stream<String> matching(List<Path> files, Predicate<String> bad) {
        return files.stream().flatMap(file -> {
            List<String> lines = Sources.lines(file);
            return IntStream.range(0, lines.size())
                    .filter(i -> bad.test(lines.get(i)))
                    .mapToObj(i -> sources.name(file) + ":" + (i + 1) + " " + lines.get(i).strip());
        });
    }

    private static void assertNone(String what, Stream<String> found) {
        List<String> all = found.toList();
        assertTrue(all.isEmpty(), () -> "Expected no " + what + ", but found\n  " + String.join("\n  ", all));
    }
}
