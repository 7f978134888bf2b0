package dev.bowline.integration.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemcachedClientIT {
    private ServerProcess server;

    @BeforeEach
    void startTheServer() throws Exception {
        server = RealServers.shared(RealServer.MEMCACHED);
    }

    private ExampleRun run(String... words) {
        List<String> all = new ArrayList<>(List.of("memcached", server.endpoint()));
        all.addAll(List.of(words));
        return ExampleRun.of(all);
    }

    @Test
    void whatThePageShowsIsWhatComesOut() throws Exception {
        DocumentedRun.of("memcached").comesTrue(Map.of("127.0.0.1:11211", server.endpoint()));
    }

    @Test
    void whatWasSetIsReadBackBySomebodyElse() throws Exception {
        assertThat(run("bend=carrick", "grüße=ü")).isEqualTo(ExampleRun.good("bend: stored", "grüße: stored"));
        try (PlainConnection other = new PlainConnection(server)) {
            other.send("get bend", "get grüße");
            assertThat(other.read(6))
                    .containsExactly("VALUE bend 0 7", "carrick", "END", "VALUE grüße 0 2", "ü", "END");
        }
    }

    @Test
    void whatSomebodyElseSetIsRead() throws Exception {
        try (PlainConnection other = new PlainConnection(server)) {
            other.send("set hitch 7 0 5", "clove");
            assertThat(other.read(1)).containsExactly("STORED");
        }
        assertThat(run("hitch")).isEqualTo(ExampleRun.good("hitch: clove"));
    }

    @Test
    void aValueIsBytesWhateverIsInIt() {
        String value = "a\r\nEND\r\nVALUE x 0 1\r\n";
        assertThat(run("tricky=" + value, "tricky", "empty=", "empty", "equals=a=b", "equals"))
                .isEqualTo(ExampleRun.good(
                        "tricky: stored",
                        "tricky: " + value,
                        "empty: stored",
                        "empty: ",
                        "equals: stored",
                        "equals: a=b"));
    }

    @Test
    void manyThousandRequestsAreEachAnsweredTheirOwn() {
        List<String> words = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            words.add("many" + i + "=value " + i);
            lines.add("many" + i + ": stored");
            words.add("many" + i);
            lines.add("many" + i + ": value " + i);
        }
        assertThat(run(words.toArray(new String[0]))).isEqualTo(ExampleRun.good(lines.toArray(new String[0])));
    }

    @Test
    void whatMemcachedRefusesIsASentenceAndTheOthersGoOn() {
        ExampleRun run = run("before=1", "big=" + "x".repeat(2 * 1024 * 1024), "after=2", "after");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("before: stored\nafter: stored\nafter: 2\n");
        assertThat(run.err())
                .startsWith("bowline: memcached refuses 'big': SERVER_ERROR object too large")
                .hasLineCount(1);
    }

    @Test
    void theLongestValueAndTheLongestKeyAreTaken() {
        String key = "k".repeat(250);
        String value = "v".repeat(1024 * 1024 - 1024);
        assertThat(run(key + "=" + value, key)).isEqualTo(ExampleRun.good(key + ": stored", key + ": " + value));
    }
}
