package dev.bowline.testkit.contract.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A numbered rule of Bowline's design, {@code B3} for one; a test says in its name which it is about: {@code
 * b3_closeSendsEverythingWrittenBefore}.
 *
 * @param section A life of a connection, B writing, C reading, D framing, E the queue, F the client, G TLS, H equality
 * @param number from 1
 */
public record Rule(char section, int number) implements Comparable<Rule> {
    private static final Pattern NAME = Pattern.compile("([a-h])([1-9])_[a-z].*");

    private static final Comparator<Rule> ORDER =
            Comparator.comparingInt(Rule::section).thenComparingInt(Rule::number);

    /** Those that every transport has to be held against. */
    public static final List<Rule> OF_TRANSPORTS = Stream.of(
                    all('A', 7), all('B', 8), all('C', 4), all('D', 8), all('G', 4), all('H', 1))
            .flatMap(List::stream)
            .toList();

    private static List<Rule> all(char section, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Rule(section, number))
                .toList();
    }

    /** The rule that a test's name begins with, if it begins with one. */
    public static Optional<Rule> inNameOf(String test) {
        Matcher name = NAME.matcher(test);
        return name.matches()
                ? Optional.of(
                        new Rule(name.group(1).toUpperCase(Locale.ROOT).charAt(0), Integer.parseInt(name.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Rule other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "" + section + number;
    }
}
