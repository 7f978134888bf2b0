package dev.bowline.integration;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.bowline.testkit.contract.Needs;
import dev.bowline.testkit.contract.TransportContract;
import dev.bowline.testkit.contract.rules.Rule;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.subject.ContractSubject;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The suite covers the rules, and every transport has all of the suite. */
class ContractCoverageTest {
    /** Servers and links that are real: no memory reaches them. */
    private static final Set<String> NOT_IN_MEMORY = Set.of(
            "ForeignTlsContract",
            "LostServerContract",
            "ReferenceServerContract",
            "ReferenceServerTlsContract",
            "StormContract",
            "TlsRefusalContract");

    /** TLS itself, real servers, links that are damaged beneath it, sockets that it does not go over, engines. */
    private static final Set<String> NOT_OVER_TLS =
            Sets.union(NOT_IN_MEMORY, Set.of("EngineContract", "StartTlsContract", "TlsContract", "UnixContract"));

    /** There a protocol must hear the end of the input before it has answered, which TLS 1.2 does not know. */
    private static final Set<String> NOT_BEFORE_TLS_13 = Set.of("FramingVectorsContract");

    private static final String SUFFIX = "IT";

    /** Every class there is that is about a transport under test, abstract ones too. */
    private static final List<Class<?>> CONTRACTS = new ClassFileImporter()
            .importPackages("dev.bowline.testkit.contract", "dev.bowline.integration").stream()
                    .filter(type -> type.isAssignableTo(ContractSubject.class) && !type.isInterface())
                    .filter(type -> !type.getPackageName().endsWith(".wrong"))
                    .<Class<?>>map(JavaClass::reflect)
                    .toList();

    private static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers());
    }

    private static List<Method> testsOf(Class<?> contract) {
        return ReflectionSupport.findMethods(
                contract,
                method -> AnnotationSupport.isAnnotated(method, Testable.class),
                HierarchyTraversalMode.TOP_DOWN);
    }

    /** Those that a transport's class extends; a base for others has no tests itself. */
    private static Stream<Class<?>> suite() {
        return CONTRACTS.stream()
                .filter(type -> isAbstract(type) && !testsOf(type).isEmpty());
    }

    /**
     * Tests that only some transports run don't count: what a rule says is never a matter of capabilities. But half-close is one
     * of TLS, and no transport's.
     */
    @Test
    void everyRuleHasATestThatAllTransportsRun() {
        Set<Rule> covered = suite().filter(TransportContract.class::isAssignableFrom)
                .flatMap(contract -> testsOf(contract).stream())
                .filter(test -> neededBy(test).stream().allMatch(Capability.HALF_CLOSE::equals))
                .flatMap(test -> Rule.inNameOf(test.getName()).stream())
                .collect(toSet());
        assertThat(covered).containsAll(Rule.OF_TRANSPORTS);
    }

    private static List<Capability> neededBy(Method test) {
        return AnnotationSupport.findAnnotation(test, Needs.class)
                .map(needs -> List.of(needs.value()))
                .orElse(List.of());
    }

    @Test
    void everyTestOfTheSuiteSaysItsRule() {
        assertThat(suite().flatMap(contract -> testsOf(contract).stream()))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(Rule.inNameOf(test.getName())).isPresent());
    }

    @Test
    void everyTransportIsHeldAgainstEveryContract() {
        Set<String> suite = suite().map(Class::getSimpleName).collect(toCollection(TreeSet::new));
        // By the interface that names the transport: OnNio, say.
        Map<String, Set<String>> heldAgainst = CONTRACTS.stream()
                .filter(type -> !isAbstract(type))
                .collect(groupingBy(
                        type -> type.getInterfaces()[0].getSimpleName(),
                        mapping(type -> type.getSuperclass().getSimpleName(), toCollection(TreeSet::new))));
        assertThat(heldAgainst.keySet()).contains("OnBlocking", "OnNio", "OnNioMany", "OnNetty", "OnMemory");
        heldAgainst.merge("OnMemory", NOT_IN_MEMORY, Sets::union);
        for (String overTls : Set.of("OnBlockingTls", "OnNioTls", "OnNettyTls", "OnMemoryTls", "OnMemoryTls12")) {
            heldAgainst.merge(overTls, NOT_OVER_TLS, Sets::union);
        }
        heldAgainst.merge("OnMemoryTls12", NOT_BEFORE_TLS_13, Sets::union);
        assertThat(heldAgainst.values()).containsOnly(suite);
    }

    /** Failsafe runs what ends in IT; and one finds a test by its transport and its contract. */
    @Test
    void aTransportsClassIsNamedAfterTheTransportAndTheContract() {
        assertThat(CONTRACTS.stream().filter(type -> !isAbstract(type)))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getSimpleName())
                        .isEqualTo(type.getInterfaces()[0].getSimpleName().substring("On".length())
                                + type.getSuperclass().getSimpleName()
                                + SUFFIX));
    }
}
