package dev.bowline.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Cancellable;
import dev.bowline.ClientFactory;
import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.Protocol;
import dev.bowline.Scheduler;
import dev.bowline.Transport;
import dev.bowline.spi.Engine;
import dev.bowline.spi.LinkHandler;
import dev.bowline.spi.LinkOptions;
import dev.bowline.testing.RecordingProtocol;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a transport, at the worst of moments. */
class EngineRoomTest {
    private final CompletableFuture<Boolean> engineClosed = new CompletableFuture<>();
    private final CompletableFuture<Thread> attempt = new CompletableFuture<>();
    private final Transport transport = Transport.builder()
            .engine(new Opening())
            .scheduler(new Ending())
            .resolver(host -> List.of())
            .open();

    private final class Opening implements Engine {
        @Override
        public Cancellable open(SocketAddress remote, LinkOptions options, LinkHandler handler) {
            throw new AssertionError("nobody wants " + remote + " any more");
        }

        @Override
        public void close() {
            engineClosed.complete(true);
        }
    }

    /** Ends the transport when the attempt sets its timeout, which is just before the name is resolved. */
    private final class Ending implements Scheduler {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            attempt.complete(Thread.currentThread());
            new Thread(transport::close).start();
            engineClosed.join();
            return () -> {};
        }
    }

    private static final class Factory implements ClientFactory {
        @Override
        public Protocol buildProtocol(Endpoint remote) {
            return new RecordingProtocol();
        }
    }

    @Test
    void a2_anAttemptThatTheTransportsEndOvertakesBreaksNoThread() throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try {
            transport.connect(Endpoint.parse("name.example:7"), new Factory(), ConnectOptions.DEFAULT);
            attempt.get(30, TimeUnit.SECONDS).join(30_000);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(engineClosed).isDone();
        assertThat(uncaught).isEmpty();
    }
}
