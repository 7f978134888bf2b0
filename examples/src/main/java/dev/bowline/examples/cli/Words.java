package dev.bowline.examples.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of an enum's constants as people write it, {@code drop-oldest}, and lists them for shells that complete. */
class Words<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
    private final Class<E> type;

    Words(Class<E> type) {
        this.type = type;
    }

    /** As it is written on the command line. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public final Iterator<String> iterator() {
        return Arrays.stream(type.getEnumConstants()).map(Words::word).iterator();
    }

    @Override
    public final E convert(String text) {
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + String.join(", ", this)));
    }
}
