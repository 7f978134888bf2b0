package dev.bowline.testkit.contract.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is printed when contract tests have run. */
class RuleTableListenerTest {
    private static String printedAfter(Class<?>... tests) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        LauncherConfig alone = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(tests).map(type -> selectClass(type)).toArray(ClassSelector[]::new))
                .build();
        LauncherFactory.create(alone).execute(request, new RuleTableListener(new PrintStream(printed, true, UTF_8)));
        return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void h1_variantsShareAColumnAndDifferencesShow() {
        assertThat(printedAfter(
                        SmallContracts.GoodSmall.class,
                        SmallContracts.GoodSmallAgain.class,
                        SmallContracts.PoorSmall.class,
                        SmallContracts.NoContract.class))
                .startsWith("""
                        Rules kept, by the number of contract tests that passed:
                        rule        good      poor
                        A1             3         2
                        A2             1         -
                        B1             1    FAILED
                        Failed: poor SmallContract.b1_failsOnOne
                        Left out: poor SmallContract.a1_passesWhereItIsInstalled; poor SmallContract.a2_isAllThatItsRuleHas
                        No test ran of: A2 on poor; A3; A4; A5; A6; A7; B2;""");
    }

    @Test
    void h1_aSingleClassPrintsNothing() {
        assertThat(printedAfter(SmallContracts.GoodSmall.class)).isEmpty();
    }

    @Test
    void h1_testsThatAreNoContractsPrintNothing() {
        assertThat(printedAfter(SmallContracts.NoContract.class, SmallContracts.NoContract.class))
                .isEmpty();
    }
}
