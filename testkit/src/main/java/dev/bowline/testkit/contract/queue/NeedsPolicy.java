package dev.bowline.testkit.contract.queue;

import dev.bowline.queue.WhenFull;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test of one policy: a queue that has not got it leaves the test out. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPolicy.Condition.class)
@interface NeedsPolicy {
    WhenFull value();

    /** Asks the test's own class. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            QueueSubject subject = (QueueSubject) context.getRequiredTestInstance();
            return AnnotationSupport.findAnnotation(context.getElement(), NeedsPolicy.class)
                    .map(NeedsPolicy::value)
                    .filter(policy -> subject.lacking().containsKey(policy))
                    .map(policy -> ConditionEvaluationResult.disabled(
                            "no " + policy + ": " + subject.lacking().get(policy)))
                    .orElse(ConditionEvaluationResult.enabled("the queue has the policy"));
        }
    }
}
