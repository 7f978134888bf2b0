package dev.bowline.testkit.contract.rules;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rules by transports: how many tests of a rule passed on a transport. Variants of one transport share a column, and a
 * test counts once there, however often it was repeated; so equal columns mean that the same was shown.
 */
final class RuleTable {
    /** How a test ended. */
    enum Outcome {
        PASSED,
        FAILED,
        /** It was skipped, or it found that it could not say anything. */
        LEFT_OUT
    }

    private static final String NOTHING = "-";

    /** What became of the tests of one rule on one transport: their names by how they ended. */
    private static final class Cell {
        private final Map<Outcome, Set<String>> tests = new EnumMap<>(Outcome.class);

        Set<String> tests(Outcome outcome) {
            return tests.computeIfAbsent(outcome, unused -> new TreeSet<>());
        }

        @Override
        public String toString() {
            if (!tests(Outcome.FAILED).isEmpty()) {
                return "FAILED";
            }
            int passed = tests(Outcome.PASSED).size();
            return passed == 0 ? NOTHING : String.valueOf(passed);
        }
    }

    private final Map<Rule, Map<String, Cell>> rows = new TreeMap<>();
    private final Set<String> transports = new TreeSet<>();

    void enter(Rule rule, String transport, String test, Outcome outcome) {
        transports.add(transport);
        rows.computeIfAbsent(rule, unused -> new TreeMap<>())
                .computeIfAbsent(transport, unused -> new Cell())
                .tests(outcome)
                .add(test);
    }

    private String cell(Rule rule, String transport) {
        Cell cell = rows.getOrDefault(rule, Map.of()).get(transport);
        return cell == null ? NOTHING : cell.toString();
    }

    private List<String> tests(Outcome outcome) {
        return rows.values().stream()
                .flatMap(row -> row.entrySet().stream())
                .flatMap(cell -> cell.getValue().tests(outcome).stream().map(test -> cell.getKey() + " " + test))
                .toList();
    }

    /** Rules that every transport has to keep and of which no test passed or failed, and those where one did elsewhere. */
    private List<String> holes() {
        Set<Rule> rules = new TreeSet<>(Rule.OF_TRANSPORTS);
        rules.addAll(rows.keySet());
        return rules.stream()
                .filter(rule -> !silent(rule).isEmpty())
                .map(rule -> silent(rule).equals(transports)
                        ? rule.toString()
                        : rule + " on " + String.join(", ", silent(rule)))
                .toList();
    }

    private Set<String> silent(Rule rule) {
        return transports.stream()
                .filter(transport -> cell(rule, transport).equals(NOTHING))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A line for each rule; then by name what failed, what was left out, and the rules of which nothing is known. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Rules kept, by the number of contract tests that passed:\n");
        line(text, "rule", transports.stream().toList());
        for (Rule rule : rows.keySet()) {
            line(
                    text,
                    rule.toString(),
                    transports.stream().map(transport -> cell(rule, transport)).toList());
        }
        list(text, "Failed: ", tests(Outcome.FAILED));
        list(text, "Left out: ", tests(Outcome.LEFT_OUT));
        list(text, "No test ran of: ", holes());
        return text.toString();
    }

    private static void line(StringBuilder text, String first, List<String> cells) {
        text.append("%-6s".formatted(first));
        cells.forEach(cell -> text.append("%10s".formatted(cell)));
        text.append('\n');
    }

    private static void list(StringBuilder text, String title, List<String> items) {
        if (!items.isEmpty()) {
            text.append(title).append(String.join("; ", items)).append('\n');
        }
    }
}
