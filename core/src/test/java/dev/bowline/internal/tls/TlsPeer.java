package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** The server's end of TLS, without a network: a test carries the bytes, and may cut them up on the way. */
final class TlsPeer {
    private static final int LARGEST_RECORD = 17 * 1024;

    private final SSLEngine engine;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Queue<ByteBuffer> words = new ArrayDeque<>();
    private ByteBuffer rest = ByteBuffer.allocate(0);

    TlsPeer(SSLEngine engine) {
        this.engine = engine;
        engine.setUseClientMode(false);
    }

    /** Hears bytes of the network, and answers what TLS wants answered. */
    void hear(byte[] records) throws SSLException {
        rest = ByteBuffer.allocate(rest.remaining() + records.length)
                .put(rest)
                .put(records)
                .flip();
        boolean moved = true;
        while (moved) {
            moved = work();
        }
    }

    private boolean work() throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            return true;
        }
        boolean shaking = status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.NEED_WRAP;
        if (status == HandshakeStatus.NEED_WRAP || (!shaking && !words.isEmpty())) {
            return speak();
        }
        if (!rest.hasRemaining() || engine.isInboundDone()) {
            return false;
        }
        ByteBuffer plain = ByteBuffer.allocate(LARGEST_RECORD);
        SSLEngineResult result = engine.unwrap(rest, plain);
        heard.write(plain.array(), 0, plain.position());
        return result.getStatus() != Status.BUFFER_UNDERFLOW;
    }

    private boolean speak() throws SSLException {
        ByteBuffer word = words.isEmpty() ? ByteBuffer.allocate(0) : words.peek();
        ByteBuffer record = ByteBuffer.allocate(LARGEST_RECORD);
        SSLEngineResult result = engine.wrap(word, record);
        said.write(record.array(), 0, record.position());
        if (!words.isEmpty() && !word.hasRemaining()) {
            words.remove();
        }
        return result.bytesProduced() > 0;
    }

    /** Says this, in records of its own. */
    TlsPeer say(String text) throws SSLException {
        words.add(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
        hear(new byte[0]);
        return this;
    }

    /** Says close_notify. */
    TlsPeer endOutput() throws SSLException {
        engine.closeOutbound();
        hear(new byte[0]);
        return this;
    }

    /** Begins another handshake: since TLS 1.3 that is an update of its keys, which wants one in return. */
    TlsPeer shakeAgain() throws SSLException {
        engine.beginHandshake();
        hear(new byte[0]);
        return this;
    }

    /** What it said since this was called last, as it goes onto the network. */
    byte[] take() {
        byte[] taken = said.toByteArray();
        said.reset();
        return taken;
    }

    /** What it heard, decrypted. */
    String heard() {
        return heard.toString(ISO_8859_1);
    }

    /** Whether it heard close_notify. */
    boolean heardTheEnd() {
        return engine.isInboundDone();
    }

    SSLEngine engine() {
        return engine;
    }
}
