package dev.bowline.line;

import dev.bowline.ConnectionLostException;
import dev.bowline.LossReason;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one subscription to the lines of a connection, by the rules of Reactive Streams 1.0.4, whose numbers stand below.
 * {@code onSubscribe} is called by whoever subscribes, all that follows on the event side, so nothing overlaps (1.3).
 */
final class LineSubscription implements Flow.Subscription, PulledLines.Sink {
    private final PulledLines source;

    /** Null once it is to hear no more; whoever takes it out may tell it the last thing. */
    private final AtomicReference<Flow.@Nullable Subscriber<? super String>> subscriber;

    /** A request for no line at all, until the subscriber is told; set by whichever thread makes it. */
    private volatile @Nullable IllegalArgumentException breach;

    private LineSubscription(PulledLines source, Flow.Subscriber<? super String> subscriber) {
        this.source = source;
        this.subscriber = new AtomicReference<>(subscriber);
    }

    /** The first subscriber gets the lines, any other one an error (1.9, 1.11). */
    static void begin(PulledLines source, Flow.Subscriber<? super String> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        LineSubscription subscription = new LineSubscription(source, subscriber);
        if (!source.attach(subscription)) {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(new IllegalStateException(
                    "the lines of this connection go to somebody else already: a subscriber, or"
                            + " whoever called readLine"));
            return;
        }
        try {
            subscriber.onSubscribe(subscription);
        } catch (Throwable broken) {
            subscription.cancel();
            throw broken;
        }
        source.begin();
        if (subscription.breach != null) {
            source.execute(subscription::tellBreach);
        }
    }

    @Override
    public void request(long lines) {
        if (subscriber.get() == null) {
            return;
        }
        if (lines > 0) {
            source.demand(lines);
        } else {
            breach = new IllegalArgumentException(
                    "a subscriber asks for 1 line or more, not " + lines + " (Reactive Streams 3.9)");
            source.execute(this::tellBreach);
        }
    }

    @Override
    public void cancel() {
        if (subscriber.getAndSet(null) != null) {
            source.end();
        }
    }

    /** Event side. */
    private void tellBreach() {
        Flow.Subscriber<? super String> told = subscriber.getAndSet(null);
        if (told != null) {
            source.end();
            told.onError(breach);
        }
    }

    @Override
    public void line(String line) {
        Flow.Subscriber<? super String> told = subscriber.get();
        if (told == null) {
            return;
        }
        try {
            told.onNext(line);
        } catch (Throwable broken) {
            // It counts as cancelled (2.13), and the connection is aborted for it (rule A5).
            subscriber.set(null);
            throw broken;
        }
    }

    @Override
    public void lost(LossReason reason) {
        Flow.Subscriber<? super String> told = subscriber.getAndSet(null);
        if (told == null) {
            return;
        }
        if (reason instanceof LossReason.ClosedByPeer) {
            told.onComplete();
        } else {
            told.onError(new ConnectionLostException(reason));
        }
    }

    /** What a subscriber gets that came too late, for it must get one (1.9). */
    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long lines) {}

        @Override
        public void cancel() {}
    }
}
