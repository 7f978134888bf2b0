package dev.bowline.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.testkit.ScriptedServer;
import dev.bowline.testkit.ServerScript;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the guide to requests, streams and scripts, compiled as they stand there and run against a server. */
class GuideIT {
    private static final String PAGE = "docs/guide-requests.md";

    @TempDir
    private Path directory;

    private String run(int program, ServerScript script) throws Exception {
        try (ScriptedServer server = script.open()) {
            String output = DocumentedProgram.allOf(PAGE)
                    .get(program)
                    .run(
                            directory,
                            server.port(),
                            "dev.bowline.*",
                            "dev.bowline.line.*",
                            "java.io.IOException",
                            "java.time.Duration",
                            "java.util.*",
                            "java.util.concurrent.*");
            server.verify();
            return output;
        }
    }

    @Test
    void thePop3ClientListsItsMessages() throws Exception {
        String output = run(
                0,
                ScriptedServer.script()
                        .answerLine("+OK ready")
                        .expectLine("USER me")
                        .answerLine("+OK")
                        .expectLine("PASS secret")
                        .answerLine("+OK")
                        .expectLine("LIST")
                        .answerLine("+OK two")
                        .answerLine("1 120")
                        .answerLine("..2")
                        .answerLine(".")
                        .expectEnd()
                        .close());
        assertThat(output).isEqualTo("1 120\n.2\n");
    }

    @Test
    void theSubscriberPrintsToTheEnd() throws Exception {
        String output = run(
                1,
                ScriptedServer.script()
                        .expectLine("hello")
                        .answerLine("a")
                        .answerLine("b")
                        .close());
        assertThat(output).isEqualTo("got a\ngot b\nover\n");
    }

    @Test
    void theScriptSaysGoodbye() throws Exception {
        String output = run(
                2,
                ScriptedServer.script()
                        .answerLine("+OK ready")
                        .expectLine("QUIT")
                        .answerLine("+OK bye")
                        .close());
        assertThat(output).isEqualTo("+OK ready\n+OK bye\n");
    }
}
