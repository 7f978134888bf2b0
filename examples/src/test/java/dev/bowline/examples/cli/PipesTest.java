package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.server.LineServer;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program between other programs. */
class PipesTest {
    private static final String EXIT_CODES = "; echo \"${PIPESTATUS[@]}\"";

    @Test
    void headEndsReceiveQuietly() throws Exception {
        byte[] lines = "flood\r\n".repeat(1000).getBytes(ISO_8859_1);
        try (SerialServer server = SerialServer.start(client -> {
            OutputStream output = client.getOutputStream();
            while (true) {
                output.write(lines);
            }
        })) {
            Shell.Result result = Shell.run("bowline receive " + server.endpoint() + " | head -n 2" + EXIT_CODES);
            assertThat(result.outLines()).containsExactly("flood", "flood", "0 0");
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void headEndsConsoleQuietly() throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT)) {
            Shell.Result result = Shell.run("seq 200000 | bowline console 127.0.0.1:"
                    + server.address().getPort() + " | head -n 2" + EXIT_CODES);
            assertThat(result.outLines().subList(0, 2)).containsExactly("1", "2");
            assertThat(result.outLines().get(2)).matches("(0|141) 0 0"); // seq may have been done
            assertThat(result.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ping %s",
                "ping %s --json",
                "transports",
                "completion bash",
                "example",
                "example greeter %s",
                "--help",
                "--version"
            })
    void aReaderThatIsGoneIsNoFailure(String command) throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT)) {
            String complete =
                    command.replace("%s", "127.0.0.1:" + server.address().getPort());
            // A pipe whose reader has gone before anything is printed.
            Shell.Result result = Shell.run("pipe=$(mktemp -u); mkfifo \"$pipe\"; exec 3<>\"$pipe\" 4>\"$pipe\" 3<&-\n"
                    + "rm \"$pipe\"; bowline " + complete + " >&4; echo $?");
            assertThat(result.outLines()).containsExactly("0");
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void aPipeOfConsolesKeepsEveryLine() throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT)) {
            String console = " | bowline console 127.0.0.1:" + server.address().getPort();
            Shell.Result result = Shell.run("seq 50000" + console + console + " | cksum; seq 50000 | cksum");
            assertThat(result.outLines()).hasSize(2);
            assertThat(result.outLines().get(0)).isEqualTo(result.outLines().get(1));
            assertThat(result.err()).isEmpty();
        }
    }
}
