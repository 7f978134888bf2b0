package dev.bowline.integration.engine;

import static org.assertj.core.api.Assertions.fail;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A link under test. It stands on both sides of the SPI: as the handler it holds every call of the engine against the
 * rules (one at a time, in a legal order, {@code closed} never inside a {@link Link} method, buffers as promised) and
 * notes each breach; as the driver it lets a test act on the event side from its own thread and wait for what follows.
 */
final class ProbedLink implements LinkHandler {
    static final int LARGEST_CHUNK = 64 * 1024;
    private static final long PATIENCE_SECONDS = 40;

    /** How a write came to its end, and where the buffer's position stood at that moment. */
    record WriteEnd(String by, int position) {}

    private enum Stage {
        ATTEMPT,
        OPEN,
        OVER
    }

    private enum LinkCall {
        NONE,
        WRITE,
        OTHER
    }

    private final ConcurrentLinkedQueue<String> breaches = new ConcurrentLinkedQueue<>();

    /** Who is on the event side now. */
    private final AtomicReference<Thread> occupant = new AtomicReference<>();

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<IOException> openFailed = new CompletableFuture<>();
    private final CompletableFuture<Void> inputEnded = new CompletableFuture<>();
    private final CompletableFuture<IOException> outputFailed = new CompletableFuture<>();
    private final CompletableFuture<Optional<IOException>> closed = new CompletableFuture<>();

    private final Account account = new Account();

    // Set before the attempt begins.
    private Consumer<Link> whenOpened = link -> {};
    private Consumer<byte[]> whenReceived = bytes -> {};
    private Runnable whenWritten = () -> {};
    private Consumer<IOException> whenOutputFailed = cause -> {};
    private Runnable whenInputEnded = () -> {};
    private Runnable whenClosed = () -> {};
    private boolean asksKernel = true;

    // Event side only.
    private Stage stage = Stage.ATTEMPT;
    private LinkCall linkCall = LinkCall.NONE;
    private ByteBuffer outstanding;
    private int outstandingLimit;
    private CompletableFuture<WriteEnd> outstandingEnd;

    /** The thread that is inside {@link Engine#open}, null when none is. */
    private volatile Thread opener;

    private volatile Link link;
    private volatile Cancellable attempt;

    ProbedLink whenOpened(Consumer<Link> action) {
        whenOpened = action;
        return this;
    }

    ProbedLink whenReceived(Consumer<byte[]> action) {
        whenReceived = action;
        return this;
    }

    ProbedLink whenWritten(Runnable action) {
        whenWritten = action;
        return this;
    }

    ProbedLink whenOutputFailed(Consumer<IOException> action) {
        whenOutputFailed = action;
        return this;
    }

    ProbedLink whenInputEnded(Runnable action) {
        whenInputEnded = action;
        return this;
    }

    ProbedLink whenClosed(Runnable action) {
        whenClosed = action;
        return this;
    }

    /** Spares the look at the kernel's table at the end, which takes its time. */
    ProbedLink oneOfMany() {
        asksKernel = false;
        return this;
    }

    // ---- the driver ----

    /** Begins the attempt, on any thread. */
    ProbedLink begin(Engine engine, SocketAddress remote) {
        opener = Thread.currentThread();
        try {
            attempt = engine.open(remote, LinkOptions.named(remote.toString()), this);
        } finally {
            opener = null;
        }
        return this;
    }

    void cancel() {
        attempt.cancel();
    }

    ProbedLink awaitOpened() {
        await(CompletableFuture.anyOf(opened, openFailed));
        if (!opened.isDone()) {
            fail("the attempt failed: " + openFailed.join());
        }
        return this;
    }

    IOException awaitOpenFailed() {
        return await(openFailed);
    }

    /** Waits for either end of the attempt; whether the link opened. */
    boolean awaitAttempt() {
        await(CompletableFuture.anyOf(opened, openFailed));
        return opened.isDone();
    }

    void awaitInputEnded() {
        await(inputEnded);
    }

