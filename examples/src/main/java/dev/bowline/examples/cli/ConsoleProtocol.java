package dev.bowline.examples.cli;

import dev.bowline.LossReason;
import dev.bowline.TlsOptions;
import dev.bowline.line.LineProtocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Shows what a connection brings. Showing blocks while the terminal is behind, and by that, through TCP, the server. */
final class ConsoleProtocol extends LineProtocol {
    private final ConsoleSession session;
    private final ConsoleScreen screen;

    ConsoleProtocol(ConsoleSession session, ConsoleScreen screen) {
        this.session = session;
        this.screen = screen;
    }

    @Override
    protected void connectionMade() {
        session.connected(this);
        ready();
    }

    @Override
    protected void lineReceived(ByteBuffer line) {
        screen.show(Palette.Kind.RECEIVED, Escapes.show(line));
    }

    @Override
    protected void lineReceived(String line) {
        throw new AssertionError("lines are taken as bytes");
    }

    @Override
    protected void lineLengthExceeded(int limit) {
        screen.say("a line of more than " + limit + " bytes came, and was skipped");
    }

    @Override
    public void connectionLost(LossReason reason) {
        session.lost();
    }

    /** Begins TLS. From any thread. */
    void protect(TlsOptions options) {
        connection().execute(() -> {
            CompletableFuture<Void> begun = startTls(options);
            if (!begun.isDone()) {
                screen.say("TLS begins");
            }
            CompletableFuture<Void> unused = begun.whenComplete((done, failure) -> told(failure));
        });
    }

    private void told(@Nullable Throwable failure) {
        Throwable reason = failure instanceof CompletionException ? failure.getCause() : failure;
        if (reason == null) {
            screen.say("protected by "
                    + connection().tlsSession().map(ConsoleProtocol::text).orElse("TLS"));
        } else if (reason instanceof IllegalStateException) {
            screen.say(String.valueOf(reason.getMessage()));
        } // any other is the end of the connection, which is told with its reason
    }

    private static String text(SSLSession tls) {
        return tls.getProtocol() + ", " + tls.getCipherSuite();
    }

    /** Gives the server so long to take note of a close that has begun. From any thread. */
    void abortAfter(Duration limit) {
        connection().schedule(limit, connection()::abort);
    }
}
