package dev.bowline.line;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import dev.bowline.TlsException;
import dev.bowline.TlsOptions;
import dev.bowline.internal.connection.ProtocolSide;
import dev.bowline.line.StartTls.Step;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** Agrees on TLS first, then is another protocol. Event side. */
final class StartTlsProtocol implements Protocol {
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

        Agreement() {
            super(LineFormat.lenient());
        }

        @Override
        protected void connectionMade() {
            say();
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
                refused(line);
                return;
            }
            steps.remove();
            if (steps.isEmpty()) {
                secure();
            } else {
                say();
            }
        }

        private void refused(String line) {
            String sentence = connection().remoteAddress() + " does not agree on TLS: it answered '" + line + "'";
            ProtocolSide.of(connection())
                    .closeBecause(new LossReason.TlsFailed(
                            new TlsException(TlsException.Problem.REFUSED_BY_PEER, sentence, null)));
        }

        /** Where it fails, the connection is lost, and says why. */
        private void secure() {
            var unused = startTls(options).thenRun(this::handOver);
        }

        /** At once: what the server says now is for the protocol. */
        private void handOver() {
            Connection connection = connection();
            current = protocol;
            try {
                protocol.connectionMade(connection);
            } catch (Exception thrown) {
                connection.pauseReading();
                connection.execute(() -> {
                    throw new IllegalStateException("connectionMade failed", thrown);
                });
            }
        }
    }
}
