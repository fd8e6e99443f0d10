package org.vrrpd.proto.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.vrrpd.proto.config.VirtualAddress;

/**
 * What the picture of the design promises, as rules over the compiled classes. Packages are matched by their end, so
 * that the deliberately bad classes can lie in packages of the same shape among the tests.
 */
final class LayerRules {

    private static final String CORE = "..proto.core..";
    private static final String[] CODECS = {"..proto.vrrp..", "..proto.arp..", "..proto.ndp..", "..proto.rtnetlink.."};
    /** All that runs between an event's bytes and an effect's bytes: it must come out the same in every run. */
    private static final String[] DETERMINISTIC = {
        CORE, "..proto.config..", "..proto.effect..", "..proto.event..", "..proto.inet..",
        "..proto.vrrp..", "..proto.arp..", "..proto.ndp..", "..proto.rtnetlink.."
    };
    private static final Set<String> COLLECTIONS_OF_UNSETTLED_ORDER = Set.of(
            "java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap", "java.util.WeakHashMap",
            "java.util.Hashtable");

    private static final Set<String> COLLECTORS_OF_UNSETTLED_ORDER = Set.of(
            "toSet", "toMap", "groupingBy", "toUnmodifiableSet", "toUnmodifiableMap");

    private LayerRules() {}

    static ArchRule onlyTheJournalKnowsChronicle() {
        return noClasses().that().resideOutsideOfPackage("..proto.journal..")
                .should().dependOnClassesThat().resideInAnyPackage("net.openhft..")
                .because("the format of the journal can change only in proto.journal");
    }

    static ArchRule theCoreKnowsOnlyThePureParts() {
        return classes().that().resideInAPackage(CORE)
                .should().onlyDependOnClassesThat(resideInAnyPackage(DETERMINISTIC)
                        .or(resideInAnyPackage("java.lang", "java.lang.invoke", "java.util..", "java.nio",
                                "java.nio.charset"))
                        .or(describe("arrays of primitives", type -> type.getBaseComponentType().isPrimitive())))
                .because("the core decides, and nothing else");
    }

    static ArchRule theCoreTouchesNothingOutside() {
        return noClasses().that().resideInAPackage(CORE)
                .should().dependOnClassesThat(resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.util.concurrent..",
                        "java.util.logging..", "java.time..", "org.slf4j..")
                        .or(describe("threads", type -> type.isAssignableTo(Thread.class)))
                        .or(describe("thread locals", type -> type.isAssignableTo(ThreadLocal.class))))
                .because("nothing may leave the core except an effect, nor enter it except an event");
    }

    static ArchRule noClockAndNoChance() {
        return noClasses().that().resideInAnyPackage(DETERMINISTIC)
                .should().accessTargetWhere(access(
                        "a clock or a source of chance", LayerRules::isClockOrChance))
                .because("a replay has neither: time is a field of the event");
    }

    static ArchRule noUnsettledOrder() {
        return noClasses().that().resideInAnyPackage(DETERMINISTIC)
                .should().accessTargetWhere(access(
                        "a collection whose order differs between runs", LayerRules::isUnsettledOrder))
                .because("their order would reach the digest: use a List, TreeMap, LinkedHashMap or EnumMap");
    }

    static ArchRule codecsKnowNothingAboveThem() {
        return noClasses().that().resideInAnyPackage(CODECS)
                .should().dependOnClassesThat(resideInAnyPackage("org.vrrpd..")
                        .and(DescribedPredicate.not(resideInAnyPackage(CODECS)))
                        .and(DescribedPredicate.not(resideInAnyPackage("..proto.inet..")))
                        // an address line of the configuration is a value, and what a netlink request is made of
                        .and(DescribedPredicate.not(type(VirtualAddress.class))))
                .because("bytes have a meaning before anybody uses them");
    }

    static ArchRule vocabularyKnowsNothingAboveIt() {
        return noClasses().that().resideInAnyPackage("..proto.event..", "..proto.effect..", "..proto.inet..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        CORE, "..proto.config..", "..proto.journal..", "..proto.replay..", "..proto.control..",
                        "..proto.narrate..")
                .because("every part shares these words");
    }

    static ArchRule nothingBelowKnowsTheNarrator() {
        return noClasses().that().resideInAnyPackage(DETERMINISTIC)
                .should().dependOnClassesThat().resideInAnyPackage(
                        "..proto.narrate..", "..proto.control..", "..proto.journal..", "..proto.replay..")
                .because("telling, storing and serving come after deciding");
    }

    static List<ArchRule> all() {
        return List.of(
                onlyTheJournalKnowsChronicle(), theCoreKnowsOnlyThePureParts(), theCoreTouchesNothingOutside(),
                noClockAndNoChance(), noUnsettledOrder(), codecsKnowNothingAboveThem(),
                vocabularyKnowsNothingAboveIt(), nothingBelowKnowsTheNarrator());
    }

    private static boolean isClockOrChance(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return owner.isEquivalentTo(System.class) && (name.equals("nanoTime") || name.equals("currentTimeMillis"))
                || owner.isEquivalentTo(System.class) && name.equals("identityHashCode")
                || owner.isEquivalentTo(Math.class) && name.equals("random")
                || owner.isAssignableTo(java.util.Random.class)
                || owner.isEquivalentTo(java.util.SplittableRandom.class)
                || owner.isEquivalentTo(java.util.UUID.class)
                || owner.getPackageName().startsWith("java.time") && name.equals("now");
    }

    private static boolean isUnsettledOrder(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean immutable = owner.isEquivalentTo(java.util.Map.class) || owner.isEquivalentTo(Set.class);
        return name.equals("<init>") && COLLECTIONS_OF_UNSETTLED_ORDER.contains(owner.getName())
                && !access.getOriginOwner().isAssignableTo(owner.getName())
                || immutable && List.of("of", "ofEntries", "copyOf").contains(name)
                || owner.isEquivalentTo(java.util.stream.Collectors.class)
                        && COLLECTORS_OF_UNSETTLED_ORDER.contains(name);
    }

    private static DescribedPredicate<JavaAccess<?>> access(
            String description, Predicate<JavaAccess<?>> predicate) {
        return describe(description, predicate);
    }
}
