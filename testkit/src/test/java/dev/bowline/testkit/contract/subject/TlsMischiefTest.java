package dev.bowline.testkit.contract.subject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.testkit.contract.support.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wire does on purpose that a server should not, or seldom does. */
class TlsMischiefTest {
    private TlsFixture fixture;
    private SSLSocket client;
    private TlsWire peer;

    private void connect(String protocol) throws Exception {
        fixture = new TlsFixture(protocol);
        client = fixture.secure(fixture.connect());
        peer = fixture.accept();
    }

    private void greet() throws Exception {
        Future<TlsWire> shaking = Waiting.aside(peer::handshake);
        client.startHandshake();
        Waiting.await(shaking);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private void write(String text) throws IOException {
        peer.output().write(text.getBytes(UTF_8));
    }

    private String read(int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void itCutsEvenTheHandshakeIntoSingleBytes(String protocol) throws Exception {
        connect(protocol);
        peer.cut(1);
        greet();
        write("in pieces");
        assertThat(read(9)).isEqualTo("in pieces");
    }

    /** A wire whose writes are counted, and go nowhere. */
    private static final class Tape extends OutputStream {
        final List<Integer> sizes = new ArrayList<>();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int count) {
            sizes.add(count);
            bytes.write(from, at, count);
        }
    }

    private RecordWriter writerTo(Tape tape) throws Exception {
        connect("TLSv1.3");
        return new RecordWriter(SSLContext.getDefault().createSSLEngine(), tape);
    }

    @Test
    void whatIsCutLeavesInWritesOfThatSizeAndInOrder() throws Exception {
        Tape tape = new Tape();
        RecordWriter writer = writerTo(tape);
        writer.cut(3);
        writer.writeRaw("abcdefgh".getBytes(UTF_8));
        writer.cut(0);
        writer.writeRaw("ijkl".getBytes(UTF_8));
        assertThat(tape.sizes).containsExactly(3, 3, 2, 4);
        assertThat(tape.bytes.toString(UTF_8)).isEqualTo("abcdefghijkl");
    }

    @Test
    void whatIsHeldLeavesInOneWriteWhenItIsReleased() throws Exception {
        Tape tape = new Tape();
        RecordWriter writer = writerTo(tape);
        writer.hold();
        writer.writeRaw("abc".getBytes(UTF_8));
        writer.writeRaw("def".getBytes(UTF_8));
        assertThat(tape.sizes).isEmpty();
        writer.release();
        writer.writeRaw("g".getBytes(UTF_8));
        assertThat(tape.sizes).containsExactly(6, 1);
        assertThat(tape.bytes.toString(UTF_8)).isEqualTo("abcdefg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void heldRecordsArriveWithTheCloseNotifyBehindThem(String protocol) throws Exception {
        connect(protocol);
        greet();
        peer.hold();
        write("one ");
        write("two");
        peer.closeNotify();
        peer.release();
        assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("one two");
    }

    @Test
    void newKeysAreAskedForAndAnsweredInTheMiddleOfTraffic() throws Exception {
        connect("TLSv1.3");
        greet();
        Future<byte[]> reading = Waiting.aside(() -> peer.input().readNBytes(50_000));
        Future<byte[]> clientsReading =
                Waiting.aside(() -> client.getInputStream().readNBytes(10));
        for (int i = 0; i < 5; i++) {
            client.getOutputStream().write(new byte[5_000]);
            write("x");
            peer.updateKeys();
            client.getOutputStream().write(new byte[5_000]);
            write("y");
        }
        assertThat(Waiting.await(reading)).hasSize(50_000);
        assertThat(Waiting.await(clientsReading)).asString(UTF_8).isEqualTo("xyxyxyxyxy");
    }

    @Test
    void olderVersionsHaveNoKeyUpdate() throws Exception {
        connect("TLSv1.2");
        greet();
        assertThatIllegalStateException().isThrownBy(peer::updateKeys).withMessage("TLSv1.2 has no KeyUpdate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aFailureIsAnAlertToTheClientAndTheEndForThePeer(String protocol) throws Exception {
        connect(protocol);
        greet();
        write("before");
        peer.fail();
        assertThat(read(6)).isEqualTo("before");
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> client.getInputStream().read())
                .withMessageContaining("bad_record_mac");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> write("after"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> peer.input().read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bytesAmongRecordsThatAreNoneAreAnErrorToTheClient(String protocol) throws Exception {
        connect(protocol);
        greet();
        write("good");
        peer.writeBeneath(new byte[] {23, 3, 3, 0, 4, 'j', 'u', 'n', 'k'});
        assertThat(read(4)).isEqualTo("good");
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> client.getInputStream().read());
    }
}
