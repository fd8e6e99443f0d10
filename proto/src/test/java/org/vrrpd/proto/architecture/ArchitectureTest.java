package org.vrrpd.proto.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrpd.proto.architecture.bad.proto.config.IteratesOverAHash;
import org.vrrpd.proto.architecture.bad.proto.core.AsksTheClock;
import org.vrrpd.proto.architecture.bad.proto.core.KnowsTheReplay;
import org.vrrpd.proto.architecture.bad.proto.core.OpensAFile;
import org.vrrpd.proto.architecture.bad.proto.core.StartsAThread;
import org.vrrpd.proto.architecture.bad.proto.core.ThrowsDice;
import org.vrrpd.proto.architecture.bad.proto.core.UsesAnImmutableSet;
import org.vrrpd.proto.architecture.bad.proto.effect.KnowsTheConfiguration;
import org.vrrpd.proto.architecture.bad.proto.replay.ReadsChronicle;
import org.vrrpd.proto.architecture.bad.proto.vrrp.KnowsAnEvent;

/** The layers hold in the main classes, and each rule bites a class that was written to break it. */
class ArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.vrrpd.proto");

    static List<ArchRule> rules() {
        return LayerRules.all();
    }

    static Stream<Arguments> badClasses() {
        return Stream.of(
                arguments(LayerRules.onlyTheJournalKnowsChronicle(), ReadsChronicle.class),
                arguments(LayerRules.theCoreKnowsOnlyThePureParts(), KnowsTheReplay.class),
                arguments(LayerRules.theCoreKnowsOnlyThePureParts(), OpensAFile.class),
                arguments(LayerRules.theCoreTouchesNothingOutside(), OpensAFile.class),
                arguments(LayerRules.theCoreTouchesNothingOutside(), StartsAThread.class),
                arguments(LayerRules.noClockAndNoChance(), AsksTheClock.class),
                arguments(LayerRules.noClockAndNoChance(), ThrowsDice.class),
                arguments(LayerRules.noUnsettledOrder(), IteratesOverAHash.class),
                arguments(LayerRules.noUnsettledOrder(), UsesAnImmutableSet.class),
                arguments(LayerRules.codecsKnowNothingAboveThem(), KnowsAnEvent.class),
                arguments(LayerRules.vocabularyKnowsNothingAboveIt(), KnowsTheConfiguration.class),
                arguments(LayerRules.nothingBelowKnowsTheNarrator(), KnowsTheReplay.class));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void mainClassesKeepTheRule(ArchRule rule) {
        rule.check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("badClasses")
    void theRuleBites(ArchRule rule, Class<?> bad) {
        assertTrue(rule.evaluate(new ClassFileImporter().importClasses(bad)).hasViolation(),
                () -> "Expected " + bad.getSimpleName() + " to break it, but it passed: " + rule.getDescription());
    }

    @Test
    void everyRuleHasABadClass() {
        List<String> bitten = badClasses().map(bad -> ((ArchRule) bad.get()[0]).getDescription()).distinct().toList();
        assertEquals(rules().stream().map(ArchRule::getDescription).sorted().toList(),
                bitten.stream().sorted().toList());
    }
}
