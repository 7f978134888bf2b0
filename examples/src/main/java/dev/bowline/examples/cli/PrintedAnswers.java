package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Delivery;
import dev.bowline.LossReason;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Prints what comes back.
 *
 * <p>When all is sent it waits until nothing has come for a while, half-closes, and waits for the server's end as long
 * again. It does not half-close at once: many servers answer that with their own end, and drop answers that are due.
 */
final class PrintedAnswers implements Answers {
    private final Output out;
    private final boolean escaped;
    private final Duration silence;
    private final CompletableFuture<LineClient> opened = new CompletableFuture<>();

    /** The connection that was made last. Written on its event side. */
    private volatile @Nullable Printing latest;

    /** Set once all lines are handed over. A connection that is lost later is not to be replaced. */
    private volatile boolean finishing;

    /** Set once, on a connection's event side. */
    private volatile Output.@Nullable FailedException outputFailure;

    private volatile @Nullable String failure;

    /**
     * Answers for one run.
     *
     * @param escaped whether to print what is no text so that a terminal does nothing with it
     * @param silence for how long nothing comes when the server has no more to say
     */
    PrintedAnswers(Output out, boolean escaped, Duration silence) {
        this.out = out;
        this.escaped = escaped;
        this.silence = silence;
    }

    @Override
    public Delivery delivery() {
        return Delivery.written();
    }

    @Override
    public LineProtocol newProtocol() {
        return new Printing();
    }

    @Override
    public void opened(LineClient client) {
        opened.complete(client);
    }

    @Override
    public void finish(LineClient client) throws InterruptedException, ExecutionException {
        client.flush().get();
        finishing = true;
        Printing connected = latest;
        if (connected == null || connected.lost) {
            end(); // a loss may have been too early to see that this is the end, and then is seen here
        } else {
            connected.endWhenSilent();
        }
    }

    @Override
    public void check() throws Output.FailedException {
        if (outputFailure != null) {
            throw outputFailure;
        }
    }

    @Override
    public @Nullable String failure() {
        return failure;
    }

    private void end() {
        var unused = opened.thenAccept(client -> Shipment.end(client, Duration.ZERO));
    }

    private final class Printing extends LinePrinter {
        private volatile boolean lost;

        /** Event side. */
        private boolean heard;

        Printing() {
            super(Long.MAX_VALUE, out);
        }

        @Override
        protected void connectionMade() {
            latest = this;
            ready();
        }

        @Override
        void take(ByteBuffer line) throws Output.FailedException {
            heard = true;
            super.take(escaped ? UTF_8.encode(Escapes.show(line)) : line);
        }

        /** Everything is handed over. From any thread. */
        private void endWhenSilent() {
            connection()
                    .execute(() -> whenSilent(() -> {
                        connection().shutdownOutput();
                        whenSilent(this::finish);
                    }));
        }

        private void whenSilent(Runnable then) {
            heard = false;
            connection().schedule(silence, () -> {
                if (heard) {
                    whenSilent(then);
                } else {
                    then.run();
                }
            });
        }

        @Override
        public void connectionLost(LossReason reason) {
            lost = true;
            if (outputFailed(reason) || finishing) {
                end();
            }
        }

        /** Whether it was the output that broke the connection. A loss of answers is a failure, too. */
        private boolean outputFailed(LossReason reason) {
            outputFailure = Output.FailedException.in(reason.cause());
            if (outputFailure == null
                    && finishing
                    && !(reason instanceof LossReason.ClosedByPeer || reason instanceof LossReason.ClosedHere)) {
                failure = "answers may be missing: " + reason.describe();
            }
            return outputFailure != null;
        }
    }
}
