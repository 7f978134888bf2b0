package dev.bowline.examples.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A server's end of TLS. Reading does the handshake along the way, its computations included: while one client shakes hands
 * the others wait for some milliseconds, as in Twisted.
 */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int GATHERED = 65536;

    private final SocketChannel channel;
    private final SSLEngine engine;
    /** Records that were read, the last of them maybe not whole; ready to be filled. It holds a little more than one. */
    private final ByteBuffer received;
    /** Records to be sent; ready to be filled. */
    private ByteBuffer unsent;

    private boolean inputEnded;

    TlsWire(SocketChannel channel, SSLContext context) {
        this.channel = channel;
        engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        unsent = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
        int count = channel.read(received);
        received.flip();
        try {
            open(into);
        } catch (SSLException e) {
            sendAlert();
            throw e;
        } finally {
            received.compact();
        }
        if (count < 0 && !inputEnded) {
            throw new EOFException("the connection was cut off");
        }
    }

    /** Opens every record that is whole, and does what it asks for. */
    private void open(ByteBuffer into) throws IOException {
        while (!inputEnded) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> seal(NOTHING);
                default -> {
                    SSLEngineResult result = engine.unwrap(received, into);
                    switch (result.getStatus()) {
                        case OK -> {}
                        case BUFFER_UNDERFLOW -> {
                            return;
                        }
                        case CLOSED -> inputEnded = true;
                        case BUFFER_OVERFLOW -> throw new IllegalStateException("no room for one record: " + into);
                    }
                }
            }
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            seal(NOTHING); // before TLS 1.3 the client's end is answered at once
        }
        flush();
    }

    private void sendAlert() {
        try {
            seal(NOTHING);
            flush();
        } catch (IOException e) {
            // It has gone without, or there is none.
        }
    }

    @Override
    public boolean isInputEnded() {
        return inputEnded;
    }

    private boolean isShakingHands() {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int before = from.position();
        while (from.hasRemaining() && flush() && !isShakingHands()) {
            while (from.hasRemaining() && unsent.position() < GATHERED) {
                seal(from);
            }
        }
        flush();
        return from.position() - before;
    }

    /** Makes one record, of the engine's own if there is nothing to be sent. */
    private void seal(ByteBuffer from) throws IOException {
        if (unsent.remaining() < engine.getSession().getPacketBufferSize()) {
            unsent = ByteBuffer.allocate(2 * unsent.capacity()).put(unsent.flip());
        }
        boolean closed = engine.wrap(from, unsent).getStatus() == SSLEngineResult.Status.CLOSED;
        if (closed && from.hasRemaining()) {
            flush();
            throw new EOFException("before TLS 1.3 the client's end is the end of both directions");
        }
    }

    @Override
    public boolean flush() throws IOException {
        unsent.flip();
        try {
            channel.write(unsent);
            return !unsent.hasRemaining();
        } finally {
            unsent.compact();
        }
    }

    /** With its close_notify. */
    @Override
    public boolean announceEnd() throws IOException {
        engine.closeOutbound();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            seal(NOTHING);
        }
        return flush();
    }

    /** A handshake reads, whoever else wants to, and nothing else is written meanwhile. */
    @Override
    public int interest(int wanted) {
        boolean shakingHands = isShakingHands();
        boolean reading = (shakingHands && !inputEnded) || (wanted & SelectionKey.OP_READ) != 0;
        boolean writing = unsent.position() > 0 || (!shakingHands && (wanted & SelectionKey.OP_WRITE) != 0);
        return (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
    }

    @Override
    public boolean isProtected() {
        return true;
    }
}
