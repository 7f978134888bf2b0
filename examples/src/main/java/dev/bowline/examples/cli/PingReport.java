package dev.bowline.examples.cli;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What pings came to, for people or for programs. Times are in milliseconds. */
final class PingReport {
    /** How many characters the longest bar has. */
    private static final int BAR = 50;

    private final String endpoint;
    private final Duration time;
    private final long[] sorted;

    /** @param trips one or more */
    PingReport(String endpoint, RoundTrips trips, Duration time) {
        this.endpoint = endpoint;
        this.time = time;
        this.sorted = trips.sorted();
    }

    /** Lines of text. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(sorted.length + (sorted.length == 1 ? " round trip" : " round trips") + " in " + Seconds.exact(time)
                + " s");
        times().forEach((name, nanos) -> lines.add(String.format(Locale.ROOT, "%-3s %12s ms", name, millis(nanos))));
        lines.add("");
        List<Histogram.Range> ranges = Histogram.of(sorted);
        int most = ranges.stream().mapToInt(Histogram.Range::count).max().orElse(1);
        for (Histogram.Range range : ranges) {
            // Whatever is there is seen.
            String bar = "#".repeat((int) ((range.count() * (long) BAR + most - 1) / most));
            lines.add(String.format(Locale.ROOT, "%12s ms %8d %s", millis(range.from()), range.count(), bar)
                    .stripTrailing());
        }
        return lines;
    }

    /** One JSON object, on one line. */
    String json() {
        String times = times().entrySet().stream()
                .map(time -> quote(time.getKey()) + ":" + millis(time.getValue()))
                .collect(joining(","));
        String ranges = Histogram.of(sorted).stream()
                .map(range -> "{\"from\":" + millis(range.from()) + ",\"to\":" + millis(range.to()) + ",\"count\":"
                        + range.count() + "}")
                .collect(joining(","));
        return "{\"endpoint\":" + quote(endpoint) + ",\"trips\":" + sorted.length + ",\"seconds\":"
                + Seconds.exact(time) + ",\"ms\":{" + times + "},\"histogram\":[" + ranges + "]}";
    }

    private Map<String, Long> times() {
        Map<String, Long> times = new LinkedHashMap<>();
        times.put("min", sorted[0]);
        for (int percent : new int[] {50, 90, 99}) {
            times.put("p" + percent, RoundTrips.percentile(sorted, percent));
        }
        times.put("max", sorted[sorted.length - 1]);
        return times;
    }

    /** To the microsecond. */
    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
