package dev.bowline.spi;

/**
 * What an engine is told once, when it starts.
 *
 * @param threads how many event threads an engine with a fixed number of them runs, at least 1; an engine with threads
 *     per connection takes no notice
 */
public record EngineOptions(int threads) {
    /** One event thread: it serves thousands of connections, and a client seldom has more. */
    public static final EngineOptions DEFAULT = new EngineOptions(1);

    public EngineOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("an engine needs at least 1 thread, not " + threads);
        }
    }
}
