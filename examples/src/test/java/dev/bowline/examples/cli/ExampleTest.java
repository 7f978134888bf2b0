package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.clients.Greeter;
import dev.bowline.examples.server.LineServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How examples are run; what they do, the integration tests try on real servers. */
class ExampleTest {
    private static final String NOWHERE = "127.0.0.1:1";

    @TempDir
    private Path directory;

    /** What each can work with, at this server. */
    private ProgramRun run(ExampleClient client, String endpoint) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "Subject: knots\n\nover, under\n");
        String[] arguments = switch (client) {
            case GREETER -> new String[] {"hello"};
            case MEMCACHED -> new String[] {"colour=blue", "colour"};
            case REDIS -> new String[] {"SET colour blue", "GET colour"};
            case IRC -> new String[] {"bowline", "#knots", "hello"};
            case MAIL -> new String[] {"me@mail.example", "you@mail.example", file.toString()};
            case LOGS -> new String[] {file.toString(), "1"};
            case NATS -> new String[] {"knots.tied", "bowline"};
        };
        return ProgramRun.of(Stream.concat(Stream.of("example", Words.word(client), endpoint), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void withoutANameAllAreListedWithWhatTheyAreGiven() {
        ProgramRun list = ProgramRun.of("example");
        assertThat(list.exitCode()).isZero();
        assertThat(list.err()).isEmpty();
        assertThat(list.outLines())
                .hasSize(2 * ExampleClient.values().length)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        for (ExampleClient each : ExampleClient.values()) {
            assertThat(list.out()).contains(Words.word(each) + " ENDPOINT ");
        }
    }

    @Test
    void aNameThatIsNoneGetsOneSentence() {
        assertRefused(ProgramRun.of("example", "gopher"), "'gopher' is none of greeter, memcached, redis, irc");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsGivenNothingSaysWhatItWants(ExampleClient client) {
        assertRefused(ProgramRun.of("example", Words.word(client)), "give a server");
    }

    @ParameterizedTest
    @EnumSource
    void anEndpointThatCannotBeReadGetsOneSentence(ExampleClient client) throws Exception {
        assertRefused(run(client, "localhost"), "the port is missing");
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsNotThereGetsOneSentence(ExampleClient client) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String endpoint = "127.0.0.1:" + socket.getLocalPort();
            socket.close();
            assertFailed(run(client, endpoint), "connection refused by " + endpoint);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatLeavesAtOnceGetsOneSentence(ExampleClient client) throws Exception {
        try (SerialServer server = SerialServer.start(Socket::getPort)) {
            assertFailed(run(client, server.endpoint()), "");
        }
    }

    static Stream<Arguments> whatIsRefused() {
        return Stream.of(
                refused("a line feed at byte offset 3", "greeter", NOWHERE, "two\nlines"),
                refused("a carriage return at byte offset 5", "redis", NOWHERE, "GET x\rGET y"),
                refused("a command is empty", "redis", NOWHERE, " "),
                refused("'a key' is no key", "memcached", NOWHERE, "a key=1"),
                refused("is no key", "memcached", NOWHERE, "key\r\nset x=1"),
                refused("'' is no key", "memcached", NOWHERE, "=1"),
                refused("is no key", "memcached", NOWHERE, "ü".repeat(126)),
                refused("'bow line' in '#knots'", "irc", NOWHERE, "bow line", "#knots", "hello"),
                refused("'bowline' in 'knots'", "irc", NOWHERE, "bowline", "knots", "hello"),
                refused("'bowline' in '#a,#b'", "irc", NOWHERE, "bowline", "#a,#b", "hello"),
                refused("a line feed at byte offset", "irc", NOWHERE, "bowline", "#knots", "one\nQUIT"),
                refused("where 510 are allowed", "irc", NOWHERE, "bowline", "#knots", "x".repeat(500)),
                refused("'two words' is no subject", "nats", NOWHERE, "two words", "bowline"),
                refused("is no subject", "nats", NOWHERE, "x 0\r\nPUB y", "bowline"),
                refused("'me' is no mail address", "mail", NOWHERE, "me", "you@b.example", "f"),
                refused("is no mail address", "mail", NOWHERE, "me@a.example", "y@b>\r\nRCPT TO:<z@c", "f"),
                refused("is no mail address", "mail", NOWHERE, "me@a.example", "y@b.example> SIZE=1", "f"),
                refused("is no mail address", "mail", NOWHERE, "me@a.example\r\nDATA", "y@b.example", "f"),
                refused("after how many attempts", "logs", NOWHERE, "f", "never"));
    }

    private static Arguments refused(String problem, String... words) {
        return Arguments.of(problem, List.of(words));
    }

    @ParameterizedTest
    @MethodSource("whatIsRefused")
    void whatCouldBeTakenForSomethingElseIsRefusedBeforeAnythingIsConnected(String problem, List<String> words) {
        assertRefused(
                ProgramRun.of(
                        Stream.concat(Stream.of("example"), words.stream()).toArray(String[]::new)),
                problem);
    }

    @Test
    void aMailWithALineThatIsTooLongIsRefusedBeforeAnythingIsConnected() throws Exception {
        Path mail = Files.writeString(directory.resolve("mail"), "fine\n" + "x".repeat(999) + "\n");
        assertRefused(
                ProgramRun.of("example", "mail", NOWHERE, "me@mail.example", "you@mail.example", mail.toString()),
                "is too much from line 2 on");
    }

    @Test
    void aFileThatIsNotThereIsAFailure() {
        String missing = directory.resolve("missing").toString();
        assertFailed(ProgramRun.of("example", "logs", NOWHERE, missing, "1"), missing + " (No such file");
        assertFailed(
                ProgramRun.of("example", "mail", NOWHERE, "me@mail.example", "you@mail.example", missing),
                missing + " (No such file");
    }

    @Test
    void whatItPrintsIsUtf8AndItsOutputIsGivenBack() throws Exception {
        PrintStream before = System.out;
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT)) {
            String endpoint = "127.0.0.1:" + server.address().getPort();
            assertThat(ProgramRun.of("example", "greeter", endpoint, "grüße", "--", "-m"))
                    .isEqualTo(new ProgramRun(0, Greeter.GREETING + "\ngrüße\n-m\n", ""));
        }
        assertThat(System.out).isSameAs(before);
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, 0", "No space left on device, 1"})
    void anOutputThatFailsIsNoticedButNotThatItsReaderHasLeft(String failure, int exitCode) throws Exception {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(failure);
            }
        };
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT)) {
            String endpoint = "127.0.0.1:" + server.address().getPort();
            ProgramRun run =
                    ProgramRun.withOutput(InputStream.nullInputStream(), failing, "example", "greeter", endpoint);
            assertThat(run.exitCode()).isEqualTo(exitCode);
            assertThat(run.err().contains(failure)).isEqualTo(exitCode == 1);
        }
    }

    private static void assertRefused(ProgramRun run, String problem) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("bowline: ")
                .contains(problem)
                .endsWith(" (see 'bowline example --help')");
    }

    private static void assertFailed(ProgramRun run, String problem) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("bowline: ")
                .contains(problem);
    }
}
