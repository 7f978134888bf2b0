package dev.bowline;

/**
 * Where a client stands just now.
 *
 * <pre>{@code
 * if (client.state() == ClientState.WAITING) {
 *     System.out.println("the server is away; what is sent waits for it");
 * }
 * }</pre>
 */
public enum ClientState {
    /** An attempt is under way. */
    CONNECTING,
    /** A connection is open; its protocol has not called {@code ready()} yet. */
    CONNECTED,
    /** Queued messages flow. */
    READY,
    /** The last attempt failed or its connection was lost; the next one waits for its time. */
    WAITING,
    /** It has ended as it was asked to. */
    ENDED,
    /** It has ended otherwise. */
    FAILED
}
