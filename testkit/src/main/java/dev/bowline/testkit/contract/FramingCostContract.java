package dev.bowline.testkit.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.framing.Decoder;
import dev.bowline.framing.FramedProtocol;
import dev.bowline.framing.Framing;
import dev.bowline.framing.MalformedFrameException;
import dev.bowline.testkit.contract.support.EventLog;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often the decoder sees a byte (D6), counted by a framing of the test's own. What the decoder itself does with it is
 * counted in core's tests.
 */
public abstract class FramingCostContract extends TransportContract {
    /** For a transport's own class. */
    protected FramingCostContract() {}

    /** Lines that count what their decoder takes in, all connections together. */
    private static final class CountingFraming implements Framing {
        private final Framing lines = Framing.delimited("\r\n".getBytes(US_ASCII), 1 << 20);
        private final Object lock = new Object();

        /** Guarded by lock, as is the other. */
        private long taken;

        private long calls;

        @Override
        public Decoder newDecoder() {
            Decoder decoder = lines.newDecoder();
            return new Decoder() {
                @Override
                public Step decode(ByteBuffer data) throws MalformedFrameException {
                    int before = data.remaining();
                    Step step = decoder.decode(data);
                    count(before - data.remaining());
                    return step;
                }

                @Override
                public ByteBuffer frame() {
                    return decoder.frame();
                }

                @Override
                public ByteBuffer release() {
                    return decoder.release();
                }
            };
        }

        private void count(int bytes) {
            synchronized (lock) {
                taken += bytes;
                calls++;
                lock.notifyAll();
            }
        }

        void awaitTaken(long bytes) {
            Waiting.until(lock, () -> taken >= bytes, () -> bytes + " bytes taken, but " + taken);
        }

        void assertTakenOnce(long bytes) {
            synchronized (lock) {
                assertThat(taken).as("bytes taken by the decoder").isEqualTo(bytes);
                assertThat(calls).as("calls of the decoder").isLessThanOrEqualTo(bytes);
            }
        }

        @Override
        public int maxLength() {
            return lines.maxLength();
        }

        @Override
        public int encodedLength(int frameLength) {
            return lines.encodedLength(frameLength);
        }

        @Override
        public void encode(ByteBuffer frame, ByteBuffer target) {
            lines.encode(frame, target);
        }
    }

    private static class CountedLines extends FramedProtocol {
        private final CountingFraming framing;
        private final EventLog lines = new EventLog();

        CountedLines(CountingFraming framing) {
            this.framing = framing;
        }

        @Override
        protected Framing framing() {
            return framing;
        }

        @Override
        protected void frameReceived(ByteBuffer frame) throws Exception {
            lines.add(US_ASCII.decode(frame).toString());
        }

        final EventLog lines() {
            return lines;
        }
    }

    /** Pauses after every line, and goes on a task later. */
    private static final class PausingLines extends CountedLines {
        PausingLines(CountingFraming framing) {
            super(framing);
        }

        @Override
        protected void frameReceived(ByteBuffer frame) throws Exception {
            super.frameReceived(frame);
            connection().pauseReading();
            connection().execute(() -> connection().resumeReading());
        }
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(n -> n + "x".repeat(n % 50)).toList();
    }

    private static byte[] wire(List<String> lines) {
        return lines.stream()
                .map(line -> line + "\r\n")
                .collect(Collectors.joining())
                .getBytes(US_ASCII);
    }

    private Peer accept(CountedLines protocol) throws Exception {
        PeerServer server = server();
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        return server.accept();
    }

    /** The peer waits for each byte to be taken before it sends the next: no two can meet on the way. */
    private static void sendOneByOne(Peer peer, byte[] wire, CountingFraming framing) {
        for (int i = 0; i < wire.length; i++) {
            peer.send(new byte[] {wire[i]});
            framing.awaitTaken(i + 1L);
        }
    }

    @Test
    void d6_aByteThatComesAloneIsDecodedOnce() throws Exception {
        CountingFraming framing = new CountingFraming();
        CountedLines protocol = new CountedLines(framing);
        byte[] wire = wire(numbered(100));
        sendOneByOne(accept(protocol), wire, framing);
        assertThat(protocol.lines().awaitSize(100)).isEqualTo(numbered(100));
        framing.assertTakenOnce(wire.length);
    }

    @Test
    void d6_aLongLineWhoseBytesComeAloneIsDecodedOnce() throws Exception {
        CountingFraming framing = new CountingFraming();
        CountedLines protocol = new CountedLines(framing);
        List<String> line = List.of("x".repeat(5_000));
        sendOneByOne(accept(protocol), wire(line), framing);
        assertThat(protocol.lines().awaitSize(1)).isEqualTo(line);
        framing.assertTakenOnce(wire(line).length);
    }

    @Test
    void d6_whatAPauseHoldsBackIsDecodedOnce() throws Exception {
        CountingFraming framing = new CountingFraming();
        CountedLines protocol = new PausingLines(framing);
        byte[] wire = wire(numbered(2_000));
        accept(protocol).send(wire);
        assertThat(protocol.lines().awaitSize(2_000)).isEqualTo(numbered(2_000));
        framing.assertTakenOnce(wire.length);
    }

    @Test
    void d6_bytesThatComeAloneAmongPausesAreDecodedOnce() throws Exception {
        CountingFraming framing = new CountingFraming();
        CountedLines protocol = new PausingLines(framing);
        byte[] wire = wire(numbered(100));
        Peer peer = accept(protocol);
        for (byte b : wire) {
            peer.send(new byte[] {b});
        }
        assertThat(protocol.lines().awaitSize(100)).isEqualTo(numbered(100));
        framing.assertTakenOnce(wire.length);
    }
}
