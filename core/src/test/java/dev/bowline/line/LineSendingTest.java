package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.ConnectionLostException;
import dev.bowline.testing.FramedHarness;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thread that sends faster than the peer takes: it waits (B6), and whatever ends the waiting wakes it. */
class LineSendingTest {
    private static final String LINE = "x".repeat(16_000);

    private final PulledLines lines = new PulledLines(LineFormat.crlf(), () -> {});
    private final FramedHarness harness = FramedHarness.open(lines);
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final Thread sender = new Thread(this::send, "sender");

    private void send() {
        try {
            lines.send("one more");
            outcome.complete("sent");
        } catch (Exception e) {
            outcome.complete(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** Fills the connection from a callback, where send never waits, then has another thread wait for room. */
    @BeforeEach
    void waitForRoom() {
        harness.link().takeAtMost(0);
        harness.run(() -> {
            try {
                for (int i = 0; i < 6; i++) {
                    lines.send(LINE);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(harness.connection().isWritable()).isFalse();
        sender.setDaemon(true);
        sender.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        // Nobody else touches the connection's locks now: what it waits for is room.
        while (sender.getState() != Thread.State.WAITING) {
            assertThat(System.nanoTime() - deadline).as("it waits").isNegative();
            assertThat(outcome).isNotDone();
            Thread.onSpinWait();
        }
    }

    private String outcome() throws Exception {
        return outcome.get(30, TimeUnit.SECONDS);
    }

    @Test
    void b6_roomWakesIt() throws Exception {
        harness.link().takeMore(Integer.MAX_VALUE);
        assertThat(outcome()).isEqualTo("sent");
        harness.link().runTasks();
        assertThat(harness.link().taken()).endsWith("x\r\none more\r\n");
    }

    @Test
    void b6_aLittleRoomDoesNot() throws Exception {
        harness.link().takeMore(16_002);
        assertThat(harness.connection().isWritable()).isFalse();
        assertThat(outcome).isNotDone();
        harness.link().takeMore(Integer.MAX_VALUE);
        assertThat(outcome()).isEqualTo("sent");
    }

    @Test
    void aLossWakesIt() throws Exception {
        harness.link().lose(new IOException("reset"));
        assertThat(outcome()).isEqualTo(ConnectionLostException.class.getSimpleName() + ": connection failed: reset");
    }

    @Test
    void b2_closingWakesIt() throws Exception {
        lines.end();
        assertThat(outcome()).isEqualTo("IOException: the connection is closing, and the line was not sent");
    }

    @Test
    void b5_thePeersEndWakesIt() throws Exception {
        lines.demand(1);
        lines.begin();
        harness.link().runTasks();
        harness.endInput();
        assertThat(outcome()).startsWith("IOException");
    }

    @Test
    void anInterruptWakesIt() throws Exception {
        sender.interrupt();
        assertThat(outcome()).startsWith("InterruptedException");
    }
}
