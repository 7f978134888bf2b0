package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** A client's engine and a server's, talking to each other in memory. */
final class EnginePair {
    private static final int ROOM = 256 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ClientEngine client;
    private final End clientEnd;
    private final End serverEnd;

    EnginePair(ClientEngine client, SSLEngine server) {
        this.client = client;
        this.clientEnd = new End(client.engine());
        this.serverEnd = new End(server);
    }

    /** Shakes hands, then has the server say something; returns what went wrong at the client, if anything did. */
    Optional<TlsException> talk() {
        ByteBuffer word = ByteBuffer.wrap(new byte[] {42});
        boolean moved = true;
        while (moved) {
            moved = clientEnd.step(NOTHING, serverEnd)
                    || serverEnd.step(serverEnd.isOpen() ? word : NOTHING, clientEnd);
        }
        return Optional.ofNullable(clientEnd.failure).map(client::explain);
    }

    SSLEngine client() {
        return clientEnd.engine;
    }

    SSLEngine server() {
        return serverEnd.engine;
    }

    Throwable serverFailure() {
        return serverEnd.failure;
    }

    /** How much the client was told; at least a byte if all went well. */
    int heard() {
        return clientEnd.plain.position();
    }

    private static final class End {
        private final SSLEngine engine;
        private final ByteBuffer arrived = ByteBuffer.allocate(ROOM);
        private final ByteBuffer plain = ByteBuffer.allocate(ROOM);
        private Throwable failure;
        private boolean begun;

        End(SSLEngine engine) {
            this.engine = engine;
        }

        boolean isOpen() {
            return begun
                    && failure == null
                    && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                    && !engine.isOutboundDone();
        }

        /** Returns whether it got anywhere. */
        boolean step(ByteBuffer word, End other) {
            int before = other.arrived.position() + word.position();
            try {
                boolean moved = failure == null && work(word, other);
                return moved || other.arrived.position() + word.position() != before;
            } catch (Exception thrown) {
                failure = thrown;
                sayWhy(other);
                return true;
            }
        }

        private boolean work(ByteBuffer word, End other) throws Exception {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
                return true;
            }
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP || word.hasRemaining()) {
                engine.wrap(word, other.arrived);
            }
            arrived.flip();
            int consumed = arrived.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP
                    ? engine.unwrap(arrived, plain).bytesConsumed()
                    : 0;
            arrived.compact();
            return consumed > 0 || engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
        }

        /** The alert, if there is one. */
        private void sayWhy(End other) {
            try {
                engine.wrap(NOTHING, other.arrived);
            } catch (Exception thrownAgain) {
                // That is how some JDK versions put it.
            }
        }
    }
}
