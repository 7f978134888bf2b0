package dev.bowline.integration.wrong;

import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.bowline.integration.wrong.WrongContracts.Closing;
import dev.bowline.integration.wrong.WrongContracts.End;
import dev.bowline.integration.wrong.WrongContracts.Engine;
import dev.bowline.integration.wrong.WrongContracts.Life;
import dev.bowline.integration.wrong.WrongContracts.LossReason;
import dev.bowline.integration.wrong.WrongContracts.Reading;
import dev.bowline.integration.wrong.WrongContracts.Serial;
import dev.bowline.integration.wrong.WrongContracts.Timeout;
import dev.bowline.integration.wrong.WrongContracts.Writability;
import dev.bowline.integration.wrong.WrongContracts.Writing;
import dev.bowline.spi.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a transport may do wrong; each is as narrow as it can be, so that what fails is the consequence of that alone. */
enum Wrongness {
    /** The control: a transport like the others. */
    NONE(Set.of(), Set.of()),

    /** The rest: tests that compare all that was reported. */
    CALLS_BACK_AFTER_LOSS(Set.of("A4"), Set.of("A2", "A3", "A6", "B4", "C2")),

    /** H1: an engine that is closed on its own thread does not see that it is. */
    OVERLAPS_CALLBACKS(Set.of("A4"), Set.of("A2", "A3", "B1", "B4", "C2", "H1")),

    /** The rest: whatever compares a long stream. */
    REORDERS_WRITES(Set.of("B1"), Set.of("B3", "B5", "B6")),

    /** The rest: whatever reads to a clean end. */
    DROPS_THE_TAIL_ON_CLOSE(Set.of("B3", "B5"), Set.of("A6", "B1", "B2", "B4", "B6")),

    /** B1, C1: who has read too much in spite of it is held back for good in the end. */
    IGNORES_PAUSE(Set.of("C2"), Set.of("B1", "C1")),

    /** The rest: whatever compares a long stream. */
    DROPS_THE_REST_OF_A_PARTIAL_WRITE(Set.of("B1", "B3"), Set.of("B4", "B5", "B6")),

    /** Nothing seems to wait, so nothing is full or stalled, and an end comes too soon. */
    REPORTS_WRITTEN_EARLY(Set.of("B7"), Set.of("B3", "B4", "B5", "B6")),

    /** The rest: whatever the peer says last. */
    LOSES_THE_LAST_CHUNK_BEFORE_EOF(Set.of("A3"), Set.of("A6", "B5", "C1", "C2", "C3")),

    /** The rest: tests that compare all that was reported, or wait for what follows an end. */
    CLOSES_TWICE(Set.of("A3"), Set.of("A2", "A4", "A6", "B4")),

    /** A3: what came before a reset is told with the reset. */
    LOSES_THE_CAUSE_OF_A_RESET(Set.of("A6"), Set.of("A3")),

    /** Found at the end of the class, for no test in particular. */
    LEAKS_A_THREAD(Set.of("H1"), Set.of());

    /** The rules that it breaks. */
    final ImmutableSet<String> broken;

    /** Rules whose tests need what it breaks, and may fail with it; all others hold. */
    final ImmutableSet<String> concerned;

    Wrongness(Set<String> broken, Set<String> concerned) {
        this.broken = ImmutableSet.copyOf(broken);
        this.concerned = ImmutableSet.copyOf(concerned);
    }

    /** The contracts that look where it is wrong; each of the others would take its time and find nothing. */
    List<Class<?>> contracts() {
        return switch (this) {
            case NONE -> WrongContracts.all();
            case CALLS_BACK_AFTER_LOSS -> List.of(Engine.class, Serial.class, End.class);
            case OVERLAPS_CALLBACKS -> List.of(Engine.class, Serial.class);
            case REORDERS_WRITES -> List.of(Writing.class, Closing.class, Writability.class);
            case DROPS_THE_TAIL_ON_CLOSE -> List.of(Writing.class, Closing.class, Writability.class);
            case IGNORES_PAUSE -> List.of(Engine.class, Reading.class);
            case DROPS_THE_REST_OF_A_PARTIAL_WRITE -> List.of(Writing.class, Closing.class, Writability.class);
            case REPORTS_WRITTEN_EARLY -> List.of(Writability.class, Timeout.class, Closing.class);
            case LOSES_THE_LAST_CHUNK_BEFORE_EOF -> List.of(End.class, Reading.class, LossReason.class);
            case CLOSES_TWICE -> List.of(Engine.class, End.class, Serial.class);
            case LOSES_THE_CAUSE_OF_A_RESET -> List.of(Engine.class, End.class, LossReason.class);
            case LEAKS_A_THREAD -> List.of(Life.class);
        };
    }

    /** What stands between a link and its handler. */
    PassThrough between() {
        return switch (this) {
            case NONE, LEAKS_A_THREAD -> new PassThrough();
            case CALLS_BACK_AFTER_LOSS -> new CallsBackAfterLoss();
            case OVERLAPS_CALLBACKS -> new OverlapsCallbacks();
            case REORDERS_WRITES -> new ReordersWrites();
            case DROPS_THE_TAIL_ON_CLOSE -> new DropsTheTailOnClose();
            case IGNORES_PAUSE -> new IgnoresPause();
            case DROPS_THE_REST_OF_A_PARTIAL_WRITE -> new DropsTheRestOfAPartialWrite();
            case REPORTS_WRITTEN_EARLY -> new ReportsWrittenEarly();
            case LOSES_THE_LAST_CHUNK_BEFORE_EOF -> new LosesTheLastChunkBeforeEof();
            case CLOSES_TWICE -> new ClosesTwice();
            case LOSES_THE_CAUSE_OF_A_RESET -> new LosesTheCauseOfAReset();
        };
    }

