package dev.bowline.examples.cli;

import dev.bowline.Cancellable;
import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.line.LineProtocol;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends a line, waits until it is back, and sends the next. What it keeps is to be read when the client has ended. */
final class PingProtocol extends LineProtocol {
    /** What the server has to take note of a close, before the connection is aborted. */
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Plan plan;
    private final Consumer<RoundTrips> progress;
    private final RoundTrips trips = new RoundTrips();

    /** Once there is one. Written on its event side. */
    private volatile @Nullable Connection connected;

    private String line = "";
    private long sentAt;
    private long begin;
    private long end;
    private @Nullable Cancellable timer;
    private @Nullable String problem;

    /**
     * What is wanted.
     *
     * @param interval between an answer and the next line
     * @param timeout for an answer; zero for no limit
     */
    record Plan(int count, Duration interval, Duration timeout) {}

    /** @param progress told after each round trip, outside of what is measured */
    PingProtocol(Plan plan, Consumer<RoundTrips> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    RoundTrips trips() {
        return trips;
    }

    /** From the first line to the last answer. */
    Duration time() {
        return Duration.ofNanos(end - begin);
    }

    /** Why there are not as many as were wanted; null if there are, or if somebody else ended it. */
    @Nullable
    String problem() {
        return problem;
    }

    @Override
    protected void connectionMade() {
        ready(); // nothing is queued, but else the connection would end after 30 s
        connected = connection();
        begin = System.nanoTime();
        end = begin;
        ping();
    }

    private void ping() {
        line = "bowline ping " + (trips.count() + 1);
        if (!plan.timeout().isZero()) {
            timer = connection().schedule(plan.timeout(), this::giveUp);
        }
        sentAt = System.nanoTime();
        sendLine(line);
    }

    @Override
    protected void lineReceived(String answer) {
        long now = System.nanoTime();
        if (timer != null) {
            timer.cancel();
        }
        if (!answer.equals(line)) {
            endWith("the server is no echo server: it answered '" + Escapes.show(answer) + "' to '" + line + "'");
            return;
        }
        trips.add(now - sentAt);
        end = now;
        progress.accept(trips);
        if (trips.count() == plan.count()) {
            close();
            connection().schedule(CLOSING, connection()::abort);
        } else if (plan.interval().isZero()) {
            ping();
        } else {
            connection().schedule(plan.interval(), this::ping);
        }
    }

    private void giveUp() {
        endWith("no answer came within " + Seconds.text(plan.timeout()) + " s");
    }

    /** From any thread, at any time. */
    void abort() {
        Connection made = connected;
        if (made != null) {
            made.abort();
        }
    }

    private void endWith(String sentence) {
        problem = sentence;
        connection().abort();
    }

    @Override
    public void connectionLost(LossReason reason) {
        boolean ours = reason instanceof LossReason.AbortedHere || reason instanceof LossReason.ClosedHere;
        if (problem == null && trips.count() < plan.count() && !ours) {
            problem = reason.describe();
        }
    }
}
