package dev.bowline.examples.cli;

import dev.bowline.line.LineProtocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Lets the client's messages flow and throws away what comes back, so that a server that answers never waits for us.
 *
 * <p>At the end it half-closes and waits for the server's end for as long as the server goes on talking. An echo server
 * may be far behind with reading; if the connection were closed meanwhile, its next answer would be met with a reset,
 * and the lines that it has not read yet would be lost.
 */
final class OneWay extends LineProtocol {
    /** A server that is silent for so long is not waited for; its unread lines stay safe, since it answers none. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final CountDownLatch connected = new CountDownLatch(1);
    private boolean heard;

    @Override
    protected void connectionMade() {
        setRawMode();
        ready();
        connected.countDown();
    }

    /** Waits until there is a connection. */
    void awaitConnected() throws InterruptedException {
        connected.await();
    }

    boolean wasConnected() {
        return connected.getCount() == 0;
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
    void endOutput() {
        connection().shutdownOutput();
        connection().execute(this::waitForEnd);
    }

    private void waitForEnd() {
        heard = false;
        connection().schedule(SILENCE, () -> {
            if (heard) {
                waitForEnd();
            } else {
                close();
            }
        });
    }
}
