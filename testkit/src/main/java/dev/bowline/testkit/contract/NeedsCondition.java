package dev.bowline.testkit.contract;

import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Looks at what the transport of the test's own class can do. Behind {@link Needs}; nobody else uses it. */
public final class NeedsCondition implements ExecutionCondition {
    /** JUnit makes it. */
    public NeedsCondition() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        TransportUnderTest subject = ((Contract) context.getRequiredTestInstance()).underTest();
        Set<Capability> needed = AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                .map(Needs::value)
                .map(Set::of)
                .orElse(Set.of());
        return subject.capabilities().containsAll(needed)
                ? ConditionEvaluationResult.enabled(subject.name() + " can do " + needed)
                : ConditionEvaluationResult.disabled(subject.name() + " has not all of " + needed);
    }
}
