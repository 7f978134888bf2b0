package dev.bowline.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.LossReason;
import dev.bowline.TlsException;
import dev.bowline.spi.Link;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.RecordingProtocol;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What can go wrong before a handshake begins that no test can do from outside. */
class ProtectionTest {
    /** Nothing has to be said before FIN. */
    private record OpenExit(Link link) implements Departure.Exit {
        @Override
        public boolean isGoodbyeSaid() {
            return true;
        }
    }

    @Test
    void g1_whateverIsThrownWhileTheHandshakeIsMadeEndsTheConnectionAndIsTold() {
        ConnectionHarness harness = ConnectionHarness.open(new RecordingProtocol());
        FakeLink link = harness.link;
        Ending ending = new Ending();
        Lock lock = new ReentrantLock();
        Outgoing outgoing = new Outgoing(new BatchPool(), new DeafListener(), lock);
        Deadlines deadlines = new Deadlines(harness.clock, Runnable::run, lock);
        Departure departure = new Departure(ending, outgoing, new Incoming(data -> {}), deadlines, new OpenExit(link));
        Protection protection = new Protection(harness.connection, ending, outgoing, departure, deadlines);
        CompletableFuture<Void> done = new CompletableFuture<>();

        protection.request(
                () -> {
                    throw new IllegalStateException("no provider");
                },
                Duration.ZERO,
                false,
                done);
        link.runTasks();

        assertThat(done).isCompletedExceptionally();
        assertThat(link.calls()).containsExactly("close");
        assertThat(ending.reason())
                .isInstanceOfSatisfying(
                        LossReason.TlsFailed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(TlsException.class)
                                .hasMessage("TLS with 127.0.0.1:8001 can't begin: no provider"));
    }
}
