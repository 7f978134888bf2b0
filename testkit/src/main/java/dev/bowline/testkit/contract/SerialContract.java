package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Transport;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.Bytes;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.RecordingLines;
import dev.bowline.testkit.contract.support.RecordingProtocol;
import dev.bowline.testkit.contract.support.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The callbacks of one connection come one at a time, and nothing follows the last (A4). */
public abstract class SerialContract extends TransportContract {
    /** For a transport's own class. */
    protected SerialContract() {}

    private static final int TASKS = 500;

    /** Counts without any synchronization of its own: only callbacks that see each other get the sum right. */
    private static final class Counting extends RecordingProtocol {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();
        private final CountDownLatch tasks = new CountDownLatch(4 * TASKS * 2);
        private int count;
        private int bytes;

        private void callback() {
            if (inside.getAndIncrement() != 0) {
                overlaps.incrementAndGet();
            }
            count++;
            inside.getAndDecrement();
        }

        void task() {
            callback();
            tasks.countDown();
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            bytes += data.remaining();
            callback();
            count--;
        }
    }

    @Test
    void a4_callbacksNeverOverlapAndSeeWhatTheOneBeforeDid() throws Exception {
        PeerServer server = server();
        Counting protocol = connect(server, new Counting());
        Connection connection = protocol.connection();
        Peer peer = server.accept();
        List<CompletableFuture<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(Waiting.aside(() -> {
                for (int i = 0; i < TASKS; i++) {
                    connection.execute(protocol::task);
                    connection.schedule(Duration.ZERO, protocol::task);
                    connection.write(Bytes.of("x"));
                }
                return TASKS;
            }));
        }
        for (int i = 0; i < 200; i++) {
            peer.send(new byte[500]);
        }
        for (CompletableFuture<Integer> thread : threads) {
            Waiting.await(thread);
        }
        Waiting.await(protocol.tasks);
        peer.shutdownOutput();
        protocol.awaitLost();
        assertThat(protocol.overlaps).hasValue(0);
        assertThat(protocol.count).isEqualTo(4 * TASKS * 2);
        assertThat(protocol.bytes).isEqualTo(100_000);
    }

    @Test
    void a4_tasksRunInTheOrderGiven() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = connect(server, new RecordingProtocol());
        Connection connection = protocol.connection();
        List<Integer> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            int number = i;
            connection.execute(() -> {
                order.add(number);
                done.countDown();
            });
        }
        Waiting.await(done);
        assertThat(order).isSorted().hasSize(100);
    }

    @Test
    void a4_aTaskGivenInsideACallbackRunsAfterIt() throws Exception {
        PeerServer server = server();
        RecordingProtocol protocol = new RecordingProtocol() {
            @Override
            public void connectionMade(Connection connection) throws Exception {
                connection.execute(() -> log().add("task"));
                log().add("callback over");
                super.connectionMade(connection);
            }
        };
        connect(server, protocol);
        protocol.log().await("task");
        assertThat(protocol.log().events()).containsExactly("callback over", "made", "task");
    }

    @Test
    void a4_nothingFollowsConnectionLost() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        RecordingProtocol protocol = new RecordingProtocol();
        Transport transport = transport(clock);
        RecordingFactory factory = new RecordingFactory(() -> protocol);
        transport.connect(server.endpoint(), factory, options());
        Connection connection = protocol.connection();
        connection.schedule(Duration.ofMinutes(1), () -> protocol.log().add("timer"));
        server.accept().close();
        factory.awaitStopped();
        assertThat(clock.isWaiting(Duration.ofMinutes(1)))
                .as("timers die with their connection")
                .isFalse();
        connection.execute(() -> protocol.log().add("task"));
        connection.schedule(Duration.ofSeconds(1), () -> protocol.log().add("later timer"));
        clock.advance(Duration.ofMinutes(2));
        connection.resumeReading();
        // When the transport has ended, all that could still have run has run.
        transport.close();
        assertThat(protocol.log().events()).containsExactly("made", "inputEnded", "lost");
    }

    @Test
    void a4_aConnectionThatIsLostTakesNoWriteAndNoOtherCallDoesAnything() throws Exception {
        PeerServer server = server();
        RecordingLines protocol = connect(server, new RecordingLines());
        Connection connection = protocol.opened();
        server.accept().close();
        assertThat(protocol.awaitLost()).isEqualTo(new LossReason.ClosedByPeer());
        ByteBuffer data = Bytes.of("late");
        assertThat(connection.write(data)).isFalse();
        assertThat(data.position()).isZero();
        assertThat(protocol.say("late")).isFalse();
        protocol.becomeReady();
        protocol.end();
        connection.pauseReading();
        connection.resumeReading();
        connection.shutdownOutput();
        connection.close();
        connection.abort();
        assertThat(connection.isReading()).isFalse();
        assertThat(connection.remoteAddress()).isEqualTo(server.address());
    }

    @Test
    void a4_aTimerRunsOnceWhenItsTimeHasCome() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        RecordingProtocol protocol = new RecordingProtocol();
        transport(clock).connect(server.endpoint(), new RecordingFactory(() -> protocol), options());
        Connection connection = protocol.connection();
        connection.schedule(Duration.ofSeconds(2), () -> protocol.log().add("second"));
        connection.schedule(Duration.ofSeconds(1), () -> protocol.log().add("first"));
        connection
                .schedule(Duration.ofSeconds(1), () -> protocol.log().add("never"))
                .cancel();
        clock.advance(Duration.ofSeconds(1));
        protocol.log().await("first");
        clock.advance(Duration.ofSeconds(10));
        protocol.log().await("second");
        assertThat(protocol.log().events()).containsExactly("made", "first", "second");
        server.accept().close();
        protocol.awaitLost();
    }
}
