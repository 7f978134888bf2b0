package dev.bowline.benchmarks.contender;

import java.io.IOException;

/** A way to speak lines over TCP. What its connections share, threads say, begins with it and ends with {@link #close}. */
public interface Contender extends AutoCloseable {
    /**
     * Connects.
     *
     * @return when lines may be sent
     * @throws UnsupportedOperationException if it can't do this
     */
    Session connect(Remote remote, Purpose purpose, LineListener listener) throws Exception;

    /** Connects, where all that will follow is waiting for lines; else as {@link #connect}. */
    default Session connectIdle(Remote remote, LineListener listener) throws Exception {
        return connect(remote, Purpose.STRINGS, listener);
    }

    /**
     * Connects, and connects again whenever the connection is lost, as its documentation says one should. Returns at once.
     *
     * @param ready run at each connection, when lines may be sent
     * @param lost run at the end of each connection that was ready
     * @throws UnsupportedOperationException if its documentation says nothing of that
     */
    default void stayConnected(Remote remote, Runnable ready, Runnable lost) throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " does not reconnect");
    }

    @Override
    default void close() throws IOException {}
}
