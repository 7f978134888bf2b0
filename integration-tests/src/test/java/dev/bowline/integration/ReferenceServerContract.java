package dev.bowline.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.integration.support.Bytes;
import dev.bowline.integration.support.RecordingLines;
import dev.bowline.integration.support.Waiting;
import dev.bowline.line.LineClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real Twisted server, or its twin: what {@code reference-server/README.md} promises, seen by a client. */
abstract class ReferenceServerContract extends TransportContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final int FLOOD = 100_000;

    private static Endpoint endpoint() {
        ReferenceServer server = ReferenceServer.shared();
        return new Endpoint.Tcp(server.host(), server.port());
    }

    /** Greets with a name that finds this connection in the ledger. */
    private static class Named extends RecordingLines {
        private final String name = "hello " + UUID.randomUUID();

        @Override
        protected void connectionMade() throws Exception {
            sendLine(name);
            super.connectionMade();
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            if (!line.equals(name)) {
                super.lineReceived(line);
            }
        }

        /** What the server has of this connection, behind the greeting. */
        List<String> ledger() {
            List<LedgerEntry> all = ReferenceServer.shared().ledger();
            int connection = all.stream()
                    .filter(entry -> text(entry).equals(name))
                    .findFirst()
                    .orElseThrow()
                    .connection();
            List<String> mine = all.stream()
                    .filter(entry -> entry.connection() == connection)
                    .map(Named::text)
                    .toList();
            assertThat(mine.get(0)).as("the greeting goes first").isEqualTo(name);
            return mine.subList(1, mine.size());
        }

        private static String text(LedgerEntry entry) {
            return StandardCharsets.UTF_8.decode(entry.bytes()).toString();
        }
    }

    private LineClient client(RecordingLines protocol) {
        return keep(client(endpoint(), () -> protocol).open());
    }

    private static DrainResult drain(LineClient client) throws Exception {
        return Waiting.await(client.drain(LONG));
    }

    @Test
    void f1_theGreetingThenTheQueueInOrderAndTheirEcho() throws Exception {
        Named protocol = new Named();
        LineClient client = client(protocol);
        List<String> messages = Bytes.messages(1_000);
        for (String message : messages) {
            client.send(message);
        }
        assertThat(protocol.awaitLines(1_000)).isEqualTo(messages);
        assertThat(protocol.ledger()).isEqualTo(messages);
        assertThat(drain(client)).isEqualTo(new DrainResult(1_000, 0, List.of(), 0));
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
    }

    /** Counts a flood, whose lines have 20 digits, and the echoes between them. */
    private static final class Flooded extends RecordingLines {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int flood;
        private int echoes;

        @Override
        protected void lineReceived(ByteBuffer line) {
            boolean ofFlood = line.remaining() == 20;
            int number = Integer.parseInt(Bytes.text(line).strip());
            int expected = ofFlood ? ++flood : ++echoes;
            if (number != expected) {
                done.completeExceptionally(new AssertionError(number + " came, where " + expected + " was next"));
            } else if (flood == FLOOD && echoes == FLOOD) {
                done.complete(null);
            }
        }
    }

    @Test
    void floodsBothWaysAtOnce() throws Exception {
        Flooded protocol = new Flooded();
        LineClient client = client(protocol);
        client.send("!flood " + FLOOD + " 20");
        for (int i = 1; i <= FLOOD; i++) {
            client.send(String.valueOf(i));
        }
        Waiting.await(protocol.done);
        assertThat(drain(client).delivered()).isEqualTo(FLOOD + 1);
    }

    @Test
    void d1_aLineOf16384BytesPassesBothWays() throws Exception {
        RecordingLines protocol = new RecordingLines();
        LineClient client = client(protocol);
        client.send("x".repeat(16_384));
        assertThat(protocol.awaitLines(1)).containsExactly("x".repeat(16_384));
    }

    @Test
    void d4_aLineOf16385BytesIsNotSent() throws Exception {
        Named protocol = new Named();
        LineClient client = client(protocol);
        assertThatThrownBy(() -> client.send("x".repeat(16_385))).isInstanceOf(MessageRefusedException.class);
        client.send("next");
        assertThat(protocol.awaitLines(1)).containsExactly("next");
        assertThat(protocol.ledger()).containsExactly("next");
    }

    @Test
    void d2_moreThan16384BytesWithoutADelimiterAreTooLong() throws Exception {
        RecordingLines protocol = new RecordingLines();
        LineClient client = client(protocol);
        client.send("!long 16386");
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.TooLong(16_384));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17})
    void d1_aLineIsTheSameInPiecesOfAnySize(int size) throws Exception {
        RecordingLines protocol = new RecordingLines();
        LineClient client = client(protocol);
        String line = "→ no more than 40 bytes ←";
        client.send("!split " + size + " " + line);
        client.send("whole");
        assertThat(protocol.awaitLines(2)).containsExactly(line, "whole");
    }

    @Test
    void a6_anAbortOfTheServerIsAFailure() throws Exception {
        RecordingLines protocol = new RecordingLines();
        LineClient client = client(protocol);
        client.send("!abort");
        assertThat(protocol.awaitLost()).isInstanceOf(LossReason.Failed.class);
        assertThat(drain(client)).isEqualTo(new DrainResult(1, 0, List.of(), 0));
    }

    @Test
    void a6_aCloseOfTheServerIsTheEndInGoodOrder() throws Exception {
        RecordingLines protocol = new RecordingLines();
        LineClient client = client(protocol);
        client.send("last words");
        client.send("!close");
        assertThat(client.await(LONG)).isTrue();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        assertThat(protocol.lines().events()).containsExactly("last words");
    }

    @Test
    void b5_whenTheServerHalfClosesWhatWasWrittenIsStillSent() throws Exception {
        String large = "y".repeat(16_000);
        Named protocol = new Named() {
            @Override
            protected void connectionMade() throws Exception {
                super.connectionMade();
                sendLine("!half");
                for (int i = 0; i < 100; i++) {
                    sendLine(large);
                }
            }
        };
        LineClient client = client(protocol);
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        assertThat(client.await(LONG)).isTrue();
        assertThat(protocol.lines().events()).isEmpty();
        // The connection is gone only after the server's end of it, and so after its last line of the ledger.
        assertThat(protocol.ledger()).hasSize(101).startsWith("!half", large).endsWith(large);
    }

    @Test
    void d3_rawBytesBothWays() throws Exception {
        byte[] raw = Bytes.pattern(200_000);
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        RecordingLines protocol = new RecordingLines() {
            private final ByteBuffer bytes = ByteBuffer.allocate(50_000);

            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                if (line.startsWith("raw ")) {
                    setRawMode();
                }
            }

            @Override
            protected void rawReceived(ByteBuffer data) {
                bytes.put(data);
                if (!bytes.hasRemaining()) {
                    received.complete(bytes.array());
                }
            }
        };
        LineClient client = client(protocol);
        client.send("!raw 200000");
        client.sendRaw(ByteBuffer.wrap(raw));
        CRC32 sum = new CRC32();
        sum.update(raw);
        assertThat(protocol.awaitLines(1)).containsExactly("raw 200000 %08x".formatted(sum.getValue()));
        client.send("!long 50000");
        assertThat(new String(Waiting.await(received), ISO_8859_1)).isEqualTo("x".repeat(50_000));
    }

    @Test
    void nothingIsLostWhenTheServerStopsReadingForAWhile() throws Exception {
        Named protocol = new Named();
        LineClient client = client(protocol);
        client.send("!mute 20000");
        client.send("!pause 300");
        for (int i = 0; i < 20_000; i++) {
            client.send(i + " " + "z".repeat(900));
        }
        client.send("!count");
        assertThat(protocol.awaitLines(1)).containsExactly("count 20004");
        assertThat(drain(client)).isEqualTo(new DrainResult(20_003, 0, List.of(), 0));
    }

    @Test
    void h1_theSameScriptGivesTheSameTranscript() throws Exception {
        RecordingLines protocol = new RecordingLines() {
            @Override
            protected void connectionMade() throws Exception {
                sendLine("A new connection has been made!");
                super.connectionMade();
            }

            @Override
            protected void inputEnded() throws Exception {
                lines().add("(input ended)");
                super.inputEnded();
            }

            @Override
            public void connectionLost(LossReason reason) throws Exception {
                lines().add("(" + reason.describe() + ")");
                super.connectionLost(reason);
            }
        };
        LineClient client = client(protocol);
        for (String line : resource("script.txt")) {
            client.send(line);
        }
        client.await(LONG);
        protocol.awaitLost();
        assertThat(protocol.lines().events()).isEqualTo(resource("transcript.txt"));
    }

    private static List<String> resource(String name) throws IOException {
        try (InputStream in = ReferenceServerContract.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
