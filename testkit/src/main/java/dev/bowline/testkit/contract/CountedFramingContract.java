package dev.bowline.testkit.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.LossReason;
import dev.bowline.framing.FramedProtocol;
import dev.bowline.framing.Framing;
import dev.bowline.framing.LengthPrefixFraming;
import dev.bowline.framing.MalformedFrameException;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.framing.NetstringFraming;
import dev.bowline.framing.OctetCountingFraming;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.LogCapture;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames behind their length, there and back through sockets (D7), and none of one connection in another (D8). */
public abstract class CountedFramingContract extends TransportContract {
    private static final int LIMIT = 300_000;

    /** For a transport's own class. */
    protected CountedFramingContract() {}

    /** A notation, with its bytes written down here once more: the framing's own encoder proves nothing of the decoder. */
    enum Notation {
        NETSTRING(LIMIT) {
            @Override
            Framing framing(int limit) {
                return new NetstringFraming().withMaxLength(limit).withMaxSendLength(limit);
            }

            @Override
            byte[] length(int length) {
                return (length + ":").getBytes(ISO_8859_1);
            }

            @Override
            byte[] trailer() {
                return new byte[] {','};
            }
        },
        PREFIX_1(255) {
            @Override
            Framing framing(int limit) {
                return new LengthPrefixFraming(1).withMaxLength(limit).withMaxSendLength(limit);
            }

            @Override
            byte[] length(int length) {
                return new byte[] {(byte) length};
            }
        },
        PREFIX_2(65_535) {
            @Override
            Framing framing(int limit) {
                return new LengthPrefixFraming(2).withMaxLength(limit).withMaxSendLength(limit);
            }

            @Override
            byte[] length(int length) {
                return new byte[] {(byte) (length >> 8), (byte) length};
            }
        },
        PREFIX_4(LIMIT) {
            @Override
            Framing framing(int limit) {
                return new LengthPrefixFraming(4).withMaxLength(limit).withMaxSendLength(limit);
            }

            @Override
            byte[] length(int length) {
                return ByteBuffer.allocate(4).putInt(length).array();
            }
        },
        OCTET_COUNT(LIMIT) {
            @Override
            Framing framing(int limit) {
                return new OctetCountingFraming().withMaxLength(limit).withMaxSendLength(limit);
            }

            @Override
            byte[] length(int length) {
                return (length + " ").getBytes(ISO_8859_1);
            }
        };

        /** The longest frame of these tests. */
        private final int longest;

        Notation(int longest) {
            this.longest = longest;
        }

        abstract Framing framing(int limit);

        abstract byte[] length(int length);

        byte[] trailer() {
            return new byte[0];
        }

