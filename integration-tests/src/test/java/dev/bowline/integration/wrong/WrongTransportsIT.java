package dev.bowline.integration.wrong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.google.common.collect.Sets;
import dev.bowline.testkit.contract.engine.BrokenRulesError;
import dev.bowline.testkit.contract.rules.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Rule H2: the suite is run against deliberately wrong transports too, and must fail each for its own reason. */
class WrongTransportsIT {
    private static final String PATIENCE = "bowline.testkit.patience";

    /** What right code needs on a machine under load, and what each test waits in vain for. */
    private static final String SECONDS = "3";

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void h2_aWrongTransportFailsExactlyTheRulesThatItBreaks(Wrongness wrongness) {
        Map<String, Set<String>> failed = run(wrongness);
        assertThat(failed.keySet())
                .as("rules of which a test failed; %s", failed)
                .containsAll(wrongness.broken)
                .isSubsetOf(Sets.union(wrongness.broken, wrongness.concerned));
    }

    /** The rules that tests failed for, each with the names of those tests. */
    private static Map<String, Set<String>> run(Wrongness wrongness) {
        WrongContracts.current = wrongness;
        Failures failures = new Failures();
        String before = System.getProperty(PATIENCE);
        System.setProperty(PATIENCE, SECONDS);
        try {
            // Not the listeners of this run: what fails here is no failure of it.
            LauncherFactory.create(LauncherConfig.builder()
                            .enableTestExecutionListenerAutoRegistration(false)
                            .build())
                    .execute(request(wrongness.contracts()), failures);
        } finally {
            WrongTransport.endLeaks();
            if (before == null) {
                System.clearProperty(PATIENCE);
            } else {
                System.setProperty(PATIENCE, before);
            }
        }
        return failures.byRule;
    }

    private static LauncherDiscoveryRequest request(List<Class<?>> contracts) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(contracts.stream()
                        .map(contract -> selectClass(contract))
                        .toList())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "12")
                .build();
    }

    /** Waiting for tests that fail is what takes the time: they do it side by side. */
    private static final class Failures implements TestExecutionListener {
        final Map<String, Set<String>> byRule = new ConcurrentSkipListMap<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable()
                    .filter(thrown -> result.getStatus() == TestExecutionResult.Status.FAILED)
                    .ifPresent(thrown -> enter(test, thrown));
        }

        private void enter(TestIdentifier test, Throwable thrown) {
            if (thrown instanceof BrokenRulesError broken) {
                broken.rules().forEach(rule -> enter(rule, test));
            } else {
                enter(ruleOf(test), test);
                Arrays.stream(thrown.getSuppressed())
                        .filter(BrokenRulesError.class::isInstance)
                        .forEach(suppressed -> enter(test, suppressed));
            }
        }

        private void enter(String rule, TestIdentifier test) {
            byRule.computeIfAbsent(rule, unused -> new ConcurrentSkipListSet<>())
                    .add(test.getLegacyReportingName());
        }

        private static String ruleOf(TestIdentifier test) {
            return test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .flatMap(source -> Rule.inNameOf(((MethodSource) source).getMethodName()))
                    .map(Rule::toString)
                    .orElse("H1");
        }
    }
}
