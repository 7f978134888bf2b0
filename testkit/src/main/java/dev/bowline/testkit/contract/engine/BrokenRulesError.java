package dev.bowline.testkit.contract.engine;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An engine broke the rules of the SPI during a test, whatever the test itself was about.
 *
 * <pre>{@code
 * Set<String> broken(Runnable test) {
 *     try {
 *         test.run();
 *         return Set.of();
 *     } catch (BrokenRulesError error) {
 *         return error.rules();
 *     }
 * }
 * }</pre>
 */
public final class BrokenRulesError extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** For {@link #rules}. */
    private final TreeSet<String> rules = new TreeSet<>();

    BrokenRulesError(List<Breach> breaches) {
        super("the engine broke rules: " + breaches);
        breaches.forEach(breach -> rules.add(breach.rule()));
    }

    /** {@return the rules, {@code A4} for one, that can't be kept over such an engine} */
    public Set<String> rules() {
        return Set.copyOf(rules);
    }
}
