package dev.bowline.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Delivery;
import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.line.LineClient;
import dev.bowline.testing.FakeLink;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules F1 (how many messages may go) and F6 (which silence ends a connection). */
@Timeout(30)
class PacingRulesTest {
    private final ClientHarness harness = new ClientHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private LineClient open(Delivery delivery) {
        return harness.builder(delivery).open();
    }

    private static void send(LineClient client, int from, int to) throws InterruptedException {
        for (int i = from; i <= to; i++) {
            client.send("m" + i);
        }
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i <= to; i++) {
            lines.append('m').append(i).append("\r\n");
        }
        return lines.toString();
    }

    @Test
    void f1_readyForSomeLetsSoManyGo_andAddsUp() throws Exception {
        LineClient client = open(Delivery.written());
        send(client, 1, 2);
        FakeLink link = harness.connect();
        link.receive("ready 1\r\n");
        assertThat(link.taken()).isEqualTo(lines(1, 1));
        link.receive("ready 2\r\nready 1\r\n");
        assertThat(link.taken()).isEqualTo(lines(1, 2));
        send(client, 3, 9);
        link.runTasks();
        assertThat(link.taken()).isEqualTo(lines(1, 4));
        link.receive("ready\r\n");
        assertThat(link.taken()).isEqualTo(lines(1, 9));
    }

    @Test
    void f1_whatOneConnectionWasPermittedIsNotForTheNext() throws Exception {
        LineClient client = open(Delivery.written());
        FakeLink first = harness.connect();
        first.receive("ready 5\r\n");
        ClientHarness.lose(first);
        send(client, 1, 3);
        harness.clock.advance(Duration.ofSeconds(1));
        FakeLink second = harness.connect();
        second.receive("ready 1\r\n");
        assertThat(second.taken()).isEqualTo(lines(1, 1));
    }

    @Test
    void f6_aProtocolThatIsNeverReadyLosesItsConnection() throws Exception {
        open(Delivery.written());
        FakeLink link = harness.connect();
        harness.clock.advance(Duration.ofMillis(29_999));
        link.runTasks();
        assertThat(link.calls()).isEmpty();
        harness.clock.advance(Duration.ofMillis(1));
        link.runTasks();
        assertThat(link.calls()).containsExactly("abort");
        link.loseIfReleased();
        LossReason reason = harness.reports().get(0).reason();
        assertThat(reason).isEqualTo(new LossReason.TimedOut(Timer.NOT_READY, Duration.ofSeconds(30), "Obedient"));
        assertThat(reason.describe()).isEqualTo("Obedient never called ready() within 30 s");
    }

    @Test
    void f6_aReadyOneStaysWhateverItsClosingTakes() throws Exception {
        open(Delivery.written());
        FakeLink ready = harness.ready();
        harness.clock.advance(Duration.ofMinutes(5));
        ready.runTasks();
        assertThat(ready.calls()).isEmpty();
        ClientHarness.lose(ready);
        harness.clock.advance(Duration.ofSeconds(1));
        FakeLink closing = harness.connect();
        closing.takeAtMost(0);
        closing.receive("say\r\nclose\r\n");
        harness.clock.advance(Duration.ofSeconds(40));
        closing.runTasks();
        assertThat(closing.calls())
                .as("a peer may be slow to take what precedes the close")
                .isEmpty();
    }

    @Test
    void f6_nothingConfirmedForSixtySecondsEndsTheConnection() throws Exception {
        LineClient client = open(Delivery.confirmed());
        FakeLink link = harness.ready();
        harness.clock.advance(Duration.ofMinutes(10));
        link.runTasks();
        assertThat(link.calls()).as("nothing waits to be confirmed").isEmpty();
        send(client, 1, 2);
        link.runTasks();
        pass(link, Duration.ofSeconds(59));
        link.receive("ok 1\r\n");
        pass(link, Duration.ofSeconds(59));
        assertThat(link.calls()).isEmpty();
        pass(link, Duration.ofSeconds(16));
        assertThat(link.calls()).containsExactly("abort");
        link.loseIfReleased();
        assertThat(harness.reports().get(0).reason().describe()).isEqualTo("Obedient confirmed nothing for 60 s");
        assertThat(harness.readyAgain().taken()).isEqualTo(lines(2, 2));
    }

    /** In steps, since a limit is looked at four times while it runs. */
    private void pass(FakeLink link, Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minusSeconds(1)) {
            harness.clock.advance(Duration.ofSeconds(1));
            link.runTasks();
        }
    }
}
