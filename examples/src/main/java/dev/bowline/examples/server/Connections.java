package dev.bowline.examples.server;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What all connections of one server share. Numbers them, whichever port they come to. */
final class Connections {
    private final EventLoop loop;
    private final @Nullable Ledger ledger;
    private final @Nullable SSLContext tls;
    private int lastNumber;

    /** @param tls null for a server that speaks no TLS */
    Connections(EventLoop loop, @Nullable Ledger ledger, @Nullable SSLContext tls) {
        this.loop = loop;
        this.ledger = ledger;
        this.tls = tls;
        lastNumber = ledger == null ? 0 : ledger.highestConnection();
    }

    void openInTheClear(SocketChannel accepted) throws IOException {
        open(accepted, new ClearWire(accepted));
    }

    void openProtected(SocketChannel accepted) throws IOException {
        open(accepted, protect(accepted));
    }

    private void open(SocketChannel accepted, Wire wire) throws IOException {
        try {
            new LineConnection(accepted, ++lastNumber, wire, this);
        } catch (IOException e) {
            accepted.close();
            throw e;
        }
    }

    EventLoop loop() {
        return loop;
    }

    @Nullable
    Ledger ledger() {
        return ledger;
    }

    boolean canProtect() {
        return tls != null;
    }

    /** TLS over a connection, from its next byte on. */
    Wire protect(SocketChannel channel) {
        if (tls == null) {
            throw new IllegalStateException("This server speaks no TLS.");
        }
        return new TlsWire(channel, tls);
    }
}
