package dev.bowline;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a client, for its {@link ClientObserver} (rule F7):
 *
 * <pre>{@code
 * void happened(ClientEvent event) {
 *     if (event instanceof ClientEvent.Lost lost) {
 *         System.err.println(lost.report().reason().describe());
 *     } else if (event instanceof ClientEvent.Waiting waiting) {
 *         System.err.println("attempt " + waiting.attempt() + " in " + waiting.delay());
 *     }
 * }
 * }</pre>
 *
 * <pre>
 *   connecting ( connected ready? delivered* lost )? ( waiting connecting ( … )? )*  failed?     dropped at any time
 * </pre>
 */
public sealed interface ClientEvent {
    /**
     * An attempt begins.
     *
     * @param attempt its number since the beginning, or since the last good connection ({@link Reconnect}); from 1
     */
    record Connecting(int attempt) implements ClientEvent {}

    /**
     * A connection is open, and its protocol about to hear of it.
     *
     * @param connection what it is told of; its addresses can be asked
     */
    record Connected(Connection connection) implements ClientEvent {}

    /** The protocol called {@code ready()} for the first time on this connection: queued messages flow. */
    record Ready() implements ClientEvent {}

    /**
     * The connection is over, and the protocol was told.
     *
     * @param report why, and what is known of queued messages
     */
    record Lost(LossReport report) implements ClientEvent {}

    /**
     * Another attempt follows.
     *
     * @param delay after this time
     * @param attempt its number, as {@link Connecting} will say it
     * @param failure why the attempt before failed; null if that was a connection, of which {@link Lost} told
     */
    record Waiting(Duration delay, int attempt, @Nullable ConnectFailure failure) implements ClientEvent {}

    /**
     * A message left the client undelivered: a full queue dropped it (rule E3), or a lost connection left it uncertain and
     * it is not sent again (rule F3).
     *
     * @param message what would have gone, or went, onto the wire; read-only, the observer's to keep
     * @param uncertain whether it was handed over at least once, so that it may have arrived
     */
    record Dropped(ByteBuffer message, boolean uncertain) implements ClientEvent {
        /** {@return a view of its own for whoever asks} */
        @Override
        public ByteBuffer message() {
            return message.duplicate();
        }
    }

    /**
     * Messages were delivered.
     *
     * @param count how many: a batch that was written, or what one {@code confirm} answered for
     */
    record Delivered(long count) implements ClientEvent {}

    /**
     * The client has ended without having done what it was asked to; what {@code await} throws.
     *
     * @param failure why
     */
    record Failed(ClientFailedException failure) implements ClientEvent {}
}
