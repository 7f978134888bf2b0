package dev.bowline.examples.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Buffer;
import org.jline.reader.LineReader;
import org.jline.reader.Widget;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * Keeps pastes of several lines out of the line being edited. In there stands a token, {@code [paste 1: 10000 lines]},
 * that can be moved, deleted and sent like any text; an editor for a line can't show ten thousand, and would take minutes
 * to try. Used by the reading thread only.
 */
final class Pastes {
    private static final Pattern TOKEN = Pattern.compile("\\[paste [0-9]+: [0-9]+ lines]");

    private final Map<String, String> held = new HashMap<>();
    private int number;

    /** Has a reader call this for what is pasted; terminals say so where they can (bracketed paste). */
    void watch(LineReader reader) {
        Widget insert = Objects.requireNonNull(reader.getWidgets().get(LineReader.BEGIN_PASTE));
        reader.getWidgets().put(LineReader.BEGIN_PASTE, () -> {
            int begin = reader.getBuffer().cursor();
            boolean inserted = insert.apply();
            hold(reader.getBuffer(), begin);
            return inserted;
        });
    }

    /** Puts a token in the place of what was inserted between there and the cursor, if that has several lines. */
    void hold(Buffer buffer, int begin) {
        int end = buffer.cursor();
        String text = buffer.substring(begin, end);
        if (text.indexOf('\n') < 0) {
            return;
        }
        long lines = text.lines().count();
        buffer.cursor(begin);
        buffer.delete(end - begin);
        if (lines > 1) {
            String token = "[paste " + ++number + ": " + lines + " lines]";
            held.put(token, text);
            buffer.write(token);
        } else {
            buffer.write(text.replace("\n", "")); // a line and its end: to press Enter is for the user
        }
    }

    /** What was entered, with pastes in the place of their tokens; these are forgotten. */
    String expand(String entered) {
        String text = TOKEN.matcher(entered)
                .replaceAll(token -> Matcher.quoteReplacement(held.getOrDefault(token.group(), token.group())));
        held.clear();
        return text;
    }

    /** A history without pastes: what a token stands for is forgotten when it is sent. */
    final class History extends DefaultHistory {
        @Override
        public void add(Instant time, String line) {
            if (held.keySet().stream().noneMatch(line::contains)) {
                super.add(time, line);
            }
        }
    }
}
