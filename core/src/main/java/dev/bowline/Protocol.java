package dev.bowline;

import java.nio.ByteBuffer;

/**
 * What one connection does. A new instance serves each connection, so its fields are about that connection alone.
 *
 * <p>Bowline calls the methods one at a time, each seeing what the one before did (rule A4): first {@link
 * #connectionMade}, last {@link #connectionLost}, each once. They run on a thread of the transport and must not block.
 * An exception out of any of them is logged, aborts the connection and becomes its {@link LossReason} (rule A5).
 *
 * <p>Most protocols speak in lines or frames and extend {@link dev.bowline.line.LineProtocol} or {@link
 * dev.bowline.framing.FramedProtocol}; this interface is for those that want the bare bytes:
 *
 * <pre>{@code
 * class Discard implements Protocol {
 *     private long bytes;
 *
 *     @Override public void connectionMade(Connection connection) {}
 *     @Override public void dataReceived(ByteBuffer data) { bytes += data.remaining(); }
 *     @Override public void connectionLost(LossReason reason) { System.out.println(bytes + " bytes, " + reason); }
 * }
 * }</pre>
 */
public interface Protocol {
    /**
     * The connection is open; what is written here goes first (rule F1).
     *
     * @param connection to write to, until it is lost
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    void connectionMade(Connection connection) throws Exception;

    /**
     * Bytes arrived, in order, however the network cut them.
     *
     * @param data at least one byte and at most 64 KiB; array-backed, valid during the call only. Where the call pauses
     *     reading, what it leaves between position and limit is kept and comes first when reading resumes (rule C2);
     *     otherwise what it leaves is gone.
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    void dataReceived(ByteBuffer data) throws Exception;

    /**
     * The peer sends no more: it half-closed. By default the connection is closed, after all that was written has been
     * sent (rule B5); a protocol that goes on talking overrides this and closes later. Queued messages wait for the
     * next connection either way.
     *
     * @param connection which can still be written to
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    default void inputEnded(Connection connection) throws Exception {
        connection.close();
    }

    /**
     * The peer stopped to keep up with what is written here, or caught up ({@link Connection#isWritable}). Told once for
     * each change, until the connection closes.
     *
     * @param connection whose output it is
     * @param writable what {@link Connection#isWritable} says now
     * @throws Exception whatever goes wrong; it aborts the connection, and is its {@link LossReason} (rule A5)
     */
    default void writabilityChanged(Connection connection, boolean writable) throws Exception {}

    /**
     * The connection is over; nothing follows.
     *
     * @param reason the first thing that happened to it
     * @throws Exception whatever goes wrong; it is logged, and changes nothing
     */
    void connectionLost(LossReason reason) throws Exception;
}
