package dev.bowline.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Lines, raw bytes and blocks in turn (D3). */
public abstract class ModeContract extends TransportContract {
    /** For a transport's own class. */
    protected ModeContract() {}

    /** Obeys {@code raw N}, {@code block N}, {@code close}, {@code pause}, {@code nothing}; writes down the rest. */
    private static class Obedient extends RecordingLines {
        /** How many raw bytes are left before lines go on. */
        private int rawLeft;

        @Override
        protected void lineReceived(String line) throws Exception {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "raw" -> raw(Integer.parseInt(words[1]));
                case "block" -> block(Integer.parseInt(words[1]));
                case "close" -> connection().close();
                case "pause" -> connection().pauseReading();
                case "nothing" -> {
                    block(0);
                    connection().pauseReading();
                }
                default -> super.lineReceived(line);
            }
        }

        void block(int length) {
            readBytes(length);
        }

        void raw(int count) {
            rawLeft = count;
            setRawMode();
        }

        @Override
        protected void rawReceived(ByteBuffer data) {
            int taken = Math.min(rawLeft, data.remaining());
            note("raw", data.slice(data.position(), taken));
            rawLeft -= taken;
            if (rawLeft == 0) {
                setLineMode(data.position(data.position() + taken));
            }
        }

        @Override
        protected void blockReceived(ByteBuffer block) {
            note("block", block);
        }

