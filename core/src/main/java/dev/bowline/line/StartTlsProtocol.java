package dev.bowline.line;

import dev.bowline.Cancellable;
import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.TlsException;
import dev.bowline.TlsOptions;
import dev.bowline.internal.connection.Delegate;
import dev.bowline.internal.connection.ProtocolSide;
import dev.bowline.line.StartTls.Step;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Agrees on TLS first, then is another protocol. Event side. */
final class StartTlsProtocol implements Protocol, Delegate {
    private final Protocol protocol;
    private final StartTls how;
    private final TlsOptions options;
    private Protocol current;

    StartTlsProtocol(Protocol protocol, StartTls how, TlsOptions options) {
        this.protocol = protocol;
        this.how = how;
        this.options = options;
        this.current = new Agreement();
    }

    @Override
    public Protocol principal() {
        return protocol;
    }

    @Override
    public void connectionMade(Connection connection) throws Exception {
        current.connectionMade(connection);
    }

    @Override
    public void dataReceived(ByteBuffer data) throws Exception {
        current.dataReceived(data);
    }

    @Override
    public void inputEnded(Connection connection) throws Exception {
        current.inputEnded(connection);
    }

    @Override
    public void writabilityChanged(Connection connection, boolean writable) throws Exception {
        current.writabilityChanged(connection, writable);
    }

    @Override
    public void connectionLost(LossReason reason) throws Exception {
        current.connectionLost(reason);
    }

    private final class Agreement extends LineProtocol {
        private final Queue<Step> steps = new ArrayDeque<>(how.steps());

        /** Ends an agreement that takes too long. */
        private Cancellable timer = () -> {};

        Agreement() {
            super(LineFormat.lenient());
        }

        @Override
        protected void connectionMade() {
            Duration limit = options.handshakeTimeout();
            if (!limit.isZero()) {
                timer = connection().schedule(limit, () -> fail(side().peer().didNotAgree(limit)));
            }
            say();
        }

        private ProtocolSide side() {
            return ProtocolSide.of(connection());
        }

        private void say() {
            Step next = steps.element();
            if (!next.command().isEmpty()) {
                sendLine(next.command());
            }
        }

        @Override
        protected void lineReceived(String line) {
            Step step = steps.element();
            if (step.goesOn().test(line)) {
                return;
            }
            if (!step.agrees().test(line)) {
                fail(side().peer().disagreed(line));
                return;
            }
            steps.remove();
            if (steps.isEmpty()) {
                secure();
            } else {
                say();
            }
        }

        private void fail(TlsException why) {
            side().closeBecause(new LossReason.TlsFailed(why));
        }

        /** Where it fails, the connection is lost, and says why. */
        private void secure() {
            timer.cancel();
            var unused = startTls(options).thenRun(this::handOver);
        }

        /** At once: what the server says now is for the protocol. */
        private void handOver() {
            current = protocol;
            try {
                protocol.connectionMade(connection());
            } catch (Throwable thrown) {
                side().callbackFailed(thrown);
            }
        }
    }
}
