package dev.bowline.integration;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Imports point one way. The lists say what is allowed, so a new dependency shows up here before it shows up in a jar.
 */
@AnalyzeClasses(packages = "dev.bowline")
final class ArchitectureTest {
    private static final String[] JDK = {"java..", "javax.net..", "javax.security.."};

    private static final DescribedPredicate<JavaClass> CORE = resideInAnyPackage(
                    "dev.bowline",
                    "dev.bowline.framing..",
                    "dev.bowline.line..",
                    "dev.bowline.queue..",
                    "dev.bowline.spi..",
                    "dev.bowline.internal..")
            .as("reside in core");

    private static final DescribedPredicate<JavaClass> WHAT_A_TRANSPORT_SEES = resideInAnyPackage(JDK)
            .or(resideInAnyPackage("dev.bowline", "dev.bowline.spi", "org.jspecify.."))
            .as("reside in the JDK, dev.bowline or dev.bowline.spi");

    @ArchTest
    static final ArchRule coreImportsOnlyItselfTheJdkGuavaAndJspecify = classes()
            .that(CORE)
            .should()
            .onlyDependOnClassesThat(CORE.or(resideInAnyPackage(JDK))
                    .or(resideInAnyPackage("com.google.common..", "org.jspecify..", "jdk.jfr.."))
                    .as("reside in core, the JDK, Guava or JSpecify"));

    @ArchTest
    static final ArchRule theBlockingTransportImportsOnlyTheSpiAndTheJdk =
            transport("dev.bowline.transport.blocking..");

    @ArchTest
    static final ArchRule theNioTransportImportsOnlyTheSpiAndTheJdk = transport("dev.bowline.transport.nio..");

    @ArchTest
    static final ArchRule theNettyTransportImportsOnlyTheSpiTheJdkAndNetty =
            transport("dev.bowline.transport.netty..", "io.netty..");

    /** Nor do the exercises for transports import one: what they are held against comes from outside. */
    @ArchTest
    static final ArchRule theTestkitImportsOnlyCoreAndTestLibraries = classes()
            .that()
            .resideInAPackage("dev.bowline.testkit..")
            .should()
            .onlyDependOnClassesThat(CORE.or(resideInAnyPackage(JDK))
                    .or(resideInAnyPackage(
                            "dev.bowline.testkit..",
                            "javax.management..",
                            "org.jspecify..",
                            "org.junit..",
                            "org.assertj..",
                            "com.google.gson.."))
                    .as("reside in the testkit, core, the JDK, JUnit, AssertJ or Gson"));

    @ArchTest
    static final ArchRule onlyTheContractSuiteNeedsATestLibrary = noClasses()
            .that()
            .resideInAPackage("dev.bowline.testkit")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.assertj..", "com.google.gson..");

    @ArchTest
    static final ArchRule everyTransportHasARuleHere = classes()
            .that()
            .resideInAPackage("dev.bowline.transport..")
            .should()
            .resideInAnyPackage(
                    "dev.bowline.transport.blocking..", "dev.bowline.transport.nio..", "dev.bowline.transport.netty..");

    @ArchTest
    static final ArchRule onlyCoreImportsItsInternals =
            noClasses().that(not(CORE)).should().dependOnClassesThat(resideInAPackage("dev.bowline.internal.."));

    private static ArchRule transport(String itself, String... libraries) {
        return classes()
                .that()
                .resideInAPackage(itself)
                .should()
                .onlyDependOnClassesThat(WHAT_A_TRANSPORT_SEES
                        .or(resideInAPackage(itself))
                        .or(resideInAnyPackage(libraries))
                        .as("reside in the JDK, dev.bowline, dev.bowline.spi or its own"));
    }
}
