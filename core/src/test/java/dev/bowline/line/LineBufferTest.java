package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.ConnectionLostException;
import dev.bowline.LossReason;
import dev.bowline.testing.FramedHarness;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines that are waited for, over a fake link: here each is there already, or never comes. */
class LineBufferTest {
    private final PulledLines lines = new PulledLines(LineFormat.crlf(), () -> {});
    private final FramedHarness harness = FramedHarness.open(lines);
    private final LineBuffer buffer = new LineBuffer(lines);

    @BeforeEach
    void begin() {
        lines.attach(buffer);
        lines.demand(LineBuffer.CAPACITY);
        lines.begin();
        harness.link().runTasks();
    }

    private String take() throws Exception {
        String line = buffer.take(Duration.ZERO);
        harness.link().runTasks();
        return line;
    }

    @Test
    void linesComeInOrder() throws Exception {
        harness.receive("a\r\n\r\nc\r\n");
        assertThat(take()).isEqualTo("a");
        assertThat(take()).isEmpty();
        assertThat(take()).isEqualTo("c");
    }

    @Test
    void c2_readingPausesWhile128LinesWaitAndGoesOnWhenHalfOfThemAreTaken() throws Exception {
        harness.receive("x\r\n".repeat(128));
        assertThat(harness.link().isReading()).isFalse();
        for (int taken = 0; taken < 63; taken++) {
            take();
        }
        assertThat(harness.link().isReading()).isFalse();
        take();
        assertThat(harness.link().isReading()).isTrue();
    }

    @Test
    void aThousandLinesInOneChunkAllCome() throws Exception {
        harness.receive("x\r\n".repeat(1_000));
        for (int taken = 0; taken < 1_000; taken++) {
            assertThat(take()).isEqualTo("x");
        }
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(this::take);
    }

    @Test
    void aLineThatDoesNotComeInTimeMayComeLater() throws Exception {
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> buffer.take(Duration.ofMillis(1)))
                .withMessage("no line came within 1 ms");
        harness.receive("a\r\n");
        assertThat(take()).isEqualTo("a");
    }

    @Test
    void thePeersOrderlyEndIsNullAgainAndAgain() throws Exception {
        harness.receive("a\r\nnot a line");
        harness.endInput();
        harness.reason();
        assertThat(take()).isEqualTo("a");
        assertThat(take()).isNull();
        assertThat(take()).isNull();
    }

    @Test
    void anyOtherEndIsAnExceptionAfterWhatCameBefore() throws Exception {
        harness.receive("a\r\n");
        harness.link().lose(new IOException("reset"));
        assertThat(take()).isEqualTo("a");
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ConnectionLostException.class)
                    .isThrownBy(this::take)
                    .satisfies(lost -> assertThat(lost.reason()).isInstanceOf(LossReason.Failed.class));
        }
    }

    @Test
    void f4_aLineIsNotWaitedForInACallback() {
        harness.receive("a\r\n");
        harness.run(() -> assertThatIllegalStateException()
                .isThrownBy(() -> buffer.take(Duration.ofHours(1)))
                .withMessageContaining("callback thread"));
        assertThat(harness.connection().isReading())
                .as("the assertion held, or the connection would be aborted")
                .isTrue();
    }

    @Test
    void b2_whatCannotBeSentSaysWhy() {
        lines.end();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> lines.send("late"))
                .withMessage("the connection is closing, and the line was not sent");
        harness.link().lose(null);
        assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> lines.send("late"));
    }
}
