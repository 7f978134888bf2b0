package dev.bowline;

import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Protocol} for every connection and outlives them all: what is to survive a connection lives here. It
 * also hears how attempts and connections end.
 *
 * <pre>{@code
 * class Staying implements ClientFactory {
 *     @Override public Protocol buildProtocol(Endpoint remote) { return new Hello(); }
 *
 *     @Override public void connectFailed(Connector connector, ConnectFailure failure) {
 *         System.err.println(failure.describe());
 *         connector.reconnect(Duration.ofSeconds(5));
 *     }
 *
 *     @Override public void connectionLost(Connector connector, LossReport report) {
 *         System.err.println(report.reason().describe());
 *         connector.reconnect(Duration.ofSeconds(1));
 *     }
 * }
 * }</pre>
 *
 * <p>For one connector the calls come one at a time, on threads of the transport; {@link #started} runs inside {@link
 * Transport#connect}. All are callbacks: in none of them anything waits. A factory used by several connectors at once is
 * called by each on its own.
 *
 * <pre>
 *   started  ( connecting ( [buildProtocol] connectFailed | buildProtocol connectionLost ) )*  stopped
 * </pre>
 */
public interface ClientFactory {
    /**
     * Makes the protocol for a connection that is now open. An exception, or null, refuses it: the connection is
     * dropped and {@link #connectFailed} told (rule A2).
     *
     * @param remote the endpoint, as it was given to {@link Transport#connect}
     * @return a protocol for this connection alone; null to refuse it
     * @throws Exception to refuse the connection; it is logged, and is the cause of a {@link
     *     ConnectFailure.FactoryFailed}
     */
    @Nullable
    Protocol buildProtocol(Endpoint remote) throws Exception;

    /** Once, before the first attempt over all this factory's connectors (rule A1). */
    default void started() {}

    /** Once, when nothing will be attempted any more (rule A1); used again after that, the factory starts again. */
    default void stopped() {}

    /**
     * An attempt begins.
     *
     * @param connector whose attempt it is
     */
    default void connecting(Connector connector) {}

    /**
     * An attempt failed: no protocol heard of it. {@link Connector#reconnect} asks for another.
     *
     * @param connector whose attempt it was
     * @param failure what happened, and where
     */
    default void connectFailed(Connector connector, ConnectFailure failure) {}

    /**
     * A connection is over, after its protocol was told (rule A3). {@link Connector#reconnect} asks for another
     * attempt.
     *
     * @param connector whose connection it was
     * @param report why it ended, and what is known of queued messages
     */
    default void connectionLost(Connector connector, LossReport report) {}
}
