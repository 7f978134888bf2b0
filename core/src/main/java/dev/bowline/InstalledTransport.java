package dev.bowline;

import java.util.Optional;

/**
 * A transport that was found on the class path or module path.
 *
 * <pre>{@code
 * for (InstalledTransport each : Transport.installed()) {
 *     System.out.println(each.name() + each.problem().map(why -> " can't be used: " + why).orElse(""));
 * }
 * }</pre>
 *
 * @param name what {@link Transport#open(String)} takes; the provider's class name if it could not even be loaded
 * @param priority the highest usable one is taken when none is named
 * @param problem why it can't be used, if it can't
 */
public record InstalledTransport(String name, int priority, Optional<String> problem) {
    /** {@return whether it can be opened} */
    public boolean isUsable() {
        return problem.isEmpty();
    }
}
