package dev.bowline.integration.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisClientIT {
    private ServerProcess server;

    @BeforeEach
    void startTheServer() throws Exception {
        server = RealServers.shared(RealServer.REDIS);
    }

    private ExampleRun run(String... commands) {
        List<String> all = new ArrayList<>(List.of("redis", server.endpoint()));
        all.addAll(List.of(commands));
        return ExampleRun.of(all);
    }

    @Test
    void whatThePageShowsIsWhatComesOut() throws Exception {
        DocumentedRun.of("redis").comesTrue(Map.of("127.0.0.1:6379", server.endpoint()));
    }

    @Test
    void whatWasSetIsReadBackBySomebodyElse() throws Exception {
        assertThat(run("SET bend \"carrick bend\"", "APPEND bend ü")).isEqualTo(ExampleRun.good("OK", "14"));
        try (PlainConnection other = new PlainConnection(server)) {
            other.send("GET bend");
            assertThat(other.read(2)).containsExactly("$14", "carrick bendü");
        }
    }

    @Test
    void everyKindOfReplyIsRead() {
        assertThat(run(
                        "SET kinds \"two\\r\\nlines\"",
                        "GET kinds",
                        "GET nobody",
                        "SET none \"\"",
                        "GET none",
                        "MGET kinds nobody",
                        "LRANGE nobody 0 -1",
                        "BLPOP nobody 0.01",
                        "PING"))
                .isEqualTo(ExampleRun.good(
                        "OK", "two\r\nlines", "(nil)", "OK", "", "two\r\nlines", "(nil)", "(nil)", "PONG"));
    }

    @Test
    void arraysWithinArraysAreReadToTheirEnd() {
        assertThat(run("EVAL \"return {1, {2, {}, {'three', {4}}}, {}}\" 0", "ECHO behind"))
                .isEqualTo(ExampleRun.good("1", "2", "three", "4", "behind"));
    }

    @Test
    void anErrorWithinAReplyIsAValueAndOneThatIsTheReplyAFailure() {
        ExampleRun run = run("SET text abc", "MULTI", "INCR text", "INCR counted", "EXEC", "KNOT", "ECHO behind");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "OK",
                        "OK",
                        "QUEUED",
                        "QUEUED",
                        "(error) ERR value is not an integer or out of range",
                        "1",
                        "behind");
        assertThat(run.err()).startsWith("bowline: KNOT: ERR unknown command").hasLineCount(1);
    }

    @Test
    void aReplyMayBeLargeAndARequestOneOfThousands() {
        List<String> commands = new ArrayList<>(List.of("SETRANGE large 999999 x", "STRLEN large", "DEL many"));
        List<String> lines = new ArrayList<>(List.of("1000000", "1000000", "0"));
        for (int i = 1; i <= 3000; i++) {
            commands.add("INCR many");
            lines.add("" + i);
        }
        commands.add("GET large");
        lines.add("\0".repeat(999_999) + "x");
        assertThat(run(commands.toArray(new String[0]))).isEqualTo(ExampleRun.good(lines.toArray(new String[0])));
    }
}
