package dev.bowline.integration.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules under fire: {@link Chaos} for ten seconds. {@code -Dbowline.chaos.seconds=60} makes it longer, {@code
 * -Dbowline.chaos.seed=…} repeats the dice of another run.
 */
abstract class ChaosContract {
    abstract String transportName();

    @Test
    @Timeout(value = 14, unit = TimeUnit.MINUTES)
    void twoHundredConnectionsAmongFaultsBreakNoRuleAndLeaveNothing() throws Exception {
        Duration time = Duration.ofSeconds(Long.getLong("bowline.chaos.seconds", 10));
        long seed = Long.getLong("bowline.chaos.seed", System.nanoTime());
        System.out.println("chaos on " + transportName() + ": -Dbowline.chaos.seed=" + seed);
        Chaos.warmUp(transportName());
        Leaks before = new Leaks();
        Violations violations = Chaos.run(transportName(), seed, time);
        before.check(violations);
        assertThat(violations.sentences())
                .as("transport %s, seed %d", transportName(), seed)
                .isEmpty();
    }
}
