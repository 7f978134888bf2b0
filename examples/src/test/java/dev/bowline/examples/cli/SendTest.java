package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.server.LineServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendTest {
    private static final SerialServer.Script<String> SINK =
            client -> new String(client.getInputStream().readAllBytes(), ISO_8859_1);

    @EveryTransport
    void aHundredThousandLinesArriveInOrderAtAServerThatAnswersEach(String transport, @TempDir Path directory)
            throws Exception {
        int count = 100_000;
        String lines = IntStream.rangeClosed(1, count).mapToObj(i -> i + "\n").collect(Collectors.joining());
        Path file = Files.writeString(directory.resolve("lines"), lines);
        Path ledger = directory.resolve("ledger");
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT, ledger)) {
            String endpoint = "127.0.0.1:" + server.address().getPort();
            ProgramRun run = ProgramRun.of("send", endpoint, file.toString(), "--transport", transport);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEmpty();
            assertThat(run.errLines()).singleElement().asString().matches(summary(count, count, 0, 0));
        }
        assertThat(Files.readString(ledger))
                .isEqualTo(IntStream.rangeClosed(1, count)
                        .mapToObj(i -> "1 " + i + "\r\n")
                        .collect(Collectors.joining()));
    }

    @EveryTransport
    void linesEndInLfOrCrlfAndTheLastMayLackIt(String transport) throws Exception {
        try (SerialServer server = SerialServer.start(SINK)) {
            ProgramRun run = send("one\ntwo\r\n\n\r\nlast", server, "--transport", transport);
            assertThat(run.exitCode()).isZero();
            assertThat(run.lastErrLine()).matches(summary(5, 5, 0, 0));
            assertThat(server.result()).isEqualTo("one\r\ntwo\r\n\r\n\r\nlast\r\n");
        }
    }

    @Test
    void bytesThatAreNoTextGoOutAsTheyAre() throws Exception {
        try (SerialServer server = SerialServer.start(SINK)) {
            assertThat(send("\u00ff\u0000\u00c3\n", server).exitCode()).isZero();
            assertThat(server.result()).isEqualTo("\u00ff\u0000\u00c3\r\n");
        }
    }

    @Test
    void theDelimiterIsTheOneAskedFor() throws Exception {
        try (SerialServer server = SerialServer.start(SINK)) {
            assertThat(send("one\r\nt\rwo\n", server, "--delimiter", "nul").exitCode())
                    .isZero();
            assertThat(server.result()).isEqualTo("one\0t\rwo\0");
        }
    }

    @Test
    void d4_refusedLinesAreToldWithTheirNumberAndTheOthersAreSent() throws Exception {
        try (SerialServer server = SerialServer.start(SINK)) {
            ProgramRun run = send("good\nb\rad\nfine\n" + "x".repeat(100_000) + "\nend", server, "--max-length", "99");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(3);
            assertThat(run.errLines().get(0))
                    .startsWith("bowline: line 2 is refused: ")
                    .contains("carriage return");
            assertThat(run.errLines().get(1))
                    .startsWith("bowline: line 4 is refused: ")
                    .contains("99 bytes");
            assertThat(run.lastErrLine()).matches(summary(3, 3, 2, 0));
            assertThat(server.result()).isEqualTo("good\r\nfine\r\nend\r\n");
        }
    }

    @Test
    void ofManyRefusedLinesOnlyTheFirstAreTold() throws Exception {
        try (SerialServer server = SerialServer.start(SINK)) {
            ProgramRun run = send("\r \n".repeat(1000), server);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(11);
            assertThat(run.errLines().get(9))
                    .startsWith("bowline: line 10 ")
                    .endsWith("; further ones are only counted");
            assertThat(run.lastErrLine()).matches(summary(0, 0, 1000, 0));
        }
    }

    @Test
    void aLineThatNoQueueCanHoldIsRefused() throws Exception {
        try (SerialServer server = SerialServer.start(SINK)) {
            ProgramRun run = send("x".repeat(20 << 20) + "\nend\n", server, "--max-length", "1000000000");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines().get(0))
                    .isEqualTo("bowline: line 1 is refused: a queue of 16777216 bytes can't hold it");
            assertThat(run.lastErrLine()).matches(summary(1, 1, 1, 0));
            assertThat(server.result()).isEqualTo("end\r\n");
        }
    }

    @EveryTransport
    void everyLineReadIsAccountedForWhenTheServerGoesAway(String transport) throws Exception {
        try (SerialServer server = SerialServer.start(client -> {
            SerialServer.resetAtClose(client);
            return client.getInputStream().readNBytes(1_000_000).length;
        })) {
            ProgramRun run = ProgramRun.withInput(
                    endless("0123456789\n"), "send", server.endpoint(), "--transport", transport, "--attempts", "1");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(2);
            long read = Long.parseLong(
                    run.errLines().get(0).replaceFirst(".*; the last line read is line ([0-9]+).*", "$1"));
            long sent = count("sent", run);
            assertThat(sent).isEqualTo(read).isGreaterThan(1_000_000 / 12);
            assertThat(sent).isEqualTo(count("delivered", run) + count("undelivered", run));
        }
    }

    @Test
    void anInputThatFailsIsSentAsFarAsItWasRead() throws Exception {
        try (SerialServer server = SerialServer.start(SINK)) {
            ProgramRun run = ProgramRun.withInput(breaking("one\ntwo\nhal"), "send", server.endpoint());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines().get(0))
                    .isEqualTo("bowline: the input can't be read any further: tape torn; the last line read is line 2");
            assertThat(run.lastErrLine()).matches(summary(2, 2, 0, 0));
            assertThat(server.result()).isEqualTo("one\r\ntwo\r\n");
        }
    }

    private static ProgramRun send(String input, SerialServer server, String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "send";
        arguments[1] = server.endpoint();
        arguments[2] = "-";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return ProgramRun.withInput(input.getBytes(ISO_8859_1), arguments);
    }

    private static String summary(int sent, int delivered, int refused, int undelivered) {
        return "sent=" + sent + " delivered=" + delivered + " resent=0 dropped=0 refused=" + refused
                + " uncertain=0 undelivered=" + undelivered + " reconnects=0 seconds=[0-9]+\\.[0-9]{3}";
    }

    private static long count(String name, ProgramRun run) {
        return Long.parseLong(run.lastErrLine().replaceFirst("(.* |^)" + name + "=([0-9]+) .*", "$2"));
    }

    private static InputStream endless(String line) {
        byte[] block = line.repeat(1000).getBytes(ISO_8859_1);
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                at = (at + 1) % block.length;
                return block[at];
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int taken = Math.min(length, block.length);
                System.arraycopy(block, 0, bytes, offset, taken);
                return taken - taken % line.length();
            }
        };
    }

    private static InputStream breaking(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == bytes.length) {
                    throw new IOException("tape torn");
                }
                return bytes[at++];
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
    }
}