        void note(String kind, ByteBuffer bytes) {
            lines().add(kind + " " + (bytes.remaining() > 100 ? crc(bytes) : Bytes.text(bytes)));
        }
    }

    private static String crc(ByteBuffer bytes) {
        CRC32 sum = new CRC32();
        int length = bytes.remaining();
        sum.update(bytes);
        return length + " bytes " + Long.toHexString(sum.getValue());
    }

    @Test
    void d3_rawModeGetsTheRestOfTheChunkAtOnceAndLinesGoOnWithItsRest() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        server.accept().send("one\r\nraw 5\r\n\r\n\r\n!two\r\nraw 1\r\nxthree\r\n");
        assertThat(protocol.awaitLines(5)).containsExactly("one", "raw \r\n\r\n!", "two", "raw x", "three");
    }

    @Test
    void d3_rawModeGoesOnOverChunks() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        Peer peer = server.accept();
        for (byte b : "raw 3\r\nabcline\r\n".getBytes(UTF_8)) {
            peer.send(new byte[] {b});
        }
        protocol.lines().await("line");
        assertThat(String.join("", protocol.lines().events()).replace("raw ", ""))
                .isEqualTo("abcline");
    }

    @Test
    void d3_aBlockIsOneWhateverIsInItAndHoweverItWasCut() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        byte[] large = Bytes.pattern(300_000);
        Peer peer = server.accept().send("block 4\r\n\r\n\r\none\r\nblock 0\r\ntwo\r\nblock 300000\r\n");
        for (int from = 0; from < large.length; from += 60_000) {
            peer.send(java.util.Arrays.copyOfRange(large, from, from + 60_000));
        }
        peer.send("three\r\n");
        assertThat(protocol.awaitLines(6))
                .containsExactly(
                        "block \r\n\r\n", "one", "block ", "two", "block " + crc(ByteBuffer.wrap(large)), "three");
    }

    @Test
    void d3_aBlockOfNothingAtTheEndOfAChunkIsThereAtOnce() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        server.accept().send("block 0\r\n");
        assertThat(protocol.awaitLines(1)).containsExactly("block ");
    }

    @Test
    void d3_aBlockOfNothingComesWhenAPauseEndsThoughNothingArrives() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        server.accept().send("one\r\nnothing\r\n");
        protocol.awaitLines(1);
        settle(protocol);
        assertThat(protocol.lines().events()).containsExactly("one");
        protocol.opened().resumeReading();
        assertThat(protocol.awaitLines(2)).containsExactly("one", "block ");
    }

    @Test
    void d3_aBlockOfNothingThatATaskAsksForIsThereAtOnce() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        protocol.opened().execute(() -> protocol.block(0));
        assertThat(protocol.awaitLines(1)).containsExactly("block ");
        server.accept().send("line\r\n");
        assertThat(protocol.awaitLines(2)).endsWith("line");
    }

    @Test
    void d3_whatWasBegunBelongsToTheModeThatIsEnteredThen() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        Peer peer = server.accept().send("one\r\nbegun");
        protocol.awaitLines(1);
        protocol.opened().execute(() -> protocol.raw(5));
        assertThat(protocol.awaitLines(2)).containsExactly("one", "raw begun");
        peer.send("two\r\nblock 100\r\nshort");
        protocol.awaitLines(3);
        protocol.opened().execute(() -> protocol.raw(5));
        assertThat(protocol.awaitLines(4)).endsWith("two", "raw short");
    }

    @Test
    void d3_aBlockMayAskForTheNext() throws Exception {
        PeerServer server = server();
        Obedient protocol = new Obedient() {
            @Override
            void note(String kind, ByteBuffer bytes) {
                super.note(kind, bytes);
                if (lines().events().size() < 3) {
                    readBytes(2);
                }
            }
        };
        connect(server, protocol);
        Peer peer = server.accept().send("block 2\r\naabb");
        peer.send("ccline\r\n");
        assertThat(protocol.awaitLines(4)).containsExactly("block aa", "block bb", "block cc", "line");
    }

    @Test
    void d3_aPauseTakesEffectBeforeTheNextLine() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        Peer peer = server.accept().send("1\r\npause\r\n2\r\npause\r\n3\r\n");
        protocol.lines().await("1");
        settle(protocol);
        assertThat(protocol.lines().events()).containsExactly("1");
        protocol.opened().resumeReading();
        protocol.lines().await("2");
        settle(protocol);
        assertThat(protocol.lines().events()).containsExactly("1", "2");
        peer.send("4\r\n");
        settle(protocol);
        protocol.opened().resumeReading();
        assertThat(protocol.awaitLines(4)).containsExactly("1", "2", "3", "4");
    }

    private static void settle(RecordingLines protocol) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        protocol.opened().execute(done::countDown);
        Waiting.await(done);
    }

    @Test
    void d3_aCloseTakesEffectBeforeTheNextLine() throws Exception {
        PeerServer server = server();
        Obedient protocol = connect(server, new Obedient());
        Peer peer = server.accept().send("1\r\nclose\r\n2\r\n");
        assertThat(peer.readToEnd()).isEmpty();
        peer.close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedHere());
        assertThat(protocol.lines().events()).containsExactly("1");
    }

    /** Counts instead of writing down. */
    private static final class Alternating extends Obedient {
        private final CompletableFuture<Integer> changes = new CompletableFuture<>();
        private int count;

        @Override
        void note(String kind, ByteBuffer bytes) {
            count++;
        }

        @Override
        protected void lineReceived(String line) throws Exception {
            if (line.equals("end")) {
                changes.complete(count);
            } else {
                super.lineReceived(line);
            }
        }
    }

    @Test
    void d3_deepAlternationOfLinesAndRawDoesNotRecurse() throws Exception {
        assertThat(alternations("raw 1\r\nx")).isEqualTo(100_000);
    }

    @Test
    void d3_deepAlternationOfLinesAndBlocksDoesNotRecurse() throws Exception {
        assertThat(alternations("block 1\r\nx")).isEqualTo(100_000);
    }

    @Test
    void d3_deepAlternationOfLinesAndEmptyBlocksDoesNotRecurse() throws Exception {
        assertThat(alternations("block 0\r\n")).isEqualTo(100_000);
    }

    private int alternations(String one) throws Exception {
        PeerServer server = server();
        Alternating protocol = connect(server, new Alternating());
        server.accept().send(one.repeat(100_000) + "end\r\n");
        return Waiting.await(protocol.changes);
    }
}
