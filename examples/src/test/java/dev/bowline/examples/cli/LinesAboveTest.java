package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LinesAboveTest {
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final CountDownLatch printing = new CountDownLatch(1);
    private final CountDownLatch shown = new CountDownLatch(1);

    @Test
    void whatComesDuringAPrintIsPrintedTogether() throws Exception {
        LinesAbove lines = slow();
        lines.add("first\n");
        printing.await();
        StringBuilder others = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            lines.add(i + "\n");
            others.append(i).append('\n');
        }
        shown.countDown();
        lines.close();
        assertThat(printed).containsExactly("first\n", others.toString());
    }

    @Test
    void whoAddsTooMuchWaitsForTheTerminal() throws Exception {
        LinesAbove lines = slow();
        lines.add("first\n");
        printing.await();
        String full = "x".repeat(1 << 18) + "\n";
        lines.add(full);
        CompletableFuture<Boolean> tooEarly = new CompletableFuture<>();
        Thread adder = new Thread(() -> {
            lines.add("last\n");
            tooEarly.complete(shown.getCount() > 0);
        });
        adder.start();
        while (adder.getState() != Thread.State.WAITING && adder.isAlive()) {
            Thread.onSpinWait();
        }
        shown.countDown();
        assertThat(tooEarly.get()).isFalse();
        lines.close();
        assertThat(printed).containsExactly("first\n", full, "last\n");
    }

    @Test
    void closingEndsTheWaitAndNothingIsAddedAnyMore() {
        LinesAbove lines = new LinesAbove(printed::add);
        lines.close();
        lines.add("late\n");
        lines.close();
        assertThat(printed).isEmpty();
    }

    /** Takes as long for the first print as the test wants. */
    private LinesAbove slow() {
        return new LinesAbove(text -> {
            printed.add(text);
            printing.countDown();
            try {
                shown.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