    private static final class CallsBackAfterLoss extends PassThrough {
        @Override
        public void closed(@Nullable IOException cause) {
            super.closed(cause);
            link.execute(super::inputEnded);
        }
    }

    /** Tasks run at once, on a thread of their own, whatever the event side is busy with. */
    private static final class OverlapsCallbacks extends PassThrough {
        @Override
        public void execute(Runnable task) {
            Thread other = new Thread(task, "overlapping");
            other.start();
            Uninterruptibles.joinUninterruptibly(other, Duration.ofSeconds(1));
        }
    }

    /** Of each large write the second half goes first. */
    private static final class ReordersWrites extends PassThrough {
        private static final int LARGE = 16 * 1024;

        private @Nullable ByteBuffer original;
        private @Nullable ByteBuffer swapped;

        @Override
        public void write(ByteBuffer data) {
            if (data.remaining() < LARGE) {
                super.write(data);
                return;
            }
            int half = data.remaining() / 2;
            original = data;
            swapped = ByteBuffer.allocate(data.remaining())
                    .put(data.duplicate().position(data.position() + half))
                    .put(data.duplicate().limit(data.position() + half))
                    .flip();
            super.write(swapped);
        }

        private void settle() {
            if (swapped != null) {
                original.position(original.position() + swapped.position());
                swapped = null;
            }
        }

        @Override
        public void written() {
            settle();
            super.written();
        }

        @Override
        public void outputFailed(IOException cause) {
            settle();
            super.outputFailed(cause);
        }

        @Override
        public void closed(@Nullable IOException cause) {
            settle();
            super.closed(cause);
        }
    }

    /** FIN overtakes what the system still has to send. */
    private static final class DropsTheTailOnClose extends PassThrough {
        @Override
        public void shutdownOutput() {
            link.abort();
        }
    }

    /** For as long as memory allows: who floods it until it stops is held back in the end. */
    private static final class IgnoresPause extends PassThrough {
        private static final int MOST = 16 << 20;

        private int received;

        @Override
        public void setReading(boolean on) {
            super.setReading(on || received < MOST);
        }

        @Override
        public void received(ByteBuffer data) {
            received += data.remaining();
            if (received >= MOST) {
                super.setReading(false);
            }
            super.received(data);
        }
    }

    /** What does not fit into one piece is forgotten. */
    private static final class DropsTheRestOfAPartialWrite extends PassThrough {
        private static final int PIECE = 32 * 1024;

        private @Nullable ByteBuffer whole;

        @Override
        public void write(ByteBuffer data) {
            whole = data;
            ByteBuffer piece = data.duplicate();
            piece.limit(Math.min(piece.limit(), piece.position() + PIECE));
            super.write(piece);
        }

        @Override
        public void written() {
            if (whole != null) {
                whole.position(whole.limit());
                whole = null;
            }
            super.written();
        }
    }

    /** Before the system has it. */
    private static final class ReportsWrittenEarly extends PassThrough {
        private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
        private boolean writing;
        private @Nullable Runnable afterwards;

        @Override
        public void write(ByteBuffer data) {
            waiting.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
            writeOn();
            super.written();
        }

        private void writeOn() {
            if (!writing && !waiting.isEmpty()) {
                writing = true;
                super.write(waiting.remove());
            }
        }

        @Override
        public void written() {
            writing = false;
            writeOn();
            if (!writing && afterwards != null) {
                afterwards.run();
            }
        }

        @Override
        public void shutdownOutput() {
            if (writing) {
                afterwards = super::shutdownOutput;
            } else {
                super.shutdownOutput();
            }
        }
    }

    /** Each chunk is held back for a moment, and forgotten if the end comes within it. */
    private static final class LosesTheLastChunkBeforeEof extends PassThrough {
        private static final ScheduledExecutorService LATER = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "a moment later");
            thread.setDaemon(true);
            return thread;
        });
        private static final int MOMENT_MILLIS = 40;

        private @Nullable ByteBuffer held;
        private int chunks;
        private boolean over;

        @Override
        public void received(ByteBuffer data) {
            release();
            held = ByteBuffer.allocate(data.remaining()).put(data).flip();
            int chunk = ++chunks;
            Link running = link;
            var unused = LATER.schedule(
                    () -> running.execute(() -> {
                        if (chunk == chunks) {
                            release();
                        }
                    }),
                    MOMENT_MILLIS,
                    TimeUnit.MILLISECONDS);
        }

        private void release() {
            ByteBuffer chunk = held;
            held = null;
            if (chunk != null && !over) {
                super.received(chunk);
            }
        }

        @Override
        public void inputEnded() {
            held = null;
            super.inputEnded();
        }

        @Override
        public void closed(@Nullable IOException cause) {
            release();
            over = true;
            super.closed(cause);
        }
    }

    private static final class ClosesTwice extends PassThrough {
        @Override
        public void closed(@Nullable IOException cause) {
            super.closed(cause);
            link.execute(() -> super.closed(null));
        }
    }

    private static final class LosesTheCauseOfAReset extends PassThrough {
        @Override
        public void closed(@Nullable IOException cause) {
            super.closed(null);
        }
    }
}
