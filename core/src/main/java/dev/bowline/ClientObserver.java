package dev.bowline;

/**
 * Hears what happens to a client (rule F7): for logs, metrics and displays.
 *
 * <pre>{@code
 * LineClient.builder(endpoint, Hello::new)
 *         .observer(event -> {
 *             if (event instanceof ClientEvent.Waiting waiting) {
 *                 System.err.println("next attempt in " + waiting.delay());
 *             }
 *         })
 * }</pre>
 */
@FunctionalInterface
public interface ClientObserver {
    /**
     * Called where it happens, as a callback: it is short, and nothing in it waits. Events come one after the other, each
     * seeing what the one before did; only {@link ClientEvent.Dropped} comes on the thread whose {@code send} made a full
     * queue drop something, at any time and on several threads at once. What it throws is logged.
     *
     * @param event of whatever kind: look for those that matter
     */
    void happened(ClientEvent event);
}
