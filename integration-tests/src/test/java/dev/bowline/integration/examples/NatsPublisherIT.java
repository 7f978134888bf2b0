package dev.bowline.integration.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsPublisherIT {
    private ServerProcess server;

    @BeforeEach
    void startTheServer() throws Exception {
        server = RealServers.shared(RealServer.NATS);
    }

    private static PlainConnection subscriber(ServerProcess server, String subject) throws Exception {
        PlainConnection subscriber = new PlainConnection(server);
        subscriber.readTo("INFO ");
        subscriber.send("CONNECT {\"verbose\":false}", "SUB " + subject + " 1", "PING");
        subscriber.readTo("PONG");
        return subscriber;
    }

    @Test
    void whatThePageShowsIsWhatComesOut() throws Exception {
        DocumentedRun.of("nats").comesTrue(Map.of("127.0.0.1:4222", server.endpoint()));
    }

    @Test
    void aSubscriberGetsEachPayloadAsItIs() throws Exception {
        try (PlainConnection subscriber = subscriber(server, "knots.*")) {
            assertThat(ExampleRun.of(
                            "nats", server.endpoint(), "knots.tied", "bowline", "", "two\r\nPING\r\nlines", "grüße"))
                    .isEqualTo(ExampleRun.good("published 4 messages"));
            assertThat(subscriber.read(2)).containsExactly("MSG knots.tied 1 7", "bowline");
            assertThat(subscriber.read(2)).containsExactly("MSG knots.tied 1 0", "");
            assertThat(subscriber.read(1)).containsExactly("MSG knots.tied 1 16");
            assertThat(subscriber.readTo("lines")).isEqualTo("lines");
            assertThat(subscriber.read(2)).containsExactly("MSG knots.tied 1 7", "grüße");
        }
    }

    @Test
    void thousandsOfMessagesArriveInOrder() throws Exception {
        List<String> words = new ArrayList<>(List.of("nats", server.endpoint(), "many"));
        List<String> received = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String payload = "payload " + i;
            words.add(payload);
            received.add("MSG many 1 " + payload.length());
            received.add(payload);
        }
        try (PlainConnection subscriber = subscriber(server, "many")) {
            assertThat(ExampleRun.of(words)).isEqualTo(ExampleRun.good("published 5000 messages"));
            assertThat(subscriber.read(10_000)).isEqualTo(received);
        }
    }

    @Test
    void whoIsNotWelcomeIsToldSo() throws Exception {
        try (ServerProcess locked = RealServers.start(RealServer.NATS, "--auth", "secret")) {
            assertThat(ExampleRun.of("nats", locked.endpoint(), "knots", "bowline"))
                    .isEqualTo(
                            ExampleRun.failed(
                                    locked.endpoint()
                                            + ": the protocol failed: NATS says -ERR 'Authorization Violation'; 2 messages undelivered"));
        }
    }

    @Test
    void aPayloadThatIsTooLargeIsAFailure() {
        ExampleRun run = ExampleRun.of("nats", server.endpoint(), "large", "x".repeat(2 * 1024 * 1024));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("bowline: ").hasLineCount(1);
    }
}
