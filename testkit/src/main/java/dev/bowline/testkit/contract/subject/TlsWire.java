package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * TLS over another wire, with the same manners: reading and writing block, and what ends one direction leaves the other.
 * Over sockets and in memory it is the same, for it consists of an {@link SSLEngine} between blocking streams.
 *
 * <pre>{@code
 * void answer(Network.Wire accepted) throws IOException {
 *     SSLContext certificate = TestCertificates.serverContext(TestCertificates.Server.EC);
 *     TlsWire wire = TlsWire.server(accepted, certificate, new SSLParameters()).handshake();
 *     wire.cut(1).output().write("byte by byte\r\n".getBytes(UTF_8));
 *     wire.closeNotify();
 * }
 * }</pre>
 *
 * <ul>
 *   <li>The handshake is done by whoever first reads, writes or ends the output, or by {@link #handshake}. Nothing is done
 *       before that, so there is time for {@link #cut} and {@link #hold}.
 *   <li>{@link #input} ends with the other side's close_notify. An end beneath without it is a {@link TruncatedException}; a
 *       reset is a {@link java.net.SocketException}, as on any wire; and what TLS objects to is an
 *       {@link javax.net.ssl.SSLException}, after the alert that says so was sent.
 *   <li>After {@link #shutdownOutput} reading goes on, in TLS 1.2, too, until the other side has answered.
 * </ul>
 *
 * <p>Beyond that it can misbehave on purpose: hold records back and send them in one piece, cut them into small ones, ask for
 * new keys, send an alert, or something that is no TLS. What has nothing to do with TLS is done {@link #beneath}: FIN
 * without close_notify is {@code beneath().shutdownOutput()}.
 *
 * <p>All methods may be called from any thread, and one may read while another writes. There are two locks, one around each
 * direction with its half of the engine, which {@link SSLEngine} lets work at the same time. The handshake takes both. A
 * read that brings something to be answered, new keys say, takes the other as well, and so waits for a write under way. Whoever
 * takes both takes the reader's first; a writer never takes the reader's.
 */
public final class TlsWire implements Network.Wire {
    private final Network.Wire beneath;
    private final SSLEngine engine;
    private final RecordWriter writer;
    private final RecordReader reader;
    private final InputStream input;
    private final OutputStream output;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TlsWire(Network.Wire beneath, SSLEngine engine) {
        this.beneath = beneath;
        this.engine = engine;
        this.writer = new RecordWriter(engine, beneath.output());
        this.reader = new RecordReader(engine, beneath.input(), writer);
        this.input = new TlsInput(this, reader);
        this.output = new TlsOutput(this, writer);
    }

    /**
     * A server's end of TLS over a wire on which there may have been something in the clear before; nobody else uses it any
     * more.
     *
     * @param beneath used by nobody else from now on
     * @param context whose certificate it shows
     * @param parameters see {@link Network#secured}
     * @return whose handshake is not done yet
     */
    public static TlsWire server(Network.Wire beneath, SSLContext context, SSLParameters parameters) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters);
        return over(beneath, engine);
    }

    /**
     * The same with an engine that is fresh, and whose mode and parameters are set: that of a client is one, too.
     *
     * @param beneath used by nobody else from now on
     * @param engine all set, its handshake not begun
     * @return whose handshake is not done yet
     */
    public static TlsWire over(Network.Wire beneath, SSLEngine engine) {
        return new TlsWire(beneath, engine);
    }

    /**
     * Does the handshake, if nobody has.
     *
     * @return this wire
     * @throws IOException if it fails
     */
    public TlsWire handshake() throws IOException {
        reader.handshake();
        return this;
    }

    /** {@return what was negotiated; in the course of the handshake not much yet} */
    public SSLSession session() {
        return engine.getSession();
    }

    /** {@return the application protocol that was agreed on by ALPN; empty if none was} */
    public String applicationProtocol() {
        return engine.getApplicationProtocol();
    }

    /** {@return what TLS goes over} Whoever writes there by hand is heard outside of TLS. */
    public Network.Wire beneath() {
        return beneath;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    // ---- endings ----

    /** Sends close_notify after all that was written, then FIN; reading goes on. */
    @Override
    public void shutdownOutput() throws IOException {
        closeNotify();
        beneath.shutdownOutput();
    }

    /**
     * Sends close_notify after all that was written, and no FIN; reading goes on. Called again, it does nothing.
     *
     * @throws IOException if the wire beneath is broken
     */
    public void closeNotify() throws IOException {
        handshake();
        writer.closeNotify();
    }

    /** Resets what is beneath: no close_notify, no alert. */
    @Override
    public void reset() throws IOException {
        closed.set(true);
        beneath.reset();
    }

    /**
     * Closes both directions: close_notify and FIN after all that was written, but RST if data was left unread, or if more
     * comes later, until the other side has ended, too. A thread of its own waits for that: the other side's close_notify is
     * no data, and a socket closed for good would answer it with RST. It waits for no one else: not for who doesn't read,
     * longer than a second, and not for another thread's read, which fails. Before the handshake it is the close of what is
     * beneath.
     */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true) || !reader.isShaken()) {
            beneath.close();
        } else if (reader.hasUnread()) {
            beneath.reset();
        } else {
            Closing.begin(beneath, writer, reader);
        }
    }

    @Override
    public SocketAddress localAddress() {
        return beneath.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return beneath.remoteAddress();
    }

    // ---- what a test wants to see done ----

    /**
     * From now on, no write beneath has more bytes than so many; 0 for as many as there are.
     *
     * @param bytes 1 or more
     * @return this wire
     */
    public TlsWire cut(int bytes) {
        writer.cut(bytes);
        return this;
    }

    /**
     * From now on nothing leaves: what is written, alerts and close_notify included, gathers for {@link #release}. A handshake
     * that is held waits until another thread releases it; what is held when the wire closes is lost.
     *
     * @return this wire
     */
    public TlsWire hold() {
        writer.hold();
        return this;
    }

    /**
     * Sends all that gathered, in one write beneath (if nobody has it {@linkplain #cut cut}), and holds nothing any more.
     *
     * @throws IOException if the wire beneath is broken
     */
    public void release() throws IOException {
        writer.release();
    }

    /**
     * Sends bytes as they are, in their turn: held and cut like the records that they stand among.
     *
     * @param bytes no TLS, as a rule
     * @throws IOException if the wire beneath is broken
     */
    public void writeBeneath(byte[] bytes) throws IOException {
        writer.writeRaw(bytes);
    }

    /**
     * Sends a KeyUpdate that asks for one in return, and uses new keys from there on.
     *
     * @throws IllegalStateException with TLS 1.2, which has no such thing
     * @throws IOException if the wire beneath is broken
     */
    public void updateKeys() throws IOException {
        handshake();
        writer.updateKeys();
    }

    /**
     * Sends the fatal alert bad_record_mac, as if a record had come damaged; nothing can be read or written afterwards.
     *
     * @throws IOException if the wire beneath is broken
     */
    public void fail() throws IOException {
        handshake();
        reader.damage();
    }

    @Override
    public String toString() {
        return "TLS over " + beneath;
    }
}
