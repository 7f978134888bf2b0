package dev.bowline.integration.allocation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bowline.Reconnect;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.testkit.contract.subject.Network;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a line costs in memory (chapter 5 of the design): nothing to send, nothing to receive as bytes, and its String where it
 * is received as one. An object for each line would be 16 bytes at least, and there is room for half a byte: that is what the
 * few objects for each chunk come to, shared among its lines.
 *
 * <p>So that chunks are as full as they are under load, sending begins when all is queued, and receiving when the network is
 * full. A round may be disturbed all the same, by a compiler or by a busy machine, and then it costs more: the best one counts.
 */
class AllocationIT {
    private static final String LINE = "0123456789abcdef".repeat(4);

    /** The object, 24 bytes, and the array behind it: 16, and one for each character. */
    private static final double STRING_BYTES = 24 + 16 + 64;

    private static final double NEXT_TO_NOTHING = 0.5;

    /** At most: some objects of a chunk are gone only when the compiler has seen that nobody keeps them. */
    private static final int ROUNDS = 1000;

    /** Fill 14 batches of 64 KiB. They are about as many as the queue keeps chunks for: beyond that it makes new ones. */
    private static final int SENT_LINES = 14 * (64 * 1024 / (LINE.length() + 2));

    /** Well within what the kernel holds for a reader that sleeps. */
    private static final int RECEIVED_LINES = 20_000;

    @BeforeEach
    void theJvmCounts() {
        assumeTrue(AllocationMeter.isPossible(), "this JVM does not count what its threads allocate");
    }

    private interface Round {
        double bytesPerLine() throws Exception;
    }

    private static double best(double enough, Round round) throws Exception {
        double best = Double.MAX_VALUE;
        for (int n = 0; n < ROUNDS && best > enough; n++) {
            best = Math.min(best, round.bytesPerLine());
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "nio", "netty"})
    void aLineThatIsSentCostsNothing(String name) throws Exception {
        HeldLines lines = new HeldLines(false);
        try (Transport transport = Transport.open(name);
                PeerServer server = PeerServer.open(Network.loopback());
                LineClient client = client(transport, server, lines)) {
            Peer peer = server.accept();
            var counting = Waiting.aside(peer::countToEnd);
            double best = best(NEXT_TO_NOTHING, () -> sendRound(client, lines));
            lines.abort();
            assertThat(Waiting.await(counting).count()).isGreaterThanOrEqualTo((LINE.length() + 2L) * SENT_LINES);
            assertThat(best).isBetween(0.0, NEXT_TO_NOTHING);
        }
    }

    private static double sendRound(LineClient client, HeldLines lines) throws Exception {
        CountDownLatch gate = lines.hold();
        AllocationMeter meter = AllocationMeter.start();
        for (int n = 0; n < SENT_LINES; n++) {
            client.send(LINE);
        }
        gate.countDown();
        client.flush().join();
        return meter.stop() / (double) SENT_LINES;
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "nio", "netty"})
    void aLineThatIsReceivedAsBytesCostsNothing(String name) throws Exception {
        assertThat(received(name, false, NEXT_TO_NOTHING)).isBetween(0.0, NEXT_TO_NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "nio", "netty"})
    void aLineThatIsReceivedAsAStringCostsThatString(String name) throws Exception {
        assertThat(received(name, true, STRING_BYTES + NEXT_TO_NOTHING))
                .isBetween(STRING_BYTES, STRING_BYTES + NEXT_TO_NOTHING);
    }

    private static double received(String name, boolean asString, double enough) throws Exception {
        HeldLines lines = new HeldLines(asString);
        byte[] wire = (LINE + "\r\n").repeat(RECEIVED_LINES).getBytes(US_ASCII);
        try (Transport transport = Transport.open(name);
                PeerServer server = PeerServer.open(Network.loopback());
                LineClient client = client(transport, server, lines)) {
            Peer peer = server.accept();
            double best = best(enough, () -> receiveRound(peer, lines, wire));
            assertThat(client.counters().losses()).isZero();
            peer.close(); // or the client would wait for its end
            return best;
        }
    }

    private static double receiveRound(Peer peer, HeldLines lines, byte[] wire) throws Exception {
        CountDownLatch gate = lines.hold();
        peer.send(wire);
        lines.expect(RECEIVED_LINES);
        AllocationMeter meter = AllocationMeter.start();
        gate.countDown();
        lines.awaitExpected();
        return meter.stop() / (double) RECEIVED_LINES;
    }

    private static LineClient client(Transport transport, PeerServer server, HeldLines lines) throws Exception {
        LineClient client = LineClient.builder(server.endpoint(), () -> lines)
                .transport(transport)
                .reconnect(Reconnect.never())
                .open();
        lines.awaitMade();
        return client;
    }
}
