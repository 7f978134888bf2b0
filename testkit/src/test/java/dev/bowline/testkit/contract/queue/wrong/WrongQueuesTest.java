package dev.bowline.testkit.contract.queue.wrong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.bowline.testkit.internal.Patience;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The suite is run against deliberately wrong queues too, and must fail each for its own reason (as rule H2 wants it). */
class WrongQueuesTest {
    /** What right code needs on a machine under load, and what each test waits in vain for. */
    private static final String SECONDS = "2";

    static List<Wrongness> wrongQueues() {
        return Wrongness.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongQueues")
    @Timeout(120)
    void h2_aWrongQueueFailsExactlyTheRulesThatItBreaks(Wrongness wrongness) {
        Failures failures = run(wrongness);

        assertThat(failures.byRule.keySet())
                .as("rules of which a test failed where a queue %s: %s", wrongness, failures.byRule)
                .isEqualTo(wrongness.failing());
        assertThat(failures.ran).as("tests that ran").hasValueGreaterThan(200);
    }

    private static Failures run(Wrongness wrongness) {
        WrongContracts.current = wrongness;
        Failures failures = new Failures();
        String before = System.getProperty(Patience.PROPERTY);
        System.setProperty(Patience.PROPERTY, SECONDS);
        try {
            // Not the listeners of this run: what fails here is no failure of it.
            LauncherFactory.create(LauncherConfig.builder()
                            .enableTestExecutionListenerAutoRegistration(false)
                            .build())
                    .execute(request(), failures);
        } finally {
            if (before == null) {
                System.clearProperty(Patience.PROPERTY);
            } else {
                System.setProperty(Patience.PROPERTY, before);
            }
        }
        return failures;
    }

    /** Waiting for tests that fail is what takes the time: the classes do it side by side. */
    private static LauncherDiscoveryRequest request() {
        List<Class<?>> contracts = WrongContracts.all();
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(contracts.stream()
                        .map(contract -> selectClass(contract))
                        .toList())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .build();
    }
}
