package dev.bowline.examples.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them, in every locale alike: {@code 30}, {@code 2.5}. */
final class Seconds implements ITypeConverter<Duration> {
    /** Long enough for anything that ends, and short enough for any clock that counts nanoseconds. */
    static final Duration FOREVER = Duration.ofDays(36_500);

    @Override
    public Duration convert(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new TypeConversionException("'" + text + "' is not a number of seconds such as 30 or 2.5");
        }
        return Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValueExact());
    }

    /** {@code 30}, {@code 2.5}. */
    static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    /** To the millisecond: {@code 0.125}. */
    static String exact(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", toDouble(duration));
    }

    static double toDouble(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
