package dev.bowline;

import java.time.Duration;

/**
 * One endpoint being connected or connected, for one factory. All methods may be called from any thread.
 *
 * <pre>{@code
 * try (Transport transport = Transport.open()) {
 *     Connector connector = transport.connect(endpoint, factory, ConnectOptions.DEFAULT);
 *     connector.disconnect();                      // gives up the attempt, or closes in good order
 * }
 * }</pre>
 */
public interface Connector {
    /** {@return where it connects to} */
    Endpoint endpoint();

    /**
     * Asks for another attempt, once the delay has passed. Only inside {@link ClientFactory#connectFailed} or {@link
     * ClientFactory#connectionLost} of this connector; if neither asks, the connector is done.
     *
     * @param delay zero or more
     * @throws IllegalStateException anywhere else
     */
    void reconnect(Duration delay);

    /**
     * Ends what is under way, for good: cancels the attempt or the waiting for it, or closes the connection in good
     * order ({@link Connection#close}).
     */
    void disconnect();

    /** The same at once: an open connection is aborted ({@link Connection#abort}). */
    void abort();
}
