package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectOptions;
import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, from whatever thread, arrives as it was written (B1, B2), and in as few pieces as can be (B8). */
public abstract class WritingContract extends TransportContract {
    /** For a transport's own class. */
    protected WritingContract() {}

    private static final int THREADS = 6;
    private static final int RECORDS = 1_500;

    @Test
    void b1_eachThreadsWritesArriveInOrderWithTheirContent() throws Exception {
        PeerServer server = server();
        Connection connection = connect(server, new RecordingProtocol()).connection();
        Peer peer = server.accept();
        List<CompletableFuture<Boolean>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            threads.add(Waiting.aside(() -> {
                Random random = new Random(number);
                boolean taken = true;
                for (int i = 0; i < RECORDS; i++) {
                    byte[] content = new byte[random.nextInt(300)];
                    random.nextBytes(content);
                    ByteBuffer entry = ByteBuffer.allocate(6 + content.length);
                    entry.putShort((short) number)
                            .putShort((short) i)
                            .putShort((short) content.length)
                            .put(content);
                    taken &= connection.write(entry.flip());
                }
                return taken;
            }));
        }
        readRecords(new DataInputStream(peer.input()));
        for (CompletableFuture<Boolean> thread : threads) {
            assertThat(Waiting.await(thread)).isTrue();
        }
    }

    private static void readRecords(DataInputStream in) throws Exception {
        int[] next = new int[THREADS];
        Random[] contents = new Random[THREADS];
        for (int thread = 0; thread < THREADS; thread++) {
            contents[thread] = new Random(thread);
        }
        for (int i = 0; i < THREADS * RECORDS; i++) {
            int thread = in.readUnsignedShort();
            assertThat(in.readUnsignedShort()).isEqualTo(next[thread]++);
            byte[] expected = new byte[contents[thread].nextInt(300)];
            contents[thread].nextBytes(expected);
            assertThat(in.readUnsignedShort()).isEqualTo(expected.length);
            assertThat(in.readNBytes(expected.length)).isEqualTo(expected);
        }
    }

    @Test
    void b1_theBytesAreCopiedBeforeWriteReturns() throws Exception {
        PeerServer server = serverWithSmallWindow();
        Connection connection = connect(server, new RecordingProtocol()).connection();
        ByteBuffer buffer = ByteBuffer.allocateDirect(10_000);
        for (int i = 0; i < 500; i++) {
            buffer.clear();
            while (buffer.hasRemaining()) {
                buffer.put((byte) i);
            }
            assertThat(connection.write(buffer.flip())).isTrue();
            assertThat(buffer.hasRemaining()).isFalse();
        }
        Peer peer = server.accept();
        for (int i = 0; i < 500; i++) {
            assertThat(peer.read(10_000)).containsOnly(i);
        }
    }

    @Test
    void b1_writeDoesNotWaitForAPeerThatDoesNotRead() throws Exception {
        PeerServer server = serverWithSmallWindow();
        Connection connection = connect(server, new RecordingProtocol()).connection();
        byte[] all = Bytes.pattern(12_000_000);
        for (int from = 0; from < all.length; from += 1_000_000) {
            assertThat(connection.write(ByteBuffer.wrap(all, from, 1_000_000))).isTrue();
        }
        assertThat(server.accept().read(all.length)).isEqualTo(all);
    }

    @Test
    void b1_bytesBetweenPositionAndLimitAreWritten() throws Exception {
        PeerServer server = server();
        Connection connection = connect(server, new RecordingProtocol()).connection();
        connection.write(Bytes.of("<hello>").position(1).limit(6));
        connection.write(ByteBuffer.allocate(0));
        connection.write(Bytes.of(" world").asReadOnlyBuffer());
        assertThat(server.accept().read(11)).asString().isEqualTo("hello world");
    }

    @Test
    void b2_whatIsWrittenAfterCloseIsRefused() throws Exception {
        PeerServer server = server();
        Connection connection = connect(server, new RecordingProtocol()).connection();
        connection.write(Bytes.of("before"));
        connection.close();
        assertRefused(connection);
        assertThat(server.accept().readToEnd()).asString().isEqualTo("before");
    }

    @Test
    void b2_whatIsWrittenAfterCloseInACallbackIsRefused() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(Connection connection) throws Exception {
                connection.write(Bytes.of("before"));
                connection.close();
                log().add("after: " + connection.write(Bytes.of("after")));
                super.connectionMade(connection);
            }
        };
        connect(server, protocol).connection();
        assertThat(server.accept().readToEnd()).asString().isEqualTo("before");
        assertThat(protocol.log().events()).startsWith("after: false");
    }

    @Test
    void b2_whatIsWrittenAfterAbortIsRefused() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        protocol.connection().abort();
        assertRefused(protocol.connection());
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.AbortedHere());
        assertThat(server.accept().countToEnd()).isEqualTo(new Peer.InputEnd(0, true));
    }

    @Test
    void b2_whatIsWrittenAfterShutdownOutputIsRefused() throws Exception {
        PeerServer server = server();
        Connection connection = connect(server, new RecordingProtocol()).connection();
        connection.write(Bytes.of("before"));
        connection.shutdownOutput();
        assertRefused(connection);
        assertThat(server.accept().readToEnd()).asString().isEqualTo("before");
    }

    private static void assertRefused(Connection connection) {
        ByteBuffer after = Bytes.of("after");
        assertThat(connection.write(after)).isFalse();
        assertThat(after.position()).isZero();
    }

    @RepeatedTest(5)
    void b8_whatACallbackWritesArrivesInOnePiece() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(Connection connection) throws Exception {
                super.connectionMade(connection);
                for (int i = 0; i < 40; i++) {
                    connection.write(Bytes.of("0123456789".repeat(5)));
                }
            }
        };
        connect(server, protocol);
        Peer peer = server.accept();
        assertThat(peer.readOnce(10_000)).hasSize(2_000);
    }

    @RepeatedTest(5)
    void b8_answersToLinesThatCameTogetherLeaveTogether() throws Exception {
        PeerServer server = server();
        connect(server, new RecordingLines() {
            @Override
            protected void lineReceived(String line) {
                sendLine(line);
            }
        });
        Peer peer = server.accept();
        String lines = "a line of some length\r\n".repeat(100);
        peer.send(lines);
        assertThat(peer.readOnce(10_000)).isEqualTo(lines);
    }

    @RepeatedTest(5)
    void b8_theGreetingAndTheQueueLeaveTogether() throws Exception {
        PeerServer server = server();
        CountDownLatch gate = new CountDownLatch(1);
        Transport gated = transport(gate);
        LineClient client = keep(LineClient.builder(server.endpoint(), () -> new RecordingLines() {
                    @Override
                    protected void connectionMade() throws Exception {
                        sendLine("hello");
                        super.connectionMade();
                    }
                })
                .connectOptions(options())
                .transport(gated)
                .reconnect(Reconnect.never())
                .open());
        for (String message : Bytes.messages(50)) {
            client.send(message);
        }
        gate.countDown();
        String expected = "hello\r\n" + String.join("\r\n", Bytes.messages(50)) + "\r\n";
        assertThat(server.accept().readOnce(10_000)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Needs(Capability.SOCKETS)
    void b8_noDelayAndKeepAliveAreSetAsAsked(boolean on) throws Exception {
        PeerServer server = server();
        ConnectOptions options = options().withTcpNoDelay(on).withKeepAlive(!on);
        RecordingProtocol protocol = new RecordingProtocol();
        transport().connect(server.endpoint(), new RecordingFactory(() -> protocol), options);
        Connection connection = protocol.connection();
        assertThat(option(connection, StandardSocketOptions.TCP_NODELAY)).isEqualTo(on);
        assertThat(option(connection, StandardSocketOptions.SO_KEEPALIVE)).isEqualTo(!on);
        server.accept().close();
        protocol.awaitLost();
    }

    @Test
    @Needs(Capability.SOCKETS)
    void b8_noDelayAndKeepAliveAreOnByDefault() throws Exception {
        PeerServer server = server();
        Connection connection = connect(server, new RecordingProtocol()).connection();
        assertThat(option(connection, StandardSocketOptions.TCP_NODELAY)).isTrue();
        assertThat(option(connection, StandardSocketOptions.SO_KEEPALIVE)).isTrue();
    }

    /** Linux doubles what it is asked for, to have room for its own notes. */
    @Test
    @Needs(Capability.SOCKETS)
    void b8_bufferSizesAreSetAsAsked() throws Exception {
        PeerServer server = server();
        ConnectOptions options = options().withSendBuffer(40_000).withReceiveBuffer(50_000);
        RecordingProtocol protocol = new RecordingProtocol();
        transport().connect(server.endpoint(), new RecordingFactory(() -> protocol), options);
        Connection connection = protocol.connection();
        assertThat(option(connection, StandardSocketOptions.SO_SNDBUF)).isIn(40_000, 80_000);
        assertThat(option(connection, StandardSocketOptions.SO_RCVBUF)).isIn(50_000, 100_000);
    }

    private <T> T option(Connection connection, SocketOption<T> option) throws IOException {
        return underTest().socketOption(connection.localAddress(), connection.remoteAddress(), option);
    }
}
