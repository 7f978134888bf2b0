package dev.bowline.testkit.contract.subject;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** A small client of TLS without a socket. Its callbacks come one at a time; the fields are looked at after the end. */
final class TlsProtocol implements Protocol {
    private final SSLEngine engine;
    private final ByteBuffer ciphertext = ByteBuffer.allocate(1 << 20).limit(0);
    private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
    final List<Integer> chunks = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final CountDownLatch over = new CountDownLatch(1);

    /** How many bytes are still sent back as they come. */
    private int toEcho;

    private Connection connection;

    TlsProtocol(SSLEngine engine, int toEcho) {
        this.engine = engine;
        this.toEcho = toEcho;
    }

    String text() {
        return plaintext.toString(UTF_8);
    }

    @Override
    public void connectionMade(Connection made) throws Exception {
        connection = made;
        engine.beginHandshake();
        turn(ByteBuffer.allocate(0));
    }

    @Override
    public void dataReceived(ByteBuffer data) throws Exception {
        chunks.add(data.remaining());
        ciphertext.compact().put(data).flip();
        try {
            open();
        } catch (SSLException e) {
            log.add(e.getMessage());
            connection.abort();
        }
    }

    private void open() throws Exception {
        ByteBuffer room = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        Status status;
        do {
            status = engine.unwrap(ciphertext, room.clear()).getStatus();
            plaintext.write(room.array(), 0, room.position());
            turn(echo(room.flip()));
        } while (status == Status.OK);
        if (status == Status.CLOSED) {
            log.add("close_notify");
        }
    }

    private ByteBuffer echo(ByteBuffer received) {
        int count = Math.min(toEcho, received.remaining());
        toEcho -= count;
        return received.limit(count);
    }

    /** Ends TLS, and after it the connection. */
    void close() {
        connection.execute(() -> {
            engine.closeOutbound();
            try {
                turn(ByteBuffer.allocate(0));
            } catch (Exception e) {
                log.add(e.toString());
            }
            connection.close();
        });
    }

    /** Does what the engine asks for, and sends this. */
    private void turn(ByteBuffer data) throws Exception {
        ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else if (status == HandshakeStatus.NEED_WRAP || data.hasRemaining()) {
                SSLEngineResult result = engine.wrap(data, packet.clear());
                connection.write(packet.flip());
                if (result.getStatus() == Status.CLOSED) {
                    return;
                }
            } else {
                return;
            }
        }
    }

    @Override
    public void inputEnded(Connection made) {
        log.add("FIN");
        made.close();
    }

    @Override
    public void connectionLost(LossReason reason) {
        log.add(reason.getClass().getSimpleName());
        over.countDown();
    }
}