    IOException awaitOutputFailed() {
        return await(outputFailed);
    }

    /** Waits for the end; what it was told as the cause. */
    Optional<IOException> awaitClosed() {
        return await(closed);
    }

    boolean isInputEnded() {
        return inputEnded.isDone();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** Waits until so many bytes have arrived in all; everything that has arrived. */
    byte[] awaitReceived(int count) {
        return account.awaitReceived(count, PATIENCE_SECONDS);
    }

    int receivedCount() {
        return account.receivedCount();
    }

    byte[] receivedBytes() {
        return account.received();
    }

    /** Does something on the event side and waits until it is done. */
    void run(Consumer<Link> action) {
        call(link -> {
            action.accept(link);
            return null;
        });
    }

    /** Asks something on the event side and waits for the answer. */
    <T> T call(Function<Link, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        post(() -> answer.complete(question.apply(link())), answer);
        return await(answer);
    }

    /** Does something on the event side some time. */
    void post(Runnable task) {
        post(task, new CompletableFuture<>());
    }

    private void post(Runnable task, CompletableFuture<?> failed) {
        link.execute(() -> onEventSide("task", () -> {
            try {
                task.run();
            } catch (Throwable t) {
                failed.completeExceptionally(t);
                throw t;
            }
        }));
    }

    /** Begins a write, from any thread. */
    CompletableFuture<WriteEnd> write(ByteBuffer data) {
        return call(link -> writeNow(data));
    }

    /** Begins a write, on the event side. */
    CompletableFuture<WriteEnd> writeNow(ByteBuffer data) {
        CompletableFuture<WriteEnd> end = new CompletableFuture<>();
        begin(data, end);
        return end;
    }

    private void begin(ByteBuffer data, CompletableFuture<WriteEnd> end) {
        if (stage == Stage.OPEN) {
            expect(outstanding == null, "a test wrote while a write was outstanding");
            outstanding = data;
            outstandingLimit = data.limit();
            outstandingEnd = end;
        }
        within(LinkCall.WRITE, () -> link.write(data));
    }

    WriteEnd writeAndWait(ByteBuffer data) {
        return await(write(data));
    }

    /** The link with every call checked; event side only, but for {@code execute} and the addresses. */
    Link link() {
        return new CheckedLink();
    }

    Link bareLink() {
        return link;
    }

    /** What was done wrong so far. */
    List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** Every call of the handler and every task, in order. */
    List<String> log() {
        return account.calls();
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("waited in vain: " + e, e);
        }
    }

    // ---- the handler ----

    @Override
    public void opened(Link opened) {
        onEventSide("opened", () -> {
            if (opener == Thread.currentThread()) {
                breach("opened inside Engine.open");
            }
            expect(stage == Stage.ATTEMPT, "opened when " + stage);
            stage = Stage.OPEN;
            link = opened;
            whenOpened.accept(link());
            this.opened.complete(null);
        });
    }

    @Override
    public void openFailed(IOException cause) {
        onEventSide("openFailed", () -> {
            if (opener == Thread.currentThread()) {
                breach("openFailed inside Engine.open");
            }
            expect(stage == Stage.ATTEMPT, "openFailed when " + stage);
            expect(cause != null, "openFailed without a cause");
            stage = Stage.OVER;
            openFailed.complete(cause);
        });
    }

    @Override
    public void received(ByteBuffer data) {
        onEventSide("received", () -> {
            expect(stage == Stage.OPEN, "received when " + stage);
            expect(!inputEnded.isDone(), "received after inputEnded");
            expect(data.hasArray() && !data.isReadOnly(), "received a buffer that is not array-backed and writable");
            expect(data.hasRemaining(), "received an empty buffer");
            expect(data.remaining() <= LARGEST_CHUNK, "received " + data.remaining() + " bytes at once");
            int start = data.position();
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            account.add(bytes);
            // The buffer may be written to and its position moved: an engine must not mind.
            data.position(start).put(new byte[bytes.length]).position(start);
            whenReceived.accept(bytes);
        });
    }

