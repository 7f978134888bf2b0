package dev.bowline.integration.documentation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what was printed with what a page says. Only what was measured may differ: a decimal number before {@code s} or
 * {@code ms}, or behind {@code seconds=}, stands for any other with as many decimals; the blanks before it, which put it into a
 * column, for one or more.
 */
final class Expected {
    private static final Pattern MEASURED = Pattern.compile(" +\\d+\\.(\\d+)(?= m?s\\b)|(?<=seconds=)\\d+\\.(\\d+)");

    private Expected() {}

    /** The first difference, as a clause; empty if there is none. */
    static Optional<String> difference(String expected, String printed) {
        List<String> wanted = expected.lines().toList();
        List<String> came = printed.lines().toList();
        for (int i = 0; i < Math.min(wanted.size(), came.size()); i++) {
            if (!pattern(wanted.get(i)).matcher(came.get(i)).matches()) {
                return Optional.of("the page says '" + wanted.get(i) + "', and it printed '" + came.get(i) + "'");
            }
        }
        if (wanted.size() > came.size()) {
            return Optional.of("the page says '" + wanted.get(came.size()) + "', and it printed no more");
        }
        if (came.size() > wanted.size()) {
            return Optional.of("it printed '" + came.get(wanted.size()) + "', of which the page says nothing");
        }
        return Optional.empty();
    }

    private static Pattern pattern(String line) {
        StringBuilder regex = new StringBuilder();
        Matcher measured = MEASURED.matcher(line);
        int from = 0;
        while (measured.find()) {
            regex.append(Pattern.quote(line.substring(from, measured.start())));
            boolean inText = measured.group(1) != null;
            int decimals = measured.group(inText ? 1 : 2).length();
            regex.append(inText ? " +" : "").append("\\d+\\.\\d{" + decimals + "}");
            from = measured.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(line.substring(from))).toString());
    }
}
