package dev.bowline.testkit.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.Connector;
import dev.bowline.LossReason;
import dev.bowline.LossReport;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines through sockets: what is one (D1), what is too long (D2), what is refused (D4), and their text (D5). */
public abstract class FramingContract extends TransportContract {
    /** For a transport's own class. */
    protected FramingContract() {}

    private static final int LIMIT = 16_384;

    /** Lines of all sorts, an empty one and such with lone CR and LF among them; each ends in CRLF on the wire. */
    private static List<String> lines() {
        return List.of("one", "", "a\rb", "a\nb", "\r", "\n", "x".repeat(5_000), "ünï→cödé", "\n\r", "last");
    }

    private static byte[] wire(List<String> lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void d1_theLinesAreTheSameHoweverTheStreamWasCut(int seed) throws Exception {
        PeerServer server = server();
        RecordingLines protocol = connect(server, new RecordingLines());
        Peer peer = server.accept();
        Random random = new Random(seed);
        byte[] wire = wire(lines());
        for (int from = 0; from < wire.length; ) {
            int to = Math.min(wire.length, from + 1 + random.nextInt(1 << random.nextInt(13)));
            peer.send(Arrays.copyOfRange(wire, from, to));
            from = to;
        }
        assertThat(protocol.awaitLines(lines().size())).isEqualTo(lines());
    }

    @Test
    void d1_theLinesAreTheSameByteByByte() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = connect(server, new RecordingLines());
        Peer peer = server.accept();
        for (byte b : wire(lines())) {
            peer.send(new byte[] {b});
        }
        assertThat(protocol.awaitLines(lines().size())).isEqualTo(lines());
    }

    @Test
    void d1_otherDelimitersAndTheLenientForm() throws Exception {
        assertReceived(LineFormat.lf(), "a\nb\r\nc\n", "a", "b\r", "c");
        assertReceived(LineFormat.nul(), "a\0b\r\nc\0", "a", "b\r\nc");
        assertReceived(LineFormat.delimitedBy((byte) 'a', (byte) 'b'), "1ab2aab3ab", "1", "2a", "3");
        assertReceived(LineFormat.delimitedBy((byte) 'a', (byte) 'a', (byte) 'b'), "1aaab2aab", "1a", "2");
        assertReceived(LineFormat.lenient(), "a\nb\r\nc\r\r\n\n", "a", "b", "c\r", "");
    }

    private void assertReceived(LineFormat format, String wire, String... expected) throws Exception {
        PeerServer server = server();
        RecordingLines protocol = connect(server, new RecordingLines(format));
        Peer peer = server.accept();
        for (byte b : wire.getBytes(UTF_8)) {
            peer.send(new byte[] {b});
        }
        assertThat(protocol.awaitLines(expected.length)).containsExactly(expected);
        protocol.say("sent");
        byte[] end = format.framing().delimiter();
        assertThat(peer.read(4 + end.length)).asString().isEqualTo("sent" + new String(end, UTF_8));
    }

