package dev.bowline.testkit.contract.engine;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An engine broke the rules of the SPI during a test, whatever the test itself was about. */
public final class BrokenRulesError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final TreeSet<String> rules = new TreeSet<>();

    BrokenRulesError(List<Breach> breaches) {
        super("the engine broke rules: " + breaches);
        breaches.forEach(breach -> rules.add(breach.rule()));
    }

    /** The rules, {@code A4} for one, that can't be kept over such an engine. */
    public Set<String> rules() {
        return Set.copyOf(rules);
    }
}
