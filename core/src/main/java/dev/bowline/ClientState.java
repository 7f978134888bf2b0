package dev.bowline;

/** Where a client stands just now. */
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
