package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A listener whose TLS wires shake hands as soon as they are there, each on a thread of its own, whether anybody accepts them or
 * not.
 */
final class ShakingListener implements Network.Listener {
    /** How long a thread waits before it looks whether it is still wanted. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Network.Listener beneath;
    private final BlockingQueue<Network.Wire> shaken = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    ShakingListener(Network.Listener beneath) {
        this.beneath = beneath;
        start("tls-acceptor", this::acceptAll);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        while (!closed) {
            try {
                TlsWire wire = (TlsWire) beneath.accept(GLANCE);
                start("tls-handshake", () -> shake(wire));
            } catch (SocketTimeoutException none) {
                // Is it still wanted?
            } catch (IOException over) {
                return;
            }
        }
    }

    private void shake(TlsWire wire) {
        try {
            wire.handshake();
        } catch (IOException failed) {
            // Whoever reads there hears of it.
        }
        shaken.add(wire);
        if (closed) {
            resetThoseNobodyAccepted();
        }
    }

    @Override
    public SocketAddress address() {
        return beneath.address();
    }

    @Override
    public Network.Wire accept(Duration patience) throws IOException {
        try {
            Network.Wire wire = shaken.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (wire == null) {
                throw new SocketTimeoutException("nobody connected within " + patience);
            }
            return wire;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while nobody connected");
        }
    }

    /** As the operating system does when a listener closes. */
    private void resetThoseNobodyAccepted() {
        for (Network.Wire wire = shaken.poll(); wire != null; wire = shaken.poll()) {
            try {
                wire.reset();
            } catch (IOException gone) {
                // All the better.
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        beneath.close();
        resetThoseNobodyAccepted();
    }
}
