package org.vrrpd.daemon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;

/** What may know what in the daemon. Each rule is shown a class that breaks it, so that none passes for being void. */
class DaemonArchitectureTest {

    private static final JavaClasses DAEMON = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.vrrpd.daemon");
    private static final JavaClasses RULE_BREAKERS = new ClassFileImporter().importPackages("org.vrrpd.rulebreakers");

    @Test
    void onlyLinuxMakesNativeCalls() {
        holds(noClasses().that().resideOutsideOfPackage("..daemon.linux..")
                .should().dependOnClassesThat().resideInAnyPackage("jnr..", "com.kenai.jffi.."), "CallsTheCLibrary");
    }

    @Test
    void linuxKnowsNothingElseOfTheDaemon() {
        holds(noClasses().that().resideInAPackage("..daemon.linux..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "org.vrrpd.daemon", "..daemon.input..", "..daemon.output..", "..daemon.control..",
                        "..daemon.runtime..", "..daemon.worker.."), "ReachesIntoInput");
    }

    @Test
    void inputKnowsOnlyLinux() {
        holds(noClasses().that().resideInAPackage("..daemon.input..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "org.vrrpd.daemon", "..daemon.output..", "..daemon.control..", "..daemon.runtime.."),
                "ReachesIntoOutput");
    }

    @Test
    void outputKnowsOnlyLinux() {
        holds(noClasses().that().resideInAPackage("..daemon.output..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "org.vrrpd.daemon", "..daemon.input..", "..daemon.control..", "..daemon.runtime.."),
                "ReachesIntoRuntime");
    }

    @Test
    void workersKnowOnlyLinux() {
        holds(noClasses().that().resideInAPackage("..daemon.worker..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "org.vrrpd.daemon", "..daemon.input..", "..daemon.output..", "..daemon.control..",
                        "..daemon.runtime.."), "ReachesBack");
    }

    @Test
    void onlyTheMainClassesKnowWorkers() {
        holds(noClasses().that().resideInAnyPackage("..daemon.*..").and().resideOutsideOfPackage("..daemon.worker..")
                .should().dependOnClassesThat().resideInAPackage("..daemon.worker.."), "RunsAScript");
    }

    @Test
    void controlKnowsNothingElseOfTheDaemon() {
        holds(noClasses().that().resideInAPackage("..daemon.control..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "org.vrrpd.daemon", "..daemon.linux..", "..daemon.input..", "..daemon.output..",
                        "..daemon.runtime.."), "ReachesIntoLinux");
    }

    @Test
    void onlyTheMainClassesKnowRuntime() {
        holds(noClasses().that().resideInAnyPackage("..daemon.*..").and().resideOutsideOfPackage("..daemon.runtime..")
                .should().dependOnClassesThat().resideInAPackage("..daemon.runtime.."), "ReachesIntoRuntime");
    }

    private static void holds(ArchRule rule, String ruleBreaker) {
        rule.check(DAEMON);
        EvaluationResult result = rule.evaluate(RULE_BREAKERS);
        assertTrue(result.hasViolation(), "the rule does not bite: " + rule.getDescription());
        assertFalse(result.getFailureReport().getDetails().stream().noneMatch(d -> d.contains(ruleBreaker)),
                result.getFailureReport().toString());
    }
}
