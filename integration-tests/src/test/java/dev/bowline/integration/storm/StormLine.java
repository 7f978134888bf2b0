package dev.bowline.integration.storm;

import java.util.Locale;
import java.util.Optional;

/**
 * A line that tells who sent it, and what should have come before it: {@code <client> <thread> <number> <filler>}. The filler
 * follows from the rest, so a line that was damaged, cut or glued to another is told from one that was sent.
 *
 * @param mode of which client; there is one of each
 * @param thread which of its threads, from 0
 * @param number which of the thread's lines, from 0; {@link #GREETING} for what a protocol says first
 */
record StormLine(Mode mode, int thread, int number) {
    /** The two ways in which lines are delivered (rule F3). */
    enum Mode {
        CONFIRMED,
        WRITTEN;

        /** As it stands in lines. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final int GREETING = -1;

    /** Most lines are short; one in so many has up to {@link #LONGEST} bytes of filler. */
    private static final int LONG_ONES = 64;

    private static final int LONGEST = 2_000;
    private static final String FILLERS;

    static {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 2 * LONGEST; i++) {
            text.append((char) ('!' + Math.floorMod(i * 31 + i / 94, 94)));
        }
        FILLERS = text.toString();
    }

    /** What a protocol says before any line of its client. */
    static StormLine greeting(Mode mode) {
        return new StormLine(mode, 0, GREETING);
    }

    boolean isGreeting() {
        return number == GREETING;
    }

    /** As it is sent, without its CRLF. */
    String text() {
        String head = mode.word() + " " + thread + " " + number + " ";
        int hash = (head.hashCode() * 0x9E3779B1) >>> 8;
        int length = hash % LONG_ONES == 0 ? hash % LONGEST : hash % 60;
        int from = hash % LONGEST;
        return head + FILLERS.substring(from, from + length);
    }

    /** The line that reads so; empty if none does. */
    static Optional<StormLine> parse(String text) {
        String[] words = text.split(" ", 4);
        try {
            StormLine line = new StormLine(
                    Mode.valueOf(words[0].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]));
            return Optional.of(line).filter(sent -> sent.text().equals(text));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException nobodySentIt) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "line " + number + " of thread " + thread;
    }
}
