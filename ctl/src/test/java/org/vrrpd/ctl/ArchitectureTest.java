package org.vrrpd.ctl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The client looks from outside: it shares the protocol with the daemon and nothing else. */
@AnalyzeClasses(packages = "org.vrrpd.ctl", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_OF_THE_DAEMON =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.vrrpd.daemon..");

    @ArchTest
    static final ArchRule ONLY_CLIENT_OPENS_SOCKETS =
            noClasses().that().resideOutsideOfPackage("org.vrrpd.ctl.client..")
                    .should().dependOnClassesThat().resideInAnyPackage("java.net..", "java.nio.channels..");

    @ArchTest
    static final ArchRule RENDERERS_ONLY_RENDER =
            noClasses().that().resideInAPackage("org.vrrpd.ctl.render..")
                    .should().dependOnClassesThat()
                    .resideInAnyPackage("org.vrrpd.ctl.client..", "org.vrrpd.ctl.command..");
}
