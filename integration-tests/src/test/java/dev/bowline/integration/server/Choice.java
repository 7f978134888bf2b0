package dev.bowline.integration.server;

import dev.bowline.integration.server.ReferenceServer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server, and why it is not of a form that would have been preferred.
 *
 * @param passedOver a sentence for each form that could not be had
 */
record Choice(ReferenceServer server, List<String> passedOver) {
    static final String PROPERTY = "reference.server";

    static Choice make() {
        return make(System.getProperty(PROPERTY));
    }

    static Choice make(@Nullable String insistedOn) {
        return insistedOn == null ? best() : exactly(insistedOn);
    }

    private static Choice exactly(String name) {
        for (Kind kind : Kind.values()) {
            if (name(kind).equals(name)) {
                try {
                    return new Choice(ReferenceServer.open(kind), List.of());
                } catch (UnavailableException e) {
                    throw new IllegalStateException(
                            "-D" + PROPERTY + "=" + name + " cannot be had here: " + e.getMessage(), e);
                }
            }
        }
        throw new IllegalStateException("-D" + PROPERTY + "=" + name + " is none of container, process and embedded.");
    }

    private static Choice best() {
        List<String> passedOver = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            try {
                return new Choice(ReferenceServer.open(kind), passedOver);
            } catch (UnavailableException e) {
                passedOver.add("No " + name(kind) + ": " + e.getMessage());
            }
        }
        throw new IllegalStateException(String.join(" ", passedOver));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return String.join(" ", server.description() + ".", String.join(" ", passedOver))
                .strip();
    }
}
