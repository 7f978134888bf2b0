package dev.bowline.internal.connection;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.testing.FakeLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The pump's sleep, in all interleavings: a writer either finds it awake, or wakes it. Whatever the order, when all that
 * was posted has run, nothing that was taken from a writer is left (B1), and it was counted (B6).
 */
@Timeout(120)
class OutgoingWakeUpTest {
    /** Writers on two threads, and an event side that does what {@link LinkConnection} does in a turn. */
    public static class Writers {
        private final Outgoing outgoing = new Outgoing(new BatchPool(), new DeafListener(), new ReentrantLock());
        private final Link link = new FakeLink(new Reports());
        private final AtomicInteger posted = new AtomicInteger();
        private final AtomicInteger accepted = new AtomicInteger();

        public Writers() {
            turn();
        }

        @Operation
        public void write() {
            if (outgoing.write(ByteBuffer.allocate(1))) {
                accepted.incrementAndGet();
                if (outgoing.wake()) {
                    posted.incrementAndGet();
                }
            }
        }

        /** A callback writes, and what that posted is run. */
        @Operation(nonParallelGroup = "event side")
        public void writeOnTheEventSide() {
            write();
            if (posted.get() > 0) {
                posted.decrementAndGet();
                turn();
            }
        }

        private void turn() {
            outgoing.awake();
            if (outgoing.pump(link)) {
                posted.incrementAndGet();
            }
        }

        @Validate
        public void nothingIsLeftBehind() {
            while (posted.getAndDecrement() > 0) {
                turn();
            }
            if (outgoing.taken() != accepted.get() || !outgoing.isDrained()) {
                throw new IllegalStateException(
                        accepted + " bytes were accepted, and the link got " + outgoing.taken());
            }
        }

        /** Of what a link says, a pump hears only of writes that are done. */
        private final class Reports implements LinkHandler {
            @Override
            public void written() {
                outgoing.written();
            }

            @Override
            public void opened(Link opened) {}

            @Override
            public void openFailed(IOException cause) {}

            @Override
            public void received(ByteBuffer data) {}

            @Override
            public void outputFailed(IOException cause) {}

            @Override
            public void inputEnded() {}

            @Override
            public void closed(@Nullable IOException cause) {}
        }
    }

    @Test
    void b1_noWakeUpIsLostInAnyInterleaving() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(8)
                .invocationsPerIteration(2_000)
                // What locks and flags do is in question, not the buffers.
                .addGuarantee(forClasses(
                                FakeLink.class.getName(),
                                Batch.class.getName(),
                                BatchPool.class.getName(),
                                "java.nio.HeapByteBuffer",
                                "java.nio.DirectByteBuffer")
                        .allMethods()
                        .treatAsAtomic())
                .check(Writers.class);
    }

    @Test
    void b1_noWakeUpIsLostUnderStress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(2)
                .invocationsPerIteration(500)
                .check(Writers.class);
    }
}
