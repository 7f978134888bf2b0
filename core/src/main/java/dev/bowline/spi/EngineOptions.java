package dev.bowline.spi;

/**
 * What an engine is told once, when it starts.
 *
 * <pre>{@code
 * try (Engine engine = provider.create(new EngineOptions(4))) {
 *     engine.open(new InetSocketAddress("127.0.0.1", 8001), LinkOptions.named("127.0.0.1:8001"), handler);
 * }
 * }</pre>
 *
 * @param threads how many event threads an engine with a fixed number of them runs, at least 1; an engine with threads
 *     per connection takes no notice
 */
public record EngineOptions(int threads) {
    /** One event thread: it serves thousands of connections, and a client seldom has more. */
    public static final EngineOptions DEFAULT = new EngineOptions(1);

    /**
     * Checks the number.
     *
     * @param threads {@link #threads}
     * @throws IllegalArgumentException if it is less than 1
     */
    public EngineOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("an engine needs at least 1 thread, not " + threads);
        }
    }
}
