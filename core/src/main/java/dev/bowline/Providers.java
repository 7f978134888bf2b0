package dev.bowline;

import dev.bowline.spi.EngineProvider;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The engine providers that are present, and the choice among them. One that can't be loaded spoils no other. */
final class Providers {
    /** Names a transport for {@link Transport#open()}. */
    static final String PROPERTY = "bowline.transport";

    private static final String HOW_TO_ADD = "add one of the artifacts dev.bowline:bowline-transport-netty, "
            + "dev.bowline:bowline-transport-nio, dev.bowline:bowline-transport-blocking";

    private static final System.Logger LOG = System.getLogger("dev.bowline.transport");

    /** What the log has heard about: providers are looked for at each opening. */
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    /** A provider that loaded. */
    record Found(String name, int priority, EngineProvider provider, Optional<String> problem) {}

    /** Usable ones first, then by priority. */
    private final List<Found> found;

    /** Those that did not even load: what they are called, and why. */
    private final Map<String, String> broken;

    private Providers(List<Found> found, Map<String, String> broken) {
        this.found = found;
        this.broken = broken;
    }

    /** Looks where core itself was loaded from, then where the calling thread's classes come from. */
    static Providers find() {
        Map<Class<?>, Found> found = new LinkedHashMap<>();
        Map<String, String> broken = new LinkedHashMap<>();
        collect(ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()), found, broken);
        collect(ServiceLoader.load(EngineProvider.class), found, broken);
        List<Found> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparing((Found f) -> f.problem().isPresent())
                .thenComparing(Found::priority, Comparator.reverseOrder())
                .thenComparing(Found::name));
        return new Providers(sorted, broken);
    }

    private static void collect(
            ServiceLoader<EngineProvider> loader, Map<Class<?>, Found> found, Map<String, String> broken) {
        Iterator<ServiceLoader.Provider<EngineProvider>> each = loader.stream().iterator();
        while (true) {
            String type = "a transport provider";
            try {
                if (!each.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<EngineProvider> next = each.next();
                type = next.type().getName();
                if (!found.containsKey(next.type())) {
                    found.put(next.type(), examine(next.get()));
                }
            } catch (ServiceConfigurationError | RuntimeException | LinkageError failure) {
                if (broken.put(type, String.valueOf(failure.getMessage())) == null && TOLD.add(type)) {
                    LOG.log(Level.WARNING, type + " could not be loaded and is left out", failure);
                }
            }
        }
    }

    private static Found examine(EngineProvider provider) {
        Optional<String> problem = provider.isAvailable() ? Optional.empty() : Optional.of("not available on this JVM");
        return new Found(provider.name(), provider.priority(), provider, problem);
    }

    List<InstalledTransport> installed() {
        List<InstalledTransport> all = new ArrayList<>();
        found.forEach(f -> all.add(new InstalledTransport(f.name(), f.priority(), f.problem())));
        broken.forEach((type, why) -> all.add(new InstalledTransport(type, Integer.MIN_VALUE, Optional.of(why))));
        return List.copyOf(all);
    }

    /** The named one; without a name the one that the system property names; without that the best. */
    Found choose(@Nullable String name) {
        String property = System.getProperty(PROPERTY);
        if (name != null) {
            return named(name, "");
        }
        if (property != null && !property.isEmpty()) {
            return named(property, " (from -D" + PROPERTY + ")");
        }
        return found.stream()
                .filter(f -> f.problem().isEmpty())
                .findFirst()
                .orElseThrow(() -> nothing(Optional.empty()));
    }

    private Found named(String name, String origin) {
        List<Found> called = found.stream().filter(f -> f.name().equals(name)).toList();
        if (called.isEmpty()) {
            throw found.isEmpty()
                    ? nothing(Optional.of(name))
                    : new IllegalArgumentException("there is no transport '" + name + "'" + origin + "; present are: "
                            + found.stream().map(Found::name).collect(Collectors.joining(", ")));
        }
        Found first = called.get(0);
        if (first.problem().isPresent()) {
            throw new IllegalArgumentException("the transport '" + name + "'" + origin + " can't be used: "
                    + first.problem().get());
        }
        return first;
    }

    private RuntimeException nothing(Optional<String> wanted) {
        StringBuilder unusable = new StringBuilder();
        installed()
                .forEach(each -> each.problem()
                        .ifPresent(why -> unusable.append("; ")
                                .append(each.name())
                                .append(" can't be used: ")
                                .append(why)));
        String problem = wanted.map(name -> "there is no transport '" + name + "': ")
                        .orElse("") + "no usable transport on the class path or module path; " + HOW_TO_ADD + unusable;
        return wanted.isPresent() ? new IllegalArgumentException(problem) : new IllegalStateException(problem);
    }
}
