package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReceiveTest {
    @EveryTransport
    void linesArePrintedAsTheBytesTheyAreUntilThePeersEnd(String transport) throws Exception {
        try (SerialServer server = sending("one\r\nt\u00ffo\r\n\r\nlone\nfeed\r\nunfinished")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ProgramRun run = ProgramRun.withOutput(
                    InputStream.nullInputStream(), out, "receive", server.endpoint(), "--transport", transport);
            assertThat(run).isEqualTo(new ProgramRun(0, "", ""));
            assertThat(out.toString(ISO_8859_1)).isEqualTo("one\nt\u00ffo\n\nlone\nfeed\n");
        }
    }

    @EveryTransport
    void itEndsAfterTheLinesAskedForThoughTheServerGoesOn(String transport) throws Exception {
        try (SerialServer server = flooding()) {
            ProgramRun run = ProgramRun.of("receive", server.endpoint(), "--lines", "3", "--transport", transport);
            assertThat(run).isEqualTo(new ProgramRun(0, "flood\nflood\nflood\n", ""));
        }
    }

    @EveryTransport
    void aSlowStreamIsSeenLineByLine(String transport) throws Exception {
        LineWatcher out = new LineWatcher();
        try (SerialServer server = SerialServer.start(client -> {
            write(client, "first\r\nsec");
            out.firstLine.await();
            write(client, "ond\r\n");
            return "";
        })) {
            ProgramRun run = ProgramRun.withOutput(
                    InputStream.nullInputStream(), out, "receive", server.endpoint(), "--transport", transport);
            assertThat(run).isEqualTo(new ProgramRun(0, "", ""));
            assertThat(out).hasToString("first\nsecond\n");
        }
    }

    @EveryTransport
    void countingEndsWithOneLineWhateverTheLocale(String transport) throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try (SerialServer server = sending("0123456789\r\n".repeat(12_345))) {
            ProgramRun run = ProgramRun.of("receive", server.endpoint(), "--count", "--transport", transport);
            assertThat(run.exitCode()).isZero();
            assertThat(run.outLines())
                    .singleElement()
                    .asString()
                    .matches("lines=12345 bytes=123450 seconds=[0-9]+\\.[0-9]{3} lines/s=[0-9]+");
        } finally {
            Locale.setDefault(before);
        }
    }

    @EveryTransport
    void countingEndsAfterTheLinesAskedFor(String transport) throws Exception {
        try (SerialServer server = flooding()) {
            ProgramRun run =
                    ProgramRun.of("receive", server.endpoint(), "--count", "--lines", "1000", "--transport", transport);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("lines=1000 bytes=5000 ");
        }
    }

    @Test
    void nothingReceivedCountsAsNothing() throws Exception {
        try (SerialServer server = sending("")) {
            ProgramRun run = ProgramRun.of("receive", server.endpoint(), "--count");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("lines=0 bytes=0 ").endsWith(" lines/s=0\n");
        }
    }

    @EveryTransport
    void aBrokenConnectionIsAFailureAfterWhatWasReceived(String transport) throws Exception {
        LineWatcher out = new LineWatcher();
        try (SerialServer server = SerialServer.start(client -> {
            write(client, "line\r\n");
            out.firstLine.await();
            SerialServer.resetAtClose(client);
            return "";
        })) {
            ProgramRun run = ProgramRun.withOutput(
                    InputStream.nullInputStream(), out, "receive", server.endpoint(), "--transport", transport);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).singleElement().asString().contains("connection failed: ");
            assertThat(out).hasToString("line\n");
        }
    }

    @Test
    void d2_aLineBeyondTheLimitIsAFailureAfterTheLinesBeforeIt() throws Exception {
        try (SerialServer server = sending("short\r\n" + "x".repeat(11) + "\r\n")) {
            ProgramRun run = ProgramRun.of("receive", server.endpoint(), "--max-length", "10");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEqualTo("short\n");
            assertThat(run.errLines()).singleElement().asString().contains("more than 10 bytes");
        }
    }

    @EveryTransport
    void aReaderThatLeavesEndsItQuietly(String transport) throws Exception {
        try (SerialServer server = flooding()) {
            OutputStream gone = new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw new IOException("Broken pipe");
                }
            };
            ProgramRun run = ProgramRun.withOutput(
                    InputStream.nullInputStream(), gone, "receive", server.endpoint(), "--transport", transport);
            assertThat(run).isEqualTo(new ProgramRun(0, "", ""));
        }
    }

    /** Tells when the first line is out. */
    private static final class LineWatcher extends ByteArrayOutputStream {
        private final CountDownLatch firstLine = new CountDownLatch(1);

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (length > 0) {
                firstLine.countDown();
            }
        }
    }

    private static SerialServer sending(String text) throws IOException {
        return SerialServer.start(client -> {
            write(client, text);
            return "";
        });
    }

    /** Sends until the client is gone. */
    private static SerialServer flooding() throws IOException {
        byte[] lines = "flood\r\n".repeat(1000).getBytes(ISO_8859_1);
        return SerialServer.start(client -> {
            OutputStream output = client.getOutputStream();
            while (true) {
                output.write(lines);
            }
        });
    }
}