    @Test
    void d1_aLineAtTheLimitPassesAndOneBeyondIsTooLong() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = connect(server, new RecordingLines());
        Peer peer = server.accept();
        peer.send("x".repeat(LIMIT) + "\r\n");
        assertThat(protocol.awaitLines(1)).containsExactly("x".repeat(LIMIT));
        peer.send("y".repeat(LIMIT + 1) + "\r\nnext\r\n");
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.TooLong(LIMIT));
        assertThat(protocol.lines().events()).hasSize(1);
    }

    @Test
    void d1_theLimitHoldsWithoutADelimiterToo() throws Exception {
        PeerServer server = server();
        RecordingLines protocol =
                connect(server, new RecordingLines(LineFormat.crlf().withMaxLength(100)));
        Peer peer = server.accept();
        for (int i = 0; i < 102; i++) {
            peer.send("x");
        }
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.TooLong(100));
    }

    @Test
    void d2_aProtocolMaySkipToTheNextLineAndIsToldOncePerLine() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = new RecordingLines() {
            @Override
            protected void lineLengthExceeded(int limit) {
                lines().add("more than " + limit);
            }
        };
        connect(server, protocol);
        Peer peer = server.accept().send("first\r\n");
        for (int i = 0; i < 10; i++) {
            peer.send("x".repeat(10_000));
        }
        peer.send("\r\nsecond\r\n" + "y".repeat(LIMIT + 1) + "\r\nthird\r\n");
        assertThat(protocol.awaitLines(5))
                .containsExactly("first", "more than 16384", "second", "more than 16384", "third");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\r\nb", "\r", "b\n"})
    void d4_aLineThatWouldBeTwoIsRefusedBeforeAnythingIsSent(String line) throws Exception {
        for (LineFormat format : List.of(LineFormat.crlf(), LineFormat.lf(), LineFormat.lenient())) {
            PeerServer server = server();
            RecordingLines protocol = connect(server, new RecordingLines(format));
            protocol.opened();
            assertThatThrownBy(() -> protocol.say(line)).isInstanceOf(MessageRefusedException.class);
            assertThatThrownBy(() -> protocol.say(Bytes.of(line))).isInstanceOf(MessageRefusedException.class);
            protocol.say("good");
            assertThat(server.accept().read(5)).asString().startsWith("good");
        }
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        assertThatThrownBy(() -> client.send(line)).isInstanceOf(MessageRefusedException.class);
        assertThatThrownBy(() -> client.offer(line)).isInstanceOf(MessageRefusedException.class);
        assertThatThrownBy(() -> client.send(Bytes.of(line))).isInstanceOf(MessageRefusedException.class);
        client.send("good");
        assertThat(server.accept().readLine()).isEqualTo("good");
    }

    @Test
    void d4_aLineBeyondTheLimitIsRefusedAndOneAtTheLimitIsSent() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        assertThatThrownBy(() -> client.send("x".repeat(LIMIT + 1))).isInstanceOf(MessageRefusedException.class);
        assertThatThrownBy(() -> client.send("ü".repeat(LIMIT / 2 + 1))).isInstanceOf(MessageRefusedException.class);
        client.send("x".repeat(LIMIT));
        client.send("ü".repeat(LIMIT / 2));
        assertThat(server.accept().readLines(2)).containsExactly("x".repeat(LIMIT), "ü".repeat(LIMIT / 2));
    }

    @Test
    void d4_sendRawIsNotLookedAt() throws Exception {
        PeerServer server = server();
        LineClient client = keep(client(server.endpoint(), RecordingLines::new).open());
        client.sendRaw(Bytes.of("a\r\nb\nc"));
        client.send("d");
        assertThat(server.accept().read(9)).asString().isEqualTo("a\r\nb\ncd\r\n");
        assertThatThrownBy(() -> client.sendRaw(ByteBuffer.allocate(0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void d5_malformedInputIsReplacedUnlessToldOtherwise() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = connect(server, new RecordingLines());
        server.accept().send("a\u00ffb\r\n".getBytes(ISO_8859_1));
        assertThat(protocol.awaitLines(1)).containsExactly("a\ufffdb");
    }

    @Test
    void d5_malformedInputIsRefusedIfSoConfigured() throws Exception {
        PeerServer server = server();
        RecordingLines protocol =
                connect(server, new RecordingLines(LineFormat.crlf().refuseMalformed()));
        keep(new LogCapture());
        server.accept().send("fine\r\na\u00c3(b\r\n".getBytes(ISO_8859_1));
        assertThat(protocol.awaitLost().cause()).isInstanceOf(CharacterCodingException.class);
        assertThat(protocol.lines().events()).containsExactly("fine");
        RecordingLines sender =
                connect(server, new RecordingLines(LineFormat.crlf().refuseMalformed()));
        sender.opened();
        assertThatThrownBy(() -> sender.say("half a pair: \ud83d")).isInstanceOf(MessageRefusedException.class);
    }

    @Test
    void d5_theCharsetIsTheOneAskedFor() throws Exception {
        PeerServer server = server();
        RecordingLines protocol =
                connect(server, new RecordingLines(LineFormat.crlf().withCharset(ISO_8859_1)));
        Peer peer = server.accept().send("\u00fc\r\n".getBytes(ISO_8859_1));
        assertThat(protocol.awaitLines(1)).containsExactly("ü");
        protocol.say("ü→");
        assertThat(peer.read(4)).isEqualTo("\u00fc?\r\n".getBytes(ISO_8859_1));
    }

    @Test
    void d5_theByteFormGetsTheBytesAsTheyAre() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = new RecordingLines() {
            @Override
            protected void lineReceived(ByteBuffer line) {
                lines().add(Arrays.toString(Arrays.copyOfRange(
                        line.array(), line.arrayOffset() + line.position(), line.arrayOffset() + line.limit())));
                sendLine(line);
            }
        };
        connect(server, protocol);
        Peer peer = server.accept().send(new byte[] {-1, 0, -128, '\r', '\n'});
        assertThat(protocol.awaitLines(1)).containsExactly("[-1, 0, -128]");
        assertThat(peer.read(5)).containsExactly(-1, 0, -128, '\r', '\n');
    }

    @Test
    void d8_aConnectionSeesNothingOfTheLineThatTheOneBeforeBegan() throws Exception {
        PeerServer server = server();
        EventLog lines = new EventLog();
        connect(
                server.endpoint(),
                new RecordingFactory(() -> new RecordingLines() {
                    @Override
                    protected void lineReceived(String line) {
                        lines.add(line);
                    }
                }) {
                    @Override
                    public void connectionLost(Connector connector, LossReport report) {
                        connector.reconnect(Duration.ZERO);
                    }
                });
        server.accept().send("whole\r\nbegun").close();
        server.accept().send("and ended\r\n");
        assertThat(lines.awaitSize(2)).containsExactly("whole", "and ended");
    }
}
