package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectFailure;
import dev.bowline.Connection;
import dev.bowline.Connector;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a connection: in which order it is told (A3), and what follows from an exception (A5). */
public abstract class EndContract extends TransportContract {
    /** For a transport's own class. */
    protected EndContract() {}

    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Thrown(String where) {
            super("thrown by the test in " + where);
        }
    }

    @Test
    void a3_dataThenProtocolThenFactoryThenTheNextAttempt() throws Exception {
        PeerServer server = server();
        EventLog log = new EventLog();
        RecordingFactory factory = reconnectingOnce(log);
        connect(server.endpoint(), factory);
        server.accept().send("the last words").close();
        server.accept().close();
        factory.awaitStopped();
        assertThat(log.events())
                .containsExactly(
                        "started",
                        "connecting",
                        "build",
                        "made",
                        "data the last words",
                        "inputEnded",
                        "lost",
                        "connectionLost",
                        "connecting",
                        "build",
                        "made",
                        "inputEnded",
                        "lost",
                        "connectionLost",
                        "stopped");
    }

    @Test
    void a3_dataThatCameBeforeAResetIsDelivered() throws Exception {
        PeerServer server = server();
        EventLog log = new EventLog();
        RecordingProtocol protocol = connect(server, new RecordingProtocol(log));
        protocol.connection();
        Peer peer = server.accept();
        peer.send("the last words");
        peer.reset();
        assertThat(protocol.awaitLost()).isInstanceOf(LossReason.Failed.class);
        assertThat(log.events()).containsExactly("made", "data the last words", "lost");
    }

    @Test
    void a3_anExceptionInConnectionLostOfTheProtocolSkipsNothing() throws Exception {
        PeerServer server = server();
        EventLog log = new EventLog();
        Thrown thrown = new Thrown("connectionLost");
        RecordingFactory factory = new RecordingFactory(log, () -> new RecordingProtocol(log) {
            @Override
            public void connectionLost(LossReason reason) throws Exception {
                super.connectionLost(reason);
                throw thrown;
            }
        });
        try (LogCapture logged = new LogCapture()) {
            connect(server.endpoint(), factory);
            server.accept().close();
            factory.awaitStopped();
            assertThat(logged.await(thrown).getThrown()).isSameAs(thrown);
        }
        assertThat(log.events()).endsWith("lost", "connectionLost", "stopped");
        assertThat(log.count("lost")).isOne();
    }

    @Test
    void a3_anExceptionInAnyCallOfTheFactorySkipsNothing() throws Exception {
        PeerServer server = server();
        EventLog log = new EventLog();
        RecordingFactory factory = new ThrowingFactory(log);
        try (LogCapture logged = new LogCapture()) {
            Endpoint endpoint = server.endpoint();
            connect(endpoint, factory);
            server.accept().close();
            server.accept().close();
            factory.awaitStopped();
            connect(nobody(), factory);
            log.await("stopped", 2);
            // The last of them.
            logged.awaitErrors("thrown by the test in stopped", 2);
        }
        assertThat(log.events())
                .containsExactly(
                        "started",
                        "connecting",
                        "build",
                        "connectionLost",
                        "connecting",
                        "build",
                        "connectionLost",
                        "stopped",
                        "started",
                        "connecting",
                        "connectFailed",
                        "stopped");
    }

    /** Throws out of all that tells it something, and asks for another attempt after its first loss. */
    private static final class ThrowingFactory extends RecordingFactory {
        ThrowingFactory(EventLog log) {
            super(log, RecordingProtocol::new);
        }

        @Override
        public void started() {
            super.started();
            throw new Thrown("started");
        }

        @Override
        public void stopped() {
            super.stopped();
            throw new Thrown("stopped");
        }

        @Override
        public void connecting(Connector connector) {
            super.connecting(connector);
            throw new Thrown("connecting");
        }

        @Override
        public void connectFailed(Connector connector, ConnectFailure failure) {
            super.connectFailed(connector, failure);
            throw new Thrown("connectFailed");
        }

        @Override
        public void connectionLost(Connector connector, LossReport report) {
            super.connectionLost(connector, report);
            if (log().count("connectionLost") == 1) {
                connector.reconnect(Duration.ZERO);
            }
            throw new Thrown("connectionLost");
        }
    }

    private static RecordingFactory reconnectingOnce(EventLog log) {
        return new RecordingFactory(log, () -> new RecordingProtocol(log)) {
            @Override
            public void connectionLost(Connector connector, LossReport report) {
                super.connectionLost(connector, report);
                if (log.count("connectionLost") == 1) {
                    connector.reconnect(Duration.ZERO);
                }
            }
        };
    }

    /** Where a protocol's code runs. */
    enum Callback {
        CONNECTION_MADE,
        DATA_RECEIVED,
        INPUT_ENDED,
        TASK,
        TIMER
    }

    @ParameterizedTest
    @EnumSource
    void a5_anExceptionOutOfACallbackIsLoggedAndAbortsTheConnection(Callback where) throws Exception {
        PeerServer server = server();
        Throwing protocol = new Throwing(where);
        try (LogCapture logged = new LogCapture()) {
            RecordingFactory factory = new RecordingFactory(() -> protocol);
            connect(server.endpoint(), factory);
            Peer peer = server.accept();
            if (where != Callback.CONNECTION_MADE) {
                peer.send("data");
            }
            if (where == Callback.INPUT_ENDED) {
                peer.shutdownOutput();
            }
            assertThat(peer.countToEnd()).isEqualTo(new Peer.InputEnd(0, true));
            LossReason expected = new LossReason.ProtocolFailure(protocol.thrown);
            assertThat(protocol.awaitLost()).isEqualTo(expected);
            assertThat(factory.awaitLoss()).isEqualTo(new LossReport(expected, 0, 0));
            assertThat(logged.await(protocol.thrown).getLevel()).isEqualTo(Level.SEVERE);
        }
    }

    private static final class Throwing extends RecordingProtocol {
        private final Callback where;
        private final Thrown thrown;

        Throwing(Callback where) {
            this.where = where;
            this.thrown = new Thrown(where.name());
        }

        private void throwIf(Callback here) {
            if (where == here) {
                throw thrown;
            }
        }

        @Override
        public void connectionMade(Connection made) throws Exception {
            super.connectionMade(made);
            throwIf(Callback.CONNECTION_MADE);
        }

        @Override
        public void dataReceived(ByteBuffer data) throws Exception {
            throwIf(Callback.DATA_RECEIVED);
            if (where == Callback.TASK) {
                connection().execute(() -> throwIf(Callback.TASK));
            } else if (where == Callback.TIMER) {
                connection().schedule(Duration.ZERO, () -> throwIf(Callback.TIMER));
            }
        }

        @Override
        public void inputEnded(Connection ended) throws Exception {
            throwIf(Callback.INPUT_ENDED);
        }
    }

    @Test
    void a5_nothingIsDeliveredAfterTheException() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = new RecordingLines() {
            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                throw new Thrown("lineReceived");
            }
        };
        try (LogCapture logged = new LogCapture()) {
            connect(server, protocol);
            server.accept().send("1\r\n2\r\n3\r\n");
            assertThat(protocol.awaitLost()).isInstanceOf(LossReason.ProtocolFailure.class);
            assertThat(logged.awaitErrors("thrown by the test in lineReceived", 1))
                    .hasSize(1);
        }
        assertThat(protocol.lines().events()).containsExactly("1");
    }
}
