package dev.bowline.testkit.contract.queue.wrong;

import dev.bowline.testkit.contract.rules.Rule;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Notes which rules the tests of a run failed for. */
final class Failures implements TestExecutionListener {
    /** The rules that tests failed for, each with the names of those tests. */
    final Map<String, Set<String>> byRule = new ConcurrentSkipListMap<>();

    final AtomicInteger ran = new AtomicInteger();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            ran.incrementAndGet();
        }
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            byRule.computeIfAbsent(ruleOf(test), unused -> new ConcurrentSkipListSet<>())
                    .add(nameOf(test));
        }
    }

    private static String nameOf(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse(test.getDisplayName());
    }

    private static String ruleOf(TestIdentifier test) {
        return Rule.inNameOf(nameOf(test)).map(Rule::toString).orElse("none");
    }
}
