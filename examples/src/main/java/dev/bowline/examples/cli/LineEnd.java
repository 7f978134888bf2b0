package dev.bowline.examples.cli;

import static java.util.stream.Collectors.joining;

import dev.bowline.line.LineFormat;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --delimiter} can be. */
enum LineEnd {
    CRLF,
    LF,
    NUL,
    LENIENT;

    LineFormat format() {
        return switch (this) {
            case CRLF -> LineFormat.crlf();
            case LF -> LineFormat.lf();
            case NUL -> LineFormat.nul();
            case LENIENT -> LineFormat.lenient();
        };
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #toString} writes. */
    static final class Converter implements ITypeConverter<LineEnd> {
        @Override
        public LineEnd convert(String text) {
            return Arrays.stream(values())
                    .filter(end -> end.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                            + Arrays.stream(values()).map(LineEnd::toString).collect(joining(", "))));
        }
    }
}
