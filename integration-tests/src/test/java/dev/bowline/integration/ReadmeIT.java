package dev.bowline.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.server.LineServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that README shows, compiled as it stands there and run against a server. */
class ReadmeIT {
    @Test
    void theFifteenLinesCompileAndDoWhatTheySay(@TempDir Path directory) throws Exception {
        DocumentedProgram first = DocumentedProgram.allOf("README.md").get(0);
        try (LineServer server = LineServer.start(new InetSocketAddress("127.0.0.1", 0))) {
            String output = first.run(
                    directory,
                    server.address().getPort(),
                    "dev.bowline.line.LineClient",
                    "dev.bowline.line.LineProtocol",
                    "java.time.Duration");
            assertThat(output).isEqualTo("got A new connection has been made!\ngot hello\n");
        }
    }
}
