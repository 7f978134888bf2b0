package dev.bowline.testkit.contract.queue;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.testkit.contract.rules.Rule;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The suite covers the rules of the queue, and is held whole against the queue in memory and against wrong ones. */
class QueueContractCoverageTest {
    private static final List<Class<?>> CONTRACTS = ReflectionSupport.findAllClassesInModule(
            "dev.bowline.testkit",
            MessageQueueContract.class::isAssignableFrom,
            name -> name.startsWith("dev.bowline.testkit.contract.queue."));

    private static Stream<Class<?>> suite() {
        return CONTRACTS.stream()
                .filter(type -> Modifier.isAbstract(type.getModifiers()) && type != MessageQueueContract.class);
    }

    private static List<Method> testsOf(Class<?> contract) {
        return ReflectionSupport.findMethods(
                contract,
                method -> AnnotationSupport.isAnnotated(method, Testable.class),
                HierarchyTraversalMode.TOP_DOWN);
    }

    @Test
    void everyRuleOfTheQueueHasATest() {
        Set<Rule> covered = suite().flatMap(contract -> testsOf(contract).stream())
                .flatMap(test -> Rule.inNameOf(test.getName()).stream())
                .collect(toSet());

        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 7)
                        .mapToObj(number -> new Rule('E', number))
                        .toList());
    }

    @Test
    void everyTestOfTheSuiteSaysItsRule() {
        assertThat(suite())
                .isNotEmpty()
                .allSatisfy(contract -> assertThat(testsOf(contract))
                        .isNotEmpty()
                        .allSatisfy(test ->
                                assertThat(Rule.inNameOf(test.getName())).isPresent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OnMemoryQueue", "OnWrong"})
    void aQueueIsHeldAgainstEveryContract(String subject) {
        assertThat(CONTRACTS.stream()
                        .filter(type -> Stream.of(type.getInterfaces())
                                .anyMatch(mixedIn -> mixedIn.getSimpleName().equals(subject)))
                        .<Class<?>>map(Class::getSuperclass)
                        .filter(type -> type != MessageQueueContract.class))
                .containsExactlyInAnyOrderElementsOf(suite().toList());
    }
}