        /** Frames of these lengths as they go over the wire; octet counting has no empty ones. */
        byte[] wire(int... lengths) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            for (int length : lengths) {
                if (length > 0 || this != OCTET_COUNT) {
                    wire.writeBytes(length(length));
                    wire.writeBytes(Bytes.pattern(length));
                    wire.writeBytes(trailer());
                }
            }
            return wire.toByteArray();
        }
    }

    /** Sends back every frame. */
    private static class Echo extends FramedProtocol {
        private final Framing framing;
        private final CompletableFuture<LossReason> lost = new CompletableFuture<>();

        Echo(Framing framing) {
            this.framing = framing;
        }

        @Override
        protected Framing framing() {
            return framing;
        }

        @Override
        protected void frameReceived(ByteBuffer frame) throws Exception {
            sendFrame(frame);
        }

        @Override
        public void connectionLost(LossReason reason) {
            lost.complete(reason);
        }

        LossReason awaitLost() throws Exception {
            return Waiting.await(lost);
        }
    }

    /** Does not mind a frame that is too long. */
    private static final class Skipping extends Echo {
        Skipping(Framing framing) {
            super(framing);
        }

        @Override
        protected void frameTooLong(int limit) {
            sendFrame(Bytes.of("over " + limit));
        }
    }

    private Peer accept(PeerServer server, FramedProtocol protocol) {
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        return server.accept();
    }

    private static void sendInPieces(Peer peer, byte[] wire, Random random, int most) {
        for (int from = 0; from < wire.length; ) {
            int to = Math.min(wire.length, from + 1 + random.nextInt(most));
            peer.send(Arrays.copyOfRange(wire, from, to));
            from = to;
        }
    }

    @ParameterizedTest
    @EnumSource
    void d7_framesComeBackAsTheyWereHoweverTheyWereCut(Notation notation) throws Exception {
        PeerServer server = server();
        byte[] wire = notation.wire(0, 1, 9, 10, 0, 99, 100, 255, 2);
        for (int seed = 0; seed < 20; seed++) {
            Peer peer = accept(server, new Echo(notation.framing(notation.longest)));
            sendInPieces(peer, wire, new Random(seed), 1 + seed);
            assertThat(peer.read(wire.length)).as("seed %d", seed).isEqualTo(wire);
            peer.shutdownOutput();
            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void d7_theLongestFramesComeBackAsTheyWere(Notation notation) throws Exception {
        byte[] wire = notation.wire(notation.longest, 1, notation.longest - 1, notation.longest);
        Peer peer = accept(server(), new Echo(notation.framing(notation.longest)));
        CompletableFuture<byte[]> back = Waiting.aside(() -> peer.read(wire.length));
        sendInPieces(peer, wire, new Random(0), 5_000);
        assertThat(Waiting.await(back)).isEqualTo(wire);
    }

    @ParameterizedTest
    @EnumSource
    void d7_aFrameOverTheLimitIsKnownByItsLengthAndEndsTheConnection(Notation notation) throws Exception {
        Echo protocol = new Echo(notation.framing(50));
        Peer peer = accept(server(), protocol);
        byte[] good = notation.wire(50);
        peer.send(good).send(notation.length(51));
        assertThat(peer.readToEnd()).isEqualTo(good);
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.TooLong(50));
    }

    @ParameterizedTest
    @EnumSource
    void d7_aProtocolMaySkipTheFrameThatIsTooLong(Notation notation) throws Exception {
        Peer peer = accept(server(), new Skipping(notation.framing(50)));
        sendInPieces(peer, notation.wire(7, 200, 8), new Random(0), 10);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(notation.wire(7));
        expected.writeBytes(notation.length("over 50".length()));
        expected.writeBytes("over 50".getBytes(ISO_8859_1));
        expected.writeBytes(notation.trailer());
        expected.writeBytes(notation.wire(8));
        assertThat(peer.read(expected.size())).isEqualTo(expected.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "NETSTRING, x",
        "NETSTRING, 01:",
        "NETSTRING, 12x",
        "NETSTRING, 1:ab",
        "OCTET_COUNT, x",
        "OCTET_COUNT, 0",
        "OCTET_COUNT, 1x"
    })
    void d7_whatCannotBeAFrameEndsTheConnection(Notation notation, String malformed) throws Exception {
        keep(new LogCapture());
        Echo protocol = new Echo(notation.framing(50));
        Peer peer = accept(server(), protocol);
        byte[] good = notation.wire(5);
        peer.send(good);
        assertThat(peer.read(good.length)).isEqualTo(good);
        peer.send(malformed);
        assertThat(protocol.awaitLost().cause()).isInstanceOf(MalformedFrameException.class);
        assertThat(peer.countToEnd().count()).isZero();
    }

    /** Nobody can skip so much, and no number here could tell when it is over. */
    @ParameterizedTest
    @EnumSource(names = {"NETSTRING", "OCTET_COUNT"})
    void d7_aLengthOfMoreThanEighteenDigitsEndsTheConnectionAlsoOfWhoSkips(Notation notation) throws Exception {
        keep(new LogCapture());
        Skipping protocol = new Skipping(notation.framing(50));
        Peer peer = accept(server(), protocol);
        peer.send("9".repeat(18));
        assertThat(peer.read(notation.wire("over 50".length()).length))
                .asString(ISO_8859_1)
                .contains("over 50");
        peer.send("9");
        assertThat(protocol.awaitLost().cause()).isInstanceOf(MalformedFrameException.class);
    }

    @ParameterizedTest
    @EnumSource
    void d7_aFrameOverTheLimitIsRefusedBeforeAnythingIsSent(Notation notation) throws Exception {
        CompletableFuture<Void> checked = new CompletableFuture<>();
        Peer peer = accept(server(), new Echo(notation.framing(50)) {
            @Override
            protected void connectionMade() {
                try {
                    assertThatThrownBy(() -> sendFrame(Bytes.patternBuffer(51)))
                            .isInstanceOf(MessageRefusedException.class);
                    sendFrame(Bytes.patternBuffer(50));
                    checked.complete(null);
                } catch (AssertionError e) {
                    checked.completeExceptionally(e);
                }
            }
        });
        Waiting.await(checked);
        byte[] sent = notation.wire(50);
        assertThat(peer.read(sent.length)).isEqualTo(sent);
        peer.shutdownOutput();
        assertThat(peer.readToEnd()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void d8_connectionsThatShareAFramingSeeNothingOfEachOther(Notation notation) throws Exception {
        PeerServer server = server();
        Framing shared = notation.framing(100);
        List<Peer> peers = List.of(accept(server, new Echo(shared)), accept(server, new Echo(shared)));
        List<byte[]> wires = List.of(notation.wire(100, 3), notation.wire(42, 61));
        for (int at = 0; at < wires.get(0).length || at < wires.get(1).length; at += 7) {
            for (int i = 0; i < 2; i++) {
                byte[] wire = wires.get(i);
                peers.get(i).send(Arrays.copyOfRange(wire, Math.min(at, wire.length), Math.min(at + 7, wire.length)));
            }
        }
        for (int i = 0; i < 2; i++) {
            assertThat(peers.get(i).read(wires.get(i).length)).isEqualTo(wires.get(i));
        }
    }
}