    @Override
    public void written() {
        onEventSide("written", () -> {
            expect(stage == Stage.OPEN, "written when " + stage);
            expect(outstanding != null, "written with no write outstanding");
            expect(outstanding != null && !outstanding.hasRemaining(), "written with bytes left: " + outstanding);
            endWrite("written");
            whenWritten.run();
        });
    }

    @Override
    public void outputFailed(IOException cause) {
        onEventSide("outputFailed", () -> {
            expect(stage == Stage.OPEN, "outputFailed when " + stage);
            expect(cause != null, "outputFailed without a cause");
            expect(!outputFailed.isDone(), "outputFailed twice");
            endWrite("outputFailed");
            outputFailed.complete(cause);
            whenOutputFailed.accept(cause);
        });
    }

    @Override
    public void inputEnded() {
        onEventSide("inputEnded", () -> {
            expect(stage == Stage.OPEN, "inputEnded when " + stage);
            expect(!inputEnded.isDone(), "inputEnded twice");
            inputEnded.complete(null);
            whenInputEnded.run();
        });
    }

    @Override
    public void closed(IOException cause) {
        onEventSide("closed", () -> {
            expect(stage == Stage.OPEN, "closed when " + stage);
            if (asksKernel) {
                KernelSockets.stateOf(link.localAddress(), link.remoteAddress())
                        .filter(KernelSockets::isHeldOpen)
                        .ifPresent(state -> breach("closed while the socket is in state " + state));
            }
            stage = Stage.OVER;
            endWrite("closed");
            whenClosed.run();
            closed.complete(Optional.ofNullable(cause));
        });
    }

    private void endWrite(String by) {
        if (outstanding != null) {
            expect(outstanding.limit() == outstandingLimit, by + " with another limit than was given");
            WriteEnd end = new WriteEnd(by, outstanding.position());
            outstanding = null;
            outstandingEnd.complete(end);
        }
    }

    /** Everything on the event side passes here. */
    private void onEventSide(String what, Runnable body) {
        account.add(what);
        Thread me = Thread.currentThread();
        if (occupant.compareAndSet(null, me)) {
            try {
                body.run();
            } finally {
                occupant.set(null);
            }
        } else {
            Thread other = occupant.get();
            if (other != me) {
                breach(what + " on " + me.getName() + " while " + (other == null ? "another" : other.getName())
                        + " is on the event side");
            } else if (linkCall != LinkCall.WRITE || !(what.equals("written") || what.equals("outputFailed"))) {
                breach(what + " inside " + (linkCall == LinkCall.NONE ? "another call" : "a Link method"));
            }
            body.run();
        }
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            breach(otherwise);
        }
    }

    private void breach(String what) {
        breaches.add(what + "; so far: " + account.lastCalls());
    }

    private void within(LinkCall kind, Runnable call) {
        expect(occupant.get() == Thread.currentThread(), "a test called a Link method off the event side");
        LinkCall before = linkCall;
        linkCall = kind;
        try {
            call.run();
        } catch (Throwable t) {
            breach("a Link method threw " + t);
            throw t;
        } finally {
            linkCall = before;
        }
    }

    /** The engine's link, with a note of which method is being called. */
    private final class CheckedLink implements Link {
        @Override
        public void write(ByteBuffer data) {
            begin(data, new CompletableFuture<>());
        }

        @Override
        public void setReading(boolean on) {
            within(LinkCall.OTHER, () -> link.setReading(on));
        }

        @Override
        public void shutdownOutput() {
            within(LinkCall.OTHER, link::shutdownOutput);
        }

        @Override
        public void close() {
            within(LinkCall.OTHER, link::close);
        }

        @Override
        public void abort() {
            within(LinkCall.OTHER, link::abort);
        }

        @Override
        public void execute(Runnable task) {
            link.execute(task);
        }

        @Override
        public SocketAddress localAddress() {
            return link.localAddress();
        }

        @Override
        public SocketAddress remoteAddress() {
            return link.remoteAddress();
        }
    }
}
