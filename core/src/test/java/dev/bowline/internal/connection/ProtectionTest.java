package dev.bowline.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.TlsException;
import dev.bowline.internal.tls.TlsResources;
import dev.bowline.spi.Link;
import dev.bowline.testing.FakeLink;
import dev.bowline.testing.ManualClock;
import dev.bowline.testing.RecordingProtocol;
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
        ManualClock clock = new ManualClock();
        ConnectionHarness harness = ConnectionHarness.open(new RecordingProtocol());
        FakeLink link = harness.link;
        Ending ending = new Ending();
        Lock lock = new ReentrantLock();
        Outgoing outgoing = new Outgoing(new BatchPool(), new DeafListener(), lock);
        Departure departure = new Departure(
                ending,
                outgoing,
                new Incoming(data -> {}),
                new Deadlines(clock, Runnable::run, lock),
                new OpenExit(link));
        Protection protection = new Protection(
                new TlsResources(clock, Runnable::run),
                Endpoint.parse("mail.example:25"),
                ending,
                outgoing,
                departure,
                Runnable::run);
        CompletableFuture<Void> done = new CompletableFuture<>();

        protection.request(
                () -> {
                    throw new IllegalStateException("no provider");
                },
                done);

        assertThat(done).isCompletedExceptionally();
        assertThat(link.calls()).containsExactly("close");
        assertThat(ending.reason())
                .isInstanceOfSatisfying(
                        LossReason.TlsFailed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(TlsException.class)
                                .hasMessage("TLS with mail.example:25 can't begin: no provider"));
    }
}
