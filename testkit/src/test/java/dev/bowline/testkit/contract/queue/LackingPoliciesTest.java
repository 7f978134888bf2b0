package dev.bowline.testkit.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A queue need not have all policies (rule E8), and says why. */
class LackingPoliciesTest {
    private static final class Log implements TestExecutionListener {
        final List<String> skipped = new ArrayList<>();
        final List<TestExecutionResult> results = new ArrayList<>();

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            skipped.add(reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                results.add(result);
            }
        }
    }

    private static Log run(Class<?> contract) {
        Log log = new Log();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(contract))
                                .build(),
                        log);
        return log;
    }

    @Test
    void e8_testsOfAPolicyThatAQueueHasNotGotAreLeftOutWithTheReason() {
        Log waits = run(WithoutPolicies.Waits.class);
        assertThat(waits.skipped).isNotEmpty().containsOnly("no WAIT: nobody waits for a disk");
        assertThat(waits.results).hasSizeGreaterThan(2).containsOnly(TestExecutionResult.successful());

        Log drops = run(WithoutPolicies.Drops.class);
        assertThat(drops.skipped)
                .contains("no DROP_OLDEST: what was written stays", "no DROP_NEWEST: nobody asked for it");
        assertThat(drops.results).isEmpty();
    }

    @Test
    void e8_whatIsAboutNoPolicyIsTestedWithThoseThereAre() {
        assertThat(run(WithoutPolicies.Seal.class).results)
                .hasSize(5)
                .allSatisfy(result -> assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.SUCCESSFUL));
    }

    @Test
    void e8_aQueueHasOnePolicyAtLeast() {
        assertThat(run(WithoutPolicies.HasNone.class).results)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.getThrowable().orElseThrow())
                        .hasMessage("A queue has one policy at least; this one says that it lacks all."));
    }
}
