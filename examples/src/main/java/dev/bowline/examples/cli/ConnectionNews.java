package dev.bowline.examples.cli;

import dev.bowline.ClientEvent;
import dev.bowline.ClientEvent.Connected;
import dev.bowline.ClientEvent.Lost;
import dev.bowline.ClientEvent.Waiting;
import dev.bowline.ClientObserver;
import dev.bowline.LossReason;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells, in one sentence each, of attempts that failed and connections that were lost, when others follow. */
final class ConnectionNews implements ClientObserver {
    private final Consumer<String> told;
    private final CountDownLatch connected = new CountDownLatch(1);

    /** Why the latest connection was lost. Events of connections come one after the other. */
    private @Nullable LossReason loss;

    ConnectionNews(Consumer<String> told) {
        this.told = told;
    }

    /** Waits until there is, or was, a connection. */
    void awaitConnected() throws InterruptedException {
        connected.await();
    }

    boolean wasConnected() {
        return connected.getCount() == 0;
    }

    @Override
    public void happened(ClientEvent event) {
        if (event instanceof Connected) {
            connected.countDown();
        } else if (event instanceof Lost lost) {
            loss = lost.report().reason();
        } else if (event instanceof Waiting waiting) {
            told.accept(what(waiting) + "; next attempt in " + seconds(waiting.delay()));
        }
    }

    private String what(Waiting waiting) {
        if (waiting.failure() != null) {
            return waiting.failure().describe();
        }
        LossReason lost = loss;
        return "connection lost: " + (lost == null ? "no reason is known" : lost.describe());
    }

    /** Rounded up, so that what is not at once does not look so. */
    private static String seconds(Duration delay) {
        return String.format(Locale.ROOT, "%.1f s", Math.ceil(delay.toMillis() / 100.0) / 10);
    }
}
