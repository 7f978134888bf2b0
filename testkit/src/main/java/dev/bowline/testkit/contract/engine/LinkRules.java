package dev.bowline.testkit.contract.engine;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an engine and the handler of one link, and holds every call of either against the rules: one at a time,
 * in a legal order, {@code closed} never inside a {@link Link} method, buffers as promised. It notes each breach, and
 * passes the call on all the same.
 */
final class LinkRules implements LinkHandler {
    static final int LARGEST_CHUNK = 64 * 1024;

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

    /** A write that the engine has, and what its limit was when it got it. */
    private record Outstanding(ByteBuffer data, int limit, CompletableFuture<WriteEnd> end) {}

    private final LinkHandler handler;
    private final Account account;
    private final ConcurrentLinkedQueue<Breach> breaches = new ConcurrentLinkedQueue<>();

    /** Who is on the event side now. */
    private final AtomicReference<@Nullable Thread> occupant = new AtomicReference<>();

    /** Whether the system can be asked for the state of the socket. Set before the attempt begins. */
    private boolean asksKernel;

    // Event side only.
    private Stage stage = Stage.ATTEMPT;
    private LinkCall linkCall = LinkCall.NONE;
    private boolean inputEnded;
    private boolean outputFailed;
    private @Nullable Outstanding outstanding;

    /** The thread that is inside {@link Engine#open}, null when none is. */
    private volatile @Nullable Thread opener;

    /** Null until it is opened. */
    private volatile @Nullable Link link;

    LinkRules(LinkHandler handler, Account account, boolean asksKernel) {
        this.handler = handler;
        this.account = account;
        this.asksKernel = asksKernel;
    }

    /** Spares the look at the kernel's table at the end, which takes its time. */
    void leaveTheKernelAlone() {
        asksKernel = false;
    }

    /** Begins the attempt, on any thread. */
    Cancellable open(Engine engine, SocketAddress remote) {
        opener = Thread.currentThread();
        try {
            return engine.open(remote, LinkOptions.named(remote.toString()), this);
        } finally {
            opener = null;
        }
    }

    /** The engine's own link, unchecked. */
    Link bareLink() {
        return Objects.requireNonNull(link, "not opened yet");
    }

    /** What was done wrong so far. */
    List<Breach> breaches() {
        return List.copyOf(breaches);
    }

    @Override
    public void opened(Link opened) {
        onEventSide("opened", () -> {
            expect("A2", opener != Thread.currentThread(), "opened inside Engine.open");
            expect("A2", stage == Stage.ATTEMPT, "opened when " + stage);
            stage = Stage.OPEN;
            link = opened;
            handler.opened(new CheckedLink(opened));
        });
    }

    @Override
    public void openFailed(IOException cause) {
        onEventSide("openFailed", () -> {
            expect("A2", opener != Thread.currentThread(), "openFailed inside Engine.open");
            expect("A2", stage == Stage.ATTEMPT, "openFailed when " + stage);
            expect("A2", isThere(cause), "openFailed without a cause");
            stage = Stage.OVER;
            handler.openFailed(cause);
        });
    }

    @Override
    public void received(ByteBuffer data) {
        onEventSide("received", () -> {
            expect("A4", stage == Stage.OPEN, "received when " + stage);
            expect("A3", !inputEnded, "received after inputEnded");
            expect(
                    "C1",
                    data.hasArray() && !data.isReadOnly(),
                    "received a buffer that is not array-backed and writable");
            expect("C1", data.hasRemaining(), "received an empty buffer");
            expect("C1", data.remaining() <= LARGEST_CHUNK, "received " + data.remaining() + " bytes at once");
            int start = data.position();
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            account.add(bytes);
            // The buffer may be written to and its position moved: an engine must not mind.
            data.position(start).put(new byte[bytes.length]).position(start);
            handler.received(ByteBuffer.wrap(bytes));
        });
    }

    @Override
    public void written() {
        onEventSide("written", () -> {
            expect("A4", stage == Stage.OPEN, "written when " + stage);
            Outstanding write = outstanding;
            expect("B1", write != null, "written with no write outstanding");
            expect("B1", write == null || !write.data().hasRemaining(), "written with bytes left: " + write);
            endWrite("written");
            handler.written();
        });
    }

