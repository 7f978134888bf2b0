package dev.bowline.spi;

/**
 * How a transport artifact makes itself known: found by {@link java.util.ServiceLoader}, on the class path (through
 * {@code META-INF/services}) and on the module path (through {@code provides … with}).
 *
 * <pre>{@code
 * public final class MyEngineProvider implements EngineProvider {
 *     @Override public String name() { return "mine"; }
 *
 *     @Override public int priority() { return 15; }
 *
 *     @Override public Engine create(EngineOptions options) { return new MyEngine(options.threads()); }
 * }
 * }</pre>
 *
 * <p>A provider must be cheap to load: classes of a library that may be missing are touched in {@link #isAvailable} or
 * {@link #create} at the earliest. A provider that cannot be loaded is logged and left out; the others still work.
 */
public interface EngineProvider {
    /**
     * {@return the transport's short name in lower case, {@code nio} for one: what {@code Transport.open(name)}
     * takes}
     */
    String name();

    /**
     * {@return which of several to take when none is named: the highest wins} Bowline's own are netty 30, nio 20,
     * blocking 10.
     */
    int priority();

    /** {@return whether it can work on this JVM; one that can't is listed but never picked} */
    default boolean isAvailable() {
        return true;
    }

    /**
     * Starts an engine, with threads of its own or none until the first link opens.
     *
     * @param options as the user of the transport wants it
     * @return running
     * @throws RuntimeException if it can't be started; the message says why
     */
    Engine create(EngineOptions options);
}
