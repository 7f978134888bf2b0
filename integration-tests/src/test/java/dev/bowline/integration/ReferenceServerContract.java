package dev.bowline.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.integration.server.ReferenceServer;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.testkit.contract.TransportContract;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** One client against the reference line server: what goes there is in its ledger, what comes back is what it answers. */
abstract class ReferenceServerContract extends TransportContract {
    private static final String GREETING = "A new connection has been made!";
    private static final Duration PATIENCE = Duration.ofSeconds(Waiting.patienceSeconds());

    /** Greets before it is ready, as the client of 2008 did. */
    private static class Greeter extends RecordingLines {
        @Override
        protected void connectionMade() throws Exception {
            sendLine(GREETING);
            super.connectionMade();
        }
    }

    private final ReferenceServer server = ReferenceServer.shared();

    private Endpoint endpoint() {
        return new Endpoint.Tcp(server.host(), server.port());
    }

    private <P extends RecordingLines> LineClient open(P protocol) {
        return keep(client(endpoint(), () -> protocol).open());
    }

    /** What the server received on the connection that sent this line. */
    private List<String> ledgerOfConnectionWith(String line) {
        List<LedgerEntry> ledger = server.ledger();
        int connection = ledger.stream()
                .filter(entry -> entry.line().equals(line))
                .mapToInt(LedgerEntry::connection)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in the ledger: " + line));
        return ledger.stream()
                .filter(entry -> entry.connection() == connection)
                .map(LedgerEntry::line)
                .toList();
    }

    /** A line that no other test sends, on no transport. */
    private String unique(String line) {
        return line + " " + transportName() + " " + System.nanoTime();
    }

    @Test
    void f1_theGreetingGoesFirstThenWhatWasQueuedInOrder() throws Exception {
        Greeter greeter = new Greeter();
        String first = unique("m1");
        LineClient client = open(greeter);
        client.send(first);
        client.send("m2");
        client.send("m3");
        assertThat(greeter.awaitLines(4)).containsExactly(GREETING, first, "m2", "m3");
        client.close();
        assertThat(ledgerOfConnectionWith(first)).containsExactly(GREETING, first, "m2", "m3");
    }

    @Test
    void f5_aHundredThousandLinesBothWaysAtOnceArriveInOrder() throws Exception {
        int lines = 100_000;
        String mark = unique("mark");
        List<String> flood = new ArrayList<>(lines);
        List<String> echoes = new ArrayList<>(lines);
        CompletableFuture<Void> all = new CompletableFuture<>();
        RecordingLines counter = new RecordingLines() {
            @Override
            protected void lineReceived(String line) {
                (line.length() == 12 ? flood : echoes).add(line);
                if (flood.size() == lines && echoes.size() == lines + 1) {
                    all.complete(null);
                }
            }
        };
        LineClient client = open(counter);
        client.send(mark);
        client.send("!flood " + lines + " 12");
        for (int i = 1; i <= lines; i++) {
            client.send("up " + i);
        }
        Waiting.await(all);
        client.close();
        List<String> sent =
                IntStream.rangeClosed(1, lines).mapToObj(i -> "up " + i).toList();
        assertThat(flood)
                .isEqualTo(IntStream.rangeClosed(1, lines)
                        .mapToObj("%012d"::formatted)
                        .toList());
        assertThat(echoes.subList(1, lines + 1)).isEqualTo(sent);
        List<String> ledger = ledgerOfConnectionWith(mark);
        assertThat(ledger.subList(2, ledger.size())).isEqualTo(sent);
        assertThat(client.drain(Duration.ZERO).join())
                .isEqualTo(new DrainResult(lines + 2L, 0, Leftover.NONE, Leftover.NONE));
    }

    @Test
    void d1_theLongestLinePassesBothWaysAndOneByteMoreIsRefusedBeforeItIsSent() throws Exception {
        RecordingLines protocol = new RecordingLines();
        LineClient client = open(protocol);
        String longest = "x".repeat(16_384);
        client.send(longest);
        assertThatExceptionOfType(MessageRefusedException.class).isThrownBy(() -> client.send(longest + "x"));
        client.send("after");
        assertThat(protocol.awaitLines(2)).containsExactly(longest, "after");
    }

