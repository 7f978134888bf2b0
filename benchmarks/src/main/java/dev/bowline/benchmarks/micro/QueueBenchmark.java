package dev.bowline.benchmarks.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bowline.benchmarks.LineText;
import dev.bowline.queue.MemoryQueue;
import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.WhenFull;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a message takes on its way through the queue: in, into a batch, and forgotten. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueueBenchmark {
    private static final int MESSAGES = 900;
    private static final int BATCH_BYTES = 64 * 1024;

    /** What the queue does when it is full; it never is. */
    @Param({"WAIT", "DROP_OLDEST"})
    private WhenFull whenFull = WhenFull.WAIT;

    private final ByteBuffer message = ByteBuffer.wrap((LineText.lines(64, 1)[0] + LineText.END).getBytes(US_ASCII));
    private final ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES);
    private MessageQueue queue = MemoryQueue.builder().build();

    /** For JMH. */
    public QueueBenchmark() {}

    /** Makes the queue. */
    @Setup
    public void open() {
        queue = MemoryQueue.builder().whenFull(whenFull).build();
    }

    /** All of it, for as many as fill a batch. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int through() throws Exception {
        long newest = 0;
        for (int n = 0; n < MESSAGES; n++) {
            newest = queue.add(message, Duration.ZERO);
        }
        batch.clear();
        int taken = queue.take((number, maybeHandedBefore, bytes) -> {
            batch.put(bytes);
            return true;
        });
        queue.delivered(newest);
        return taken;
    }
}
