package dev.bowline.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Delivery;
import dev.bowline.line.LineClient;
import dev.bowline.testing.FakeLink;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client leaves in the flight recorder. */
@Timeout(60)
class FlightRecordsTest {
    @TempDir
    private Path folder;

    private static List<RecordedEvent> named(List<RecordedEvent> all, String name) {
        return all.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private List<RecordedEvent> record(Scene scene) throws Exception {
        Path file = folder.resolve("test.jfr");
        try (Recording recording = new Recording();
                ClientHarness harness = new ClientHarness()) {
            for (String name : List.of("Connect", "Loss", "Reconnect")) {
                recording.enable("dev.bowline." + name);
            }
            recording.start();
            scene.play(harness);
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private interface Scene {
        void play(ClientHarness harness) throws Exception;
    }

    @Test
    void f7_attemptsLossesAndReconnectsAreRecorded() throws Exception {
        List<RecordedEvent> events = record(harness -> {
            LineClient client = harness.builder(Delivery.written()).open();
            client.send("m1");
            harness.engine.next().fail(new ConnectException("Connection refused"));
            FakeLink link = harness.readyAgain();
            link.lose(new IOException("Connection reset"));
        });
        assertThat(named(events, "dev.bowline.Connect"))
                .extracting(event -> event.getInt("attempt") + " " + event.getString("failure"))
                .containsExactly("1 connection refused by 127.0.0.1:8001", "2 null");
        RecordedEvent loss = named(events, "dev.bowline.Loss").get(0);
        assertThat(loss.getString("endpoint")).isEqualTo("127.0.0.1:8001");
        assertThat(loss.getString("reason")).isEqualTo("connection failed: Connection reset");
        assertThat(loss.getLong("handedOver")).isOne();
        assertThat(named(events, "dev.bowline.Reconnect"))
                .extracting(event -> event.getDuration("delay"))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }
}
