package dev.bowline.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.WhenFull;
import dev.bowline.testkit.MemoryPeer;
import dev.bowline.testkit.MemoryServer;
import dev.bowline.testkit.MemoryTransport;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static class Confirming extends LineProtocol {
        @Override
        protected void lineReceived(String line) {
            if (line.equals("go")) {
                ready();
            } else {
                confirm(1);
            }
        }
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private double gauge(String name) {
        return registry.get(name).tag("server", "one").gauge().value();
    }

    @Test
    void f7_whatTheClientCountsIsInTheRegistry() throws Exception {
        try (MemoryTransport memory = MemoryTransport.open()) {
            MemoryServer server = memory.listen("metrics.example:1");
            LineClient client = LineClient.builder(server.endpoint(), Confirming::new)
                    .transport(memory.transport())
                    .reconnect(Reconnect.fixed(Duration.ofSeconds(1)))
                    .queue(MemoryQueue.builder()
                            .maxMessages(2)
                            .whenFull(WhenFull.DROP_OLDEST)
                            .build())
                    .open();
            new ClientMetrics(client, Tags.of("server", "one")).bindTo(registry);
            client.send("a");
            client.send("b");
            client.send("c");
            assertThat(counter("bowline.messages", "outcome", "dropped")).isEqualTo(1);
            assertThat(gauge("bowline.queue.messages")).isEqualTo(2);
            assertThat(gauge("bowline.queue.bytes")).isPositive();
            assertThat(gauge("bowline.ready")).isZero();

            memory.run();
            MemoryPeer peer = server.accept();
            peer.send("go\r\n");
            memory.run();
            peer.send("ok\r\n");
            memory.run();
            assertThat(gauge("bowline.ready")).isEqualTo(1);
            assertThat(counter("bowline.messages", "outcome", "delivered", "server", "one"))
                    .isEqualTo(2);
            assertThat(counter("bowline.messages", "outcome", "uncertain")).isZero();
            assertThat(counter("bowline.messages.handed.over")).isEqualTo(2);
            assertThat(counter("bowline.messages.confirmed")).isEqualTo(1);
            assertThat(counter("bowline.messages.resent")).isZero();
            assertThat(gauge("bowline.queue.messages")).isZero();

            peer.reset();
            memory.run();
            assertThat(counter("bowline.losses")).isEqualTo(1);
            assertThat(gauge("bowline.ready")).isZero();
            memory.advance(Duration.ofSeconds(1));
            memory.run();
            assertThat(counter("bowline.attempts")).isEqualTo(2);
            assertThat(counter("bowline.connections")).isEqualTo(2);
        }
    }
}
