package dev.bowline.testkit.contract.engine;

import dev.bowline.Cancellable;
import dev.bowline.spi.Engine;
import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A link under test, driven from the test's own thread: it acts on the event side and waits for what follows. {@link
 * LinkRules} judges all that the engine does meanwhile.
 */
final class ProbedLink {
    private final CompletableFuture<Link> opened = new CompletableFuture<>();
    private final CompletableFuture<IOException> openFailed = new CompletableFuture<>();
    private final CompletableFuture<Void> inputEnded = new CompletableFuture<>();
    private final CompletableFuture<IOException> outputFailed = new CompletableFuture<>();
    private final CompletableFuture<Optional<IOException>> closed = new CompletableFuture<>();

    private final Account account = new Account();
    private final LinkRules rules;

    // Set before the attempt begins.
    private Consumer<Link> whenOpened = link -> {};
    private Consumer<byte[]> whenReceived = bytes -> {};
    private Runnable whenWritten = () -> {};
    private Consumer<IOException> whenOutputFailed = cause -> {};
    private Runnable whenInputEnded = () -> {};
    private Runnable whenClosed = () -> {};

    /** The link with every call checked; null until it is opened. Event side only. */
    private @Nullable Link link;

    /** Null until it begins. */
    private volatile @Nullable Cancellable attempt;

    /** @param isSocket whether the kernel can be asked for its state */
    ProbedLink(boolean isSocket) {
        rules = new LinkRules(new Reactions(), account, isSocket);
    }

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
        rules.leaveTheKernelAlone();
        return this;
    }

    /** Begins the attempt, on any thread. */
    ProbedLink begin(Engine engine, SocketAddress remote) {
        attempt = rules.open(engine, remote);
        return this;
    }

    void cancel() {
        Objects.requireNonNull(attempt, "not begun yet").cancel();
    }

    ProbedLink awaitOpened() {
        if (!awaitAttempt()) {
            throw new AssertionError("the attempt failed", openFailed.join());
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
        return account.awaitReceived(count);
    }

    int receivedCount() {
        return account.receivedCount();
    }

    byte[] receivedBytes() {
        return account.received();
    }

    /** Does something on the event side and waits until it is done. */
    void run(Consumer<Link> action) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        post(
                () -> {
                    action.accept(link());
                    done.complete(true);
                },
                done);
        await(done);
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
        bareLink()
                .execute(() -> rules.onEventSide("task", () -> {
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
        CompletableFuture<WriteEnd> end = new CompletableFuture<>();
        run(unused -> rules.write(data, end));
        return end;
    }

    WriteEnd writeAndWait(ByteBuffer data) {
        return await(write(data));
    }

    /** The link with every call checked; event side only, but for {@code execute} and the addresses. */
    Link link() {
        return Objects.requireNonNull(link, "not opened yet");
    }

    /** The engine's own link, unchecked. */
    Link bareLink() {
        return rules.bareLink();
    }

    /** What was done wrong so far. */
    List<Breach> breaches() {
        return rules.breaches();
    }

    /** Every call of the handler and every task, in order. */
    List<String> log() {
        return account.calls();
    }

    /** How often this call of the handler came. */
    long count(String call) {
        return log().stream().filter(call::equals).count();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return Waiting.await(future);
        } catch (Exception e) {
            throw new AssertionError("waited in vain: " + e, e);
        }
    }

    /** What follows from the engine's calls, once they are judged. */
    private final class Reactions implements LinkHandler {
        @Override
        public void opened(Link checked) {
            link = checked;
            whenOpened.accept(checked);
            opened.complete(checked);
        }

        @Override
        public void openFailed(IOException cause) {
            openFailed.complete(cause);
        }

        @Override
        public void received(ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            whenReceived.accept(bytes);
        }

        @Override
        public void written() {
            whenWritten.run();
        }

        @Override
        public void outputFailed(IOException cause) {
            outputFailed.complete(cause);
            whenOutputFailed.accept(cause);
        }

        @Override
        public void inputEnded() {
            inputEnded.complete(null);
            whenInputEnded.run();
        }

        @Override
        public void closed(@Nullable IOException cause) {
            whenClosed.run();
            closed.complete(Optional.ofNullable(cause));
        }
    }
}
