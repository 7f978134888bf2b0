package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryStepsTest {
    private final MemorySteps steps = new MemorySteps();

    @Test
    void stepsRunInTheOrderGivenAndNotInsideTheCallThatGivesThem() {
        List<String> order = new ArrayList<>();
        steps.execute(() -> {
            steps.execute(() -> order.add("third"));
            order.add("first");
        });
        steps.execute(() -> order.add("second"));
        assertThat(order).isEmpty();
        steps.run();
        assertThat(order).containsExactly("first", "second", "third");
        assertThat(steps.step()).isFalse();
    }

    @Test
    void aStepDoesNotBeginInsideAnother() {
        steps.execute(steps::run);
        assertThatIllegalStateException().isThrownBy(steps::step).withMessageContaining("under way");
        assertThat(steps.step()).isFalse();
    }

    @Test
    void whatAStepThrowsComesOutAndTheNextOneStillRuns() {
        List<String> ran = new ArrayList<>();
        steps.execute(() -> {
            throw new IllegalArgumentException("thrown by the test");
        });
        steps.execute(() -> ran.add("next"));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(steps::run);
        steps.run();
        assertThat(ran).containsExactly("next");
    }

    @Test
    void stepsThatNeverEndAreAnErrorAndNoHang() {
        steps.execute(new Runnable() {
            @Override
            public void run() {
                steps.execute(this);
            }
        });
        assertThatExceptionOfType(AssertionError.class).isThrownBy(steps::run).withMessageContaining("still more");
    }

    @Test
    void a4_stepsOnTwoThreadsDoNotOverlap() throws Exception {
        int[] unguarded = {0};
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            steps.execute(() -> unguarded[0]++);
        }
        Thread other = new Thread(steps::run);
        other.start();
        steps.run();
        other.join();
        assertThat(unguarded[0]).isEqualTo(count);
    }

    @Test
    void runReturnsWhenTheStepOfAnotherThreadIsOverToo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        steps.execute(() -> {
            begun.countDown();
            await(gate);
            steps.execute(() -> order.add("what followed from it"));
        });
        Thread other = new Thread(steps::step);
        other.start();
        begun.await();
        CompletableFuture<Void> all = CompletableFuture.runAsync(() -> {
            steps.run();
            order.add("run returned");
        });
        gate.countDown();
        all.get(30, TimeUnit.SECONDS);
        other.join();
        assertThat(order).containsExactly("what followed from it", "run returned");
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDriverOutlivesAStepThatThrowsAndEndsWhenItIsStopped() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        MemoryDriver driver = new MemoryDriver(steps);
        driver.start();
        steps.execute(() -> {
            throw new IllegalStateException("thrown by a test, on purpose");
        });
        CountDownLatch ran = new CountDownLatch(1);
        steps.execute(() -> {
            threads.add(Thread.currentThread());
            ran.countDown();
        });
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        driver.stop();
        assertThat(threads).hasSize(1).allMatch(thread -> thread.isDaemon() && !thread.isAlive());
    }

    @Test
    void waitingEndsWhenItIsSoOrWhenTheTimeIsOver() throws Exception {
        assertThat(steps.await(steps::areThere, Duration.ZERO)).isFalse();
        Thread giver = new Thread(() -> steps.execute(() -> {}));
        giver.start();
        assertThat(steps.await(steps::areThere, Duration.ofSeconds(30))).isTrue();
        giver.join();
    }
}
