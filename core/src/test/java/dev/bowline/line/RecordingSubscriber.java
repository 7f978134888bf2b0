package dev.bowline.line;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Asks for what a test tells it to, and notes what it gets; on the test's thread. */
class RecordingSubscriber implements Flow.Subscriber<String> {
    final List<String> signals = new ArrayList<>();
    Flow.@Nullable Subscription subscription;

    @Nullable
    Throwable error;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        signals.add("subscribed");
        subscription = given;
    }

    @Override
    public void onNext(String line) {
        signals.add(line);
    }

    @Override
    public void onError(Throwable thrown) {
        signals.add("error");
        error = thrown;
    }

    @Override
    public void onComplete() {
        signals.add("complete");
    }
}
