package dev.bowline.testkit.contract.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rules by transports: how many tests of a rule passed on a transport. Variants of one transport share a column, and a
 * test counts once there, however often it was repeated; so equal columns mean that the same was shown.
 */
final class RuleTable {
    private static final String FORMAT_OF_RULE = "%-6s";
    private static final String FORMAT_OF_CELL = "%10s";

    /** What became of the tests of one rule on one transport. */
    private static final class Cell {
        final Set<String> passed = new HashSet<>();
        final Set<String> failed = new TreeSet<>();

        @Override
        public String toString() {
            return failed.isEmpty() ? String.valueOf(passed.size()) : "FAILED";
        }
    }

    private final Map<Rule, Map<String, Cell>> rows = new TreeMap<>();
    private final Set<String> transports = new TreeSet<>();

    void passed(Rule rule, String transport, String test) {
        cell(rule, transport).passed.add(test);
    }

    void failed(Rule rule, String transport, String test) {
        cell(rule, transport).failed.add(test);
    }

    private Cell cell(Rule rule, String transport) {
        transports.add(transport);
        return rows.computeIfAbsent(rule, unused -> new TreeMap<>()).computeIfAbsent(transport, unused -> new Cell());
    }

    /** Rules that every transport has to keep and of which nothing ran here, and those that ran elsewhere only. */
    List<String> holes() {
        Set<Rule> rules = new TreeSet<>(Rule.OF_TRANSPORTS);
        rules.addAll(rows.keySet());
        return rules.stream()
                .filter(rule -> !missing(rule).isEmpty())
                .map(rule -> rows.containsKey(rule) ? rule + " on " + String.join(", ", missing(rule)) : "" + rule)
                .toList();
    }

    private Set<String> missing(Rule rule) {
        Set<String> missing = new TreeSet<>(transports);
        missing.removeAll(rows.getOrDefault(rule, Map.of()).keySet());
        return missing;
    }

    private List<String> failures() {
        return rows.values().stream()
                .flatMap(row -> row.entrySet().stream())
                .flatMap(cell -> cell.getValue().failed.stream().map(test -> cell.getKey() + " " + test))
                .toList();
    }

    /** A line for each rule of which something ran; then what failed, and what nothing is known of. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Rules kept, by the number of contract tests that passed:\n");
        line(text, "rule", List.copyOf(transports));
        rows.forEach((rule, row) -> line(
                text,
                rule.toString(),
                transports.stream()
                        .map(transport ->
                                row.containsKey(transport) ? row.get(transport).toString() : "-")
                        .toList()));
        list(text, "Failed: ", failures());
        list(text, "No test ran of: ", holes());
        return text.toString();
    }

    private static void line(StringBuilder text, String first, List<String> cells) {
        text.append(FORMAT_OF_RULE.formatted(first));
        cells.forEach(cell -> text.append(FORMAT_OF_CELL.formatted(cell)));
        text.append('\n');
    }

    private static void list(StringBuilder text, String title, List<String> items) {
        if (!items.isEmpty()) {
            text.append(title).append(String.join("; ", items)).append('\n');
        }
    }
}