    @Override
    public void outputFailed(IOException cause) {
        onEventSide("outputFailed", () -> {
            expect("A4", stage == Stage.OPEN, "outputFailed when " + stage);
            expect("A6", isThere(cause), "outputFailed without a cause");
            expect("A4", !outputFailed, "outputFailed twice");
            outputFailed = true;
            endWrite("outputFailed");
            handler.outputFailed(cause);
        });
    }

    @Override
    public void inputEnded() {
        onEventSide("inputEnded", () -> {
            expect("A4", stage == Stage.OPEN, "inputEnded when " + stage);
            expect("A4", !inputEnded, "inputEnded twice");
            inputEnded = true;
            handler.inputEnded();
        });
    }

    @Override
    public void closed(@Nullable IOException cause) {
        onEventSide("closed", () -> {
            expect("A3", stage == Stage.OPEN, "closed when " + stage);
            if (asksKernel) {
                KernelSockets.stateOf(bareLink().localAddress(), bareLink().remoteAddress())
                        .filter(KernelSockets::isHeldOpen)
                        .ifPresent(state -> breach("B3", "closed while the socket is in state " + state));
            }
            stage = Stage.OVER;
            endWrite("closed");
            handler.closed(cause);
        });
    }

    /** An engine may have been compiled without a look at the annotations. */
    private static boolean isThere(@Nullable Object required) {
        return required != null;
    }

    private void endWrite(String by) {
        Outstanding write = outstanding;
        if (write != null) {
            expect("B1", write.data().limit() == write.limit(), by + " with another limit than was given");
            outstanding = null;
            write.end().complete(new WriteEnd(by, write.data().position()));
        }
    }

    /** A task on the event side passes here, as every call of the handler does. */
    void onEventSide(String what, Runnable body) {
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
                breach(
                        "A4",
                        what + " on " + me.getName() + " while " + (other == null ? "another" : other.getName())
                                + " is on the event side");
            } else if (linkCall != LinkCall.WRITE || !(what.equals("written") || what.equals("outputFailed"))) {
                breach("A4", what + " inside " + (linkCall == LinkCall.NONE ? "another call" : "a Link method"));
            }
            body.run();
        }
    }

    private void expect(String rule, boolean holds, String otherwise) {
        if (!holds) {
            breach(rule, otherwise);
        }
    }

    private void breach(String rule, String what) {
        breaches.add(new Breach(rule, what + "; so far: " + account.lastCalls()));
    }

    /** Begins a write, on the event side. */
    void write(ByteBuffer data, CompletableFuture<WriteEnd> end) {
        if (stage == Stage.OPEN) {
            expect("B1", outstanding == null, "a test wrote while a write was outstanding");
            outstanding = new Outstanding(data, data.limit(), end);
        }
        within(LinkCall.WRITE, () -> bareLink().write(data));
    }

    private void within(LinkCall kind, Runnable call) {
        expect("A4", occupant.get() == Thread.currentThread(), "a test called a Link method off the event side");
        LinkCall before = linkCall;
        linkCall = kind;
        try {
            call.run();
        } catch (Throwable t) {
            breach("A4", "a Link method threw " + t);
            throw t;
        } finally {
            linkCall = before;
        }
    }

    /** The engine's link, with a note of which method is being called. */
    private final class CheckedLink implements Link {
        private final Link bare;

        CheckedLink(Link bare) {
            this.bare = bare;
        }

        @Override
        public void write(ByteBuffer data) {
            LinkRules.this.write(data, new CompletableFuture<>());
        }

        @Override
        public void setReading(boolean on) {
            within(LinkCall.OTHER, () -> bare.setReading(on));
        }

        @Override
        public void shutdownOutput() {
            within(LinkCall.OTHER, bare::shutdownOutput);
        }

        @Override
        public void close() {
            within(LinkCall.OTHER, bare::close);
        }

        @Override
        public void abort() {
            within(LinkCall.OTHER, bare::abort);
        }

        @Override
        public void execute(Runnable task) {
            bare.execute(task);
        }

        @Override
        public SocketAddress localAddress() {
            return bare.localAddress();
        }

        @Override
        public SocketAddress remoteAddress() {
            return bare.remoteAddress();
        }
    }
}
