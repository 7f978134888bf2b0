package dev.bowline.integration.stress;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lines that tell loss, repetition, disorder and damage: {@code <connection> <writer> <number> <filler>}, numbered from 0
 * for each writer, with a filler that follows from the rest. An instance checks those of one connection: each writer's must
 * come in order, from the first on.
 */
final class NumberedLines {
    private static final int FILLER = 4_000;
    private static final String FILLERS;

    static {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 2 * FILLER; i++) {
            text.append((char) ('!' + Math.floorMod(i * 31 + i / 94, 94)));
        }
        FILLERS = text.toString();
    }

    /** Whose lines they are; null until the first. */
    private @Nullable String connection;

    /** By writer. */
    private final Map<String, Long> next = new HashMap<>();

    /** A line, without its CRLF: most are short, a few long. */
    static String line(String connection, String writer, long number) {
        String head = connection + " " + writer + " " + number + " ";
        int hash = head.hashCode() * 0x9E3779B1;
        int length = (hash & 31) == 0 ? (hash >>> 8) % FILLER : (hash >>> 8) % 60;
        int from = (hash >>> 12) % FILLER;
        return head + FILLERS.substring(from, from + length);
    }

    /** Checks the next line; returns what is wrong with it. */
    Optional<String> problemOf(String line) {
        String[] words = line.split(" ", 4);
        if (words.length < 4) {
            return Optional.of("a line that nobody wrote: '" + line + "'");
        }
        if (connection == null) {
            connection = words[0];
        } else if (!connection.equals(words[0])) {
            return Optional.of("a line of connection " + words[0] + " on connection " + connection);
        }
        long expected = next.getOrDefault(words[1], 0L);
        if (!line.equals(line(words[0], words[1], expected))) {
            return Optional.of("line " + expected + " of writer " + words[1] + " should come, not '" + line + "'");
        }
        next.put(words[1], expected + 1);
        return Optional.empty();
    }

    /** Whose lines came; null if none did. */
    @Nullable
    String connection() {
        return connection;
    }

    /** How many lines of a writer came. */
    long count(String writer) {
        return next.getOrDefault(writer, 0L);
    }
}
