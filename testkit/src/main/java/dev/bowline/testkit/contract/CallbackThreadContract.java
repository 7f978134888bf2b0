package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectFailure;
import dev.bowline.Connection;
import dev.bowline.Connector;
import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.Protocol;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.QueueFullException;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the transport's threads run the user's code nothing waits (E3, F4, F5): it would wait for itself. */
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CallbackThreadContract extends TransportContract {
    /** For a transport's own class. */
    protected CallbackThreadContract() {}

    private static final Duration LONG = Duration.ofHours(1);

    /** Never ready. */
    private static final class Never extends RecordingLines {
        @Override
        protected void connectionMade() {}
    }

    /** A client whose queue is full, and which would wait an hour for room; it has a server of its own. */
    private LineClient full() throws Exception {
        LineClient client = keep(client(server().endpoint(), Never::new)
                .queue(MemoryQueue.builder().maxMessages(1).build())
                .sendWait(LONG)
                .open());
        client.send("fills it");
        return client;
    }

    /** Tries to wait, in each callback that there is, and writes down how that went. */
    private static final class Trying implements ClientFactory {
        private final LineClient full;
        private final Map<String, String> outcomes = new ConcurrentHashMap<>();
        private final EventLog tried = new EventLog();
        private final CountDownLatch stopped = new CountDownLatch(1);

        Trying(LineClient full) {
            this.full = full;
        }

        void tryIn(String callback) {
            try {
                boolean offered = full.offer("offered");
                full.send("sent");
                outcomes.put(callback, "waited, offered " + offered);
            } catch (QueueFullException atOnce) {
                outcomes.put(callback, "thrown");
            } catch (InterruptedException e) {
                outcomes.put(callback, "interrupted");
            }
            tried.add(callback);
        }

        @Override
        public void started() {
            tryIn("started");
        }

        @Override
        public void connecting(Connector connector) {
            tryIn("connecting");
        }

        @Override
        public Protocol buildProtocol(Endpoint remote) {
            tryIn("buildProtocol");
            return new Protocol() {
                @Override
                public void connectionMade(Connection connection) {
                    tryIn("connectionMade");
                    connection.execute(() -> tryIn("task"));
                    connection.schedule(Duration.ZERO, () -> tryIn("timer"));
                }

                @Override
                public void dataReceived(ByteBuffer data) {
                    tryIn("dataReceived");
                }

                @Override
                public void inputEnded(Connection connection) {
                    tryIn("inputEnded");
                    connection.execute(connection::close);
                }

                @Override
                public void connectionLost(LossReason reason) {
                    tryIn("protocol.connectionLost");
                }
            };
        }

        @Override
        public void connectFailed(Connector connector, ConnectFailure failure) {
            tryIn("connectFailed");
        }

        @Override
        public void connectionLost(Connector connector, LossReport report) {
            tryIn("factory.connectionLost");
        }

        @Override
        public void stopped() {
            tryIn("stopped");
            stopped.countDown();
        }
    }

    @Test
    void e3_inNoCallbackOfAnyTransportDoesSendWait() throws Exception {
        PeerServer server = server();
        Trying factory = new Trying(full());
        Transport another = anotherTransport();
        connectTo(another, server.endpoint(), factory);
        Peer peer = server.accept();
        factory.tried.await("timer").await("task");
        peer.send("data").shutdownOutput();
        Waiting.await(factory.stopped);
        Trying failing = new Trying(factory.full);
        connectTo(another, nobody(), failing);
        Waiting.await(failing.stopped);
        CountDownLatch ran = new CountDownLatch(1);
        another.schedule(Duration.ZERO, () -> {
            failing.tryIn("transport.schedule");
            ran.countDown();
        });
        Waiting.await(ran);
        Map<String, String> outcomes = new TreeMap<>(factory.outcomes);
        outcomes.putAll(failing.outcomes);
        assertThat(outcomes.keySet())
                .containsExactly(
                        "buildProtocol",
                        "connectFailed",
                        "connecting",
                        "connectionMade",
                        "dataReceived",
                        "factory.connectionLost",
                        "inputEnded",
                        "protocol.connectionLost",
                        "started",
                        "stopped",
                        "task",
                        "timer",
                        "transport.schedule");
        assertThat(outcomes.values()).containsOnly("thrown");
    }

    private void connectTo(Transport transport, Endpoint endpoint, ClientFactory factory) {
        transport.connect(endpoint, factory, options());
    }

    @Test
    void e3_inTheContinuationOfAFutureSendDoesNotWait() throws Exception {
        PeerServer server = serverWithSmallWindow();
        Trying tries = new Trying(full());
        LineClient other = keep(client(server.endpoint(), RecordingLines::new).open());
        other.sendRaw(ByteBuffer.wrap(Bytes.pattern(12_000_000)));
        CompletableFuture<Void> flushed = other.flush().thenRun(() -> tries.tryIn("flush"));
        CompletableFuture<Void> drained = other.drain(LONG).thenRun(() -> tries.tryIn("drain"));
        Peer peer = server.accept();
        assertThat(peer.countToEnd()).isEqualTo(new Peer.InputEnd(12_000_000, false));
        peer.close();
        Waiting.await(flushed);
        Waiting.await(drained);
        assertThat(tries.outcomes).isEqualTo(Map.of("flush", "thrown", "drain", "thrown"));
    }

    /** Runs a check in a callback, and hands its outcome out. */
    private <T> T inCallback(java.util.function.Function<LineClient, T> check) throws Exception {
        PeerServer server = server();
        CompletableFuture<LineClient> opened = new CompletableFuture<>();
        CompletableFuture<T> outcome = new CompletableFuture<>();
        LineClient client = keep(client(server.endpoint(), () -> new RecordingLines() {
                    @Override
                    protected void connectionMade() {}

                    @Override
                    protected void lineReceived(String line) throws Exception {
                        try {
                            outcome.complete(check.apply(Waiting.await(opened)));
                        } catch (Throwable t) {
                            outcome.completeExceptionally(t);
                        }
                    }
                })
                .open());
        client.send("m1");
        opened.complete(client);
        server.accept().send("now\r\n");
        return Waiting.await(outcome);
    }

    @Test
    void f4_waitingForAFutureInACallbackThrows() throws Exception {
        String checked = inCallback(client -> {
            assertThatThrownBy(() -> client.flush().join()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> client.flush().get()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> client.flush().thenApply(unused -> 1).join())
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> client.await(LONG)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> client.drain(LONG).join()).isInstanceOf(IllegalStateException.class);
            return "checked";
        });
        assertThat(checked).isEqualTo("checked");
    }

    @Test
    void f5_inACallbackDrainAndCloseBeginAndReturn() throws Exception {
        CompletableFuture<DrainResult> drained = inCallback(client -> {
            CompletableFuture<DrainResult> result = client.drain(Duration.ZERO);
            client.close();
            return result;
        });
        assertThat(Waiting.await(drained).undelivered().messages()).hasSize(1);
    }

    @Test
    void f5_inACallbackTheTransportsCloseBeginsAndReturns() throws Exception {
        PeerServer server = server();
        Transport another = anotherTransport();
        RecordingLines protocol = new RecordingLines() {
            @Override
            protected void lineReceived(String line) throws Exception {
                another.close();
                super.lineReceived("closed, and back here");
            }
        };
        another.connect(server.endpoint(), remote -> protocol, options());
        server.accept().send("close\r\n");
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.AbortedHere());
        assertThat(protocol.lines().events()).containsExactly("closed, and back here");
    }
}