    @Test
    void d2_aReceivedLineOneByteTooLongClosesWithThatReason() throws Exception {
        RecordingLines protocol = new RecordingLines();
        LineClient client = open(protocol);
        client.send("!long 16385");
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.TooLong(16_384));
        assertThat(protocol.lines().events()).isEmpty();
    }

    @Test
    void d1_aLineSplitAtEverySizeFrom1To17ArrivesWhole() throws Exception {
        RecordingLines protocol = new RecordingLines();
        LineClient client = open(protocol);
        List<String> expected = new ArrayList<>();
        for (int size = 1; size <= 17; size++) {
            client.send("!split " + size + " a line cut into pieces of " + size);
            expected.add("a line cut into pieces of " + size);
        }
        assertThat(protocol.awaitLines(17)).isEqualTo(expected);
    }

    @Test
    void a6_theServersResetIsAFailureAndItsCloseIsNot() throws Exception {
        RecordingLines reset = new RecordingLines();
        open(reset).send("!abort");
        assertThat(reset.awaitLost()).isInstanceOf(LossReason.Failed.class);
        RecordingLines closed = new RecordingLines();
        open(closed).send("!close");
        assertThat(closed.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
    }

    @Test
    void b5_afterTheServersHalfCloseWhatTheProtocolWroteIsStillSent() throws Exception {
        String before = unique("before");
        String late = unique("late");
        RecordingLines talker = new RecordingLines() {
            @Override
            protected void inputEnded() throws Exception {
                for (int i = 0; i < 1_000; i++) {
                    sendLine(late + " " + i);
                }
                super.inputEnded();
            }
        };
        LineClient client = open(talker);
        client.send(before);
        client.send("!half");
        assertThat(talker.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        // The server's end came first, so the loss is told while lines are still on their way.
        await().untilAsserted(() ->
                assertThat(ledgerOfConnectionWith(before)).hasSize(1_002).endsWith(late + " 999"));
    }

    @Test
    void d3_rawBytesGoOutUncheckedAndComeInUncut() throws Exception {
        byte[] raw = new byte[100_000];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) (i * 31);
        }
        CRC32 sum = new CRC32();
        sum.update(raw);
        CompletableFuture<Long> received = new CompletableFuture<>();
        RecordingLines protocol = new RecordingLines() {
            private long count;

            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                if (line.equals("now raw")) {
                    setRawMode();
                }
            }

            @Override
            protected void rawReceived(ByteBuffer data) {
                count += data.remaining();
                if (count == 50_000) {
                    received.complete(count);
                }
            }
        };
        LineClient client = open(protocol);
        client.send("!raw " + raw.length);
        client.sendRaw(ByteBuffer.wrap(raw));
        client.send("now raw");
        client.send("!long 50000");
        assertThat(protocol.awaitLines(2))
                .containsExactly("raw %d %08x".formatted(raw.length, sum.getValue()), "now raw");
        assertThat(Waiting.await(received)).isEqualTo(50_000);
    }

    @Test
    void d1_otherDelimitersWorkEndToEnd() throws Exception {
        RecordingLines protocol = new RecordingLines();
        // The server ends its lines in CRLF; lenient takes them, and sends CRLF itself.
        LineClient client = keep(
                client(endpoint(), () -> protocol).format(LineFormat.lenient()).open());
        client.send("gr\u00fc\u00dfe");
        assertThat(protocol.awaitLines(1)).containsExactly("gr\u00fc\u00dfe");
    }

    @Test
    void e3_aServerThatStopsReadingStopsTheSenderAndNothingIsLost() throws Exception {
        String mark = unique("mark");
        RecordingLines protocol = new RecordingLines();
        LineClient client = keep(client(endpoint(), () -> protocol)
                .queue(MemoryQueue.builder().maxBytes(64 << 10).build())
                .open());
        client.send(mark);
        client.send("!mute 999999");
        client.send("!pause 500");
        String line = "y".repeat(1_000);
        int lines = 20_000;
        for (int i = 0; i < lines; i++) {
            client.send(line);
        }
        client.send("!count");
        Waiting.await(client.flush());
        assertThat(protocol.awaitLines(2)).containsExactly(mark, "count " + (lines + 4));
        assertThat(ledgerOfConnectionWith(mark)).hasSize(lines + 4);
    }

    @Test
    void h1_theTranscriptIsTheSameOnEveryTransport() throws Exception {
        RecordingLines protocol = new Greeter() {
            @Override
            protected void lineReceived(String line) throws Exception {
                super.lineReceived(line);
                if (line.equals("bye")) {
                    finish();
                }
            }

            @Override
            public void connectionLost(LossReason reason) throws Exception {
                lines().add("lost: " + reason.describe());
                super.connectionLost(reason);
            }
        };
        LineClient client = open(protocol);
        for (String line : List.of("one", "", "!mute 1", "not answered", "!split 3 in pieces", "!raw 4")) {
            client.send(line);
        }
        client.sendRaw(ByteBuffer.wrap("\r\n\r\n".getBytes(UTF_8)));
        client.send("!count");
        client.send("!nonsense");
        client.send("!flood 3 8");
        client.send("bye");
        assertThat(client.await(PATIENCE)).isTrue();
        List<String> transcript = new ArrayList<>(protocol.lines().events());
        transcript.removeIf(line -> line.startsWith("0000000")); // a flood may come between any two answers
        assertThat(transcript)
                .containsExactly(
                        GREETING,
                        "one",
                        "",
                        "in pieces",
                        "raw 4 8bc21544",
                        "count 8",
                        "? There is no such command.",
                        "bye",
                        "lost: closed here");
    }
}
