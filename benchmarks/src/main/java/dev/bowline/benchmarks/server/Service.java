package dev.bowline.benchmarks.server;

/** What the server does on a port of its own. */
public enum Service {
    /** Sends lines of 10 bytes, as fast as they go. */
    FLOOD_10(10),
    /** The same, 64 bytes each. */
    FLOOD_64(64),
    /** The same, 1,000 bytes each. */
    FLOOD_1000(1000),
    /** Reads and counts, answers nothing. */
    SINK(0),
    /** Sends lines of 64 bytes, and reads and counts at the same time. */
    BOTH(64),
    /** Sends back what comes. */
    ECHO(0),
    /** {@link #FLOOD_64} over TLS. */
    TLS_FLOOD(64),
    /** {@link #SINK} over TLS. */
    TLS_SINK(0),
    /** Lines of 64 bytes to any number of connections, from one thread, while {@link #CONTROL} says so. */
    CROWD(64),
    /** Accepts, and nothing else. */
    IDLE(0),
    /** For each byte that comes: how many bytes were read on all sinks so far, and the clock. Two bytes have a meaning. */
    CONTROL(0);

    /** Said to {@link #CONTROL}: {@link #CROWD} sends. */
    public static final byte FLOOD_CROWD = 'f';

    /** It stops. */
    public static final byte CALM_CROWD = 'c';

    private final int lineLength;

    Service(int lineLength) {
        this.lineLength = lineLength;
    }

    /** How long its lines are without their ends; 0 if it sends none of its own. */
    public int lineLength() {
        return lineLength;
    }

    /** Whether one speaks TLS with it. */
    public boolean isTls() {
        return this == TLS_FLOOD || this == TLS_SINK;
    }
}
