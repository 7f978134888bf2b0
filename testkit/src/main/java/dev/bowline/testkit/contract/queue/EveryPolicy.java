package dev.bowline.testkit.contract.queue;

import dev.bowline.queue.WhenFull;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test of a queue that is run once for each policy that the queue has, or each of some; it gets that as its argument. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(allowZeroInvocations = true)
@ArgumentsSource(EveryPolicy.OfTheQueue.class)
@interface EveryPolicy {
    /** All by default. */
    WhenFull[] of() default {WhenFull.WAIT, WhenFull.FAIL, WhenFull.DROP_OLDEST, WhenFull.DROP_NEWEST};

    /** Asks the test's own class. */
    final class OfTheQueue implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            Set<WhenFull> lacking =
                    ((QueueSubject) context.getRequiredTestInstance()).lacking().keySet();
            if (lacking.containsAll(EnumSet.allOf(WhenFull.class))) {
                throw new IllegalStateException("A queue has one policy at least; this one says that it lacks all.");
            }
            return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), EveryPolicy.class).stream()
                    .flatMap(asked -> Arrays.stream(asked.of()))
                    .filter(policy -> !lacking.contains(policy))
                    .map(Arguments::of);
        }
    }
}
