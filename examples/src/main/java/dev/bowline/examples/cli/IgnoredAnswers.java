package dev.bowline.examples.cli;

import dev.bowline.Delivery;
import dev.bowline.LossReason;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Throws away what comes back, so that a server that answers never waits for us.
 *
 * <p>At the end it half-closes and waits for the server's end for as long as the server goes on talking. An echo server
 * may be far behind with reading; if the connection were closed meanwhile, its next answer would be met with a reset,
 * and the lines that it has not read yet would be lost.
 */
final class IgnoredAnswers implements Answers {
    /** A server that is silent for so long is not waited for; its unread lines stay safe, since it answers none. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** The connection that was made last. Written on its event side. */
    private volatile @Nullable OneWay latest;

    /** Set once all lines are handed over. A connection that is lost later is not to be replaced. */
    private volatile @Nullable LineClient finishing;

    @Override
    public Delivery delivery() {
        return Delivery.written();
    }

    @Override
    public LineProtocol newProtocol() {
        return new OneWay();
    }

    @Override
    public void finish(LineClient client) throws InterruptedException, ExecutionException {
        client.flush().get();
        finishing = client;
        OneWay connected = latest;
        if (connected == null || connected.lost) {
            Shipment.end(
                    client,
                    Duration.ZERO); // a loss may have been too early to see that this is the end, and then is seen here
        } else {
            connected.endOutput();
        }
    }

    private final class OneWay extends LineProtocol {
        private volatile boolean lost;

        /** Event side. */
        private boolean heard;

        @Override
        protected void connectionMade() {
            latest = this;
            setRawMode();
            ready();
        }

        @Override
        protected void rawReceived(ByteBuffer data) {
            heard = true;
        }

        @Override
        protected void lineReceived(String line) {
            throw new AssertionError("bytes that are thrown away are no lines");
        }

        /** Everything is handed over: nothing more will be sent. From any thread. */
        private void endOutput() {
            connection().shutdownOutput();
            connection().execute(this::waitForEnd);
        }

        private void waitForEnd() {
            heard = false;
            connection().schedule(SILENCE, () -> {
                if (heard) {
                    waitForEnd();
                } else {
                    finish();
                }
            });
        }

        @Override
        public void connectionLost(LossReason reason) {
            lost = true;
            LineClient client = finishing;
            if (client != null) {
                Shipment.end(client, Duration.ZERO);
            }
        }
    }
}
