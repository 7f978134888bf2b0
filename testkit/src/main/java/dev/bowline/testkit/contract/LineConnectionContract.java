package dev.bowline.testkit.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.ConnectionLostException;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.Transport;
import dev.bowline.line.LineConnection;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.Flood;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A connection that threads wait for, and that streams its lines (A2, B3, B6, C2, F4). */
public abstract class LineConnectionContract extends TransportContract {
    private static final Duration LONG = Duration.ofHours(1);

    /** More than all buffers between a peer and a connection of small windows can hold. */
    private static final long BOUND = 64L * 1024 * 1024;

    /** For a transport's own class. */
    protected LineConnectionContract() {}

    private LineConnection.Builder builder(Endpoint endpoint) {
        return LineConnection.builder(endpoint).transport(transport()).connectOptions(options());
    }

    /** The peer and the connection of one session; the peer ends first, so that nobody waits for it. */
    private record Session(Peer peer, LineConnection connection) {}

    private Session open(PeerServer server) throws Exception {
        return open(server, transport());
    }

    private Session open(PeerServer server, Transport transport) throws Exception {
        CompletableFuture<LineConnection> opening = Waiting.aside(
                () -> builder(server.endpoint()).transport(transport).open());
        Peer peer = server.accept();
        return new Session(peer, keep(Waiting.await(opening)));
    }

    private static CompletableFuture<String> reading(LineConnection connection) {
        return Waiting.aside(() -> connection.readLine(LONG));
    }

    @Test
    void a6_aSessionIsReadAndAnsweredToItsOrderlyEnd() throws Exception {
        Session session = open(server());
        CompletableFuture<List<String>> script = Waiting.aside(() -> {
            List<String> read = new ArrayList<>();
            LineConnection connection = session.connection();
            read.add(connection.readLine(LONG));
            connection.send("QUIT");
            for (String line = connection.readLine(LONG); line != null; line = connection.readLine(LONG)) {
                read.add(line);
            }
            connection.close();
            return read;
        });
        session.peer().send("+OK ready\r\n");
        assertThat(session.peer().readLine()).isEqualTo("QUIT");
        session.peer().send("+OK\r\n+OK bye\r\n").shutdownOutput();
        assertThat(session.peer().readToEnd()).isEmpty();
        session.peer().close();
        assertThat(Waiting.await(script)).containsExactly("+OK ready", "+OK", "+OK bye");
    }

    @Test
    void a2_whereNobodyListensTheSentenceSaysSo() throws Exception {
        Endpoint nobody = nobody();
        assertThat(Waiting.awaitFailure(Waiting.aside(() -> builder(nobody).open())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void a6_aResetIsAnExceptionForWhoeverWaits() throws Exception {
        Session session = open(server());
        CompletableFuture<String> waiting = reading(session.connection());
        session.peer().reset();
        assertThat(Waiting.awaitFailure(waiting))
                .isInstanceOfSatisfying(
                        ConnectionLostException.class,
                        lost -> assertThat(lost.reason()).isInstanceOf(LossReason.Failed.class));
    }

    @Test
    void b3_closeSendsWhatWasSentAndWakesWhoeverWaits() throws Exception {
        Session session = open(server());
        CompletableFuture<String> waiting = reading(session.connection());
        session.connection().send("last words");
        CompletableFuture<String> closing = Waiting.aside(() -> {
            session.connection().close();
            return "closed";
        });
        assertThat(session.peer().readLinesToEnd()).containsExactly("last words");
        session.peer().close();
        assertThat(Waiting.await(closing)).isEqualTo("closed");
        assertThat(Waiting.awaitFailure(waiting)).hasMessage("closed here");
    }

    /** Time stands still, so no limit ends what the peer leaves open. */
    @Test
    void d2_aLineThatIsTooLongIsHeardOfBeforeThePeerHasEnded_andAnAbortWaitsForNothing() throws Exception {
        Session session = open(server(), transport(new ManualClock()));
        CompletableFuture<String> waiting = reading(session.connection());
        session.peer().send("x".repeat(20_000));
        assertThat(Waiting.awaitFailure(waiting))
                .isInstanceOfSatisfying(
                        ConnectionLostException.class,
                        lost -> assertThat(lost.reason()).isEqualTo(new LossReason.TooLong(16_384)));
        CompletableFuture<String> ending = Waiting.aside(() -> {
            session.connection().abort();
            session.connection().close();
            return "over";
        });
        assertThat(Waiting.await(ending)).isEqualTo("over");
        assertThatThrownBy(() -> session.connection().send("too late")).isInstanceOf(IOException.class);
    }

    @Test
    void c2_whatNobodyReadsMakesThePeerWaitAndComesLater() throws Exception {
        Session session = open(serverWithSmallWindow());
        session.peer().send("first\r\n");
        assertThat(session.connection().readLine(LONG)).isEqualTo("first");
        String line = "x".repeat(8_190);
        Flood flood = session.peer().flood((line + "\r\n").getBytes(US_ASCII));
        flood.awaitFull(BOUND);
        CompletableFuture<Long> read = Waiting.aside(() -> {
            long bytes = 0;
            for (String next = session.connection().readLine(LONG);
                    next != null;
                    next = session.connection().readLine(LONG)) {
                assertThat(next).isEqualTo(line);
                bytes += next.length() + 2;
            }
            return bytes;
        });
        long sent = flood.awaitEnd();
        session.peer().shutdownOutput();
        assertThat(Waiting.await(read)).isEqualTo(sent);
    }

    @Test
    void c2_noLineIsReadThatNoSubscriberAskedFor() throws Exception {
        Session session = open(serverWithSmallWindow());
        Lines lines = new Lines();
        session.connection().lines().subscribe(lines);
        Flood flood = session.peer().flood("0123456789\r\n".repeat(1_000).getBytes(US_ASCII));
        flood.awaitFull(BOUND);
        assertThat(lines.count).hasValue(0);
        lines.subscription().request(Long.MAX_VALUE);
        long sent = flood.awaitEnd();
        session.peer().shutdownOutput();
        assertThat(Waiting.await(lines.end)).isEqualTo("complete");
        assertThat(lines.count).hasValue(sent / "0123456789\r\n".length());
    }

    /** Each line is asked for by a thread that has seen the one before, while the event side makes up its mind to pause. */
    @Test
    void c2_demandOfAnotherThreadIsNeverOverlooked() throws Exception {
        int count = 50_000;
        int share = 1_000;
        Session session = open(server());
        Lines lines = new Lines();
        session.connection().lines().subscribe(lines);
        for (int begin = 0; begin < count; begin += share) {
            int first = begin;
            int end = begin + share;
            // Patience is for a share: all of them may take long where other work has the machine.
            CompletableFuture<Integer> asking = Waiting.aside(() -> {
                for (int asked = first; asked < end; asked++) {
                    lines.awaitCount(asked);
                    lines.subscription().request(1);
                }
                lines.awaitCount(end);
                return end;
            });
            session.peer().send("x\r\n".repeat(share));
            assertThat(Waiting.await(asking)).isEqualTo(end);
        }
    }

    @Test
    void c3_whoCancelsClosesTheConnectionInGoodOrder() throws Exception {
        Session session = open(server());
        Lines lines = new Lines();
        session.connection().lines().subscribe(lines);
        session.connection().send("bye");
        lines.subscription().cancel();
        assertThat(session.peer().readLinesToEnd()).containsExactly("bye");
    }

    @Test
    void b6_sendWaitsWhileThePeerTakesNothingAndGoesOnThen() throws Exception {
        Session session = open(serverWithSmallWindow());
        String line = "x".repeat(16_000);
        int count = 1_000;
        CompletableFuture<Integer> sending = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                for (int i = 0; i < count; i++) {
                    session.connection().send(line);
                }
                sending.complete(count);
            } catch (Exception e) {
                sending.completeExceptionally(e);
            }
        });
        sender.start();
        Waiting.untilBlocked(sender);
        assertThat(sending).as("16 MB fit nowhere").isNotDone();
        byte[] expected = (line + "\r\n").repeat(count).getBytes(US_ASCII);
        assertThat(session.peer().read(expected.length)).isEqualTo(expected);
        assertThat(Waiting.await(sending)).isEqualTo(count);
    }

    @Test
    void b7_sendEndsWithTheConnectionThatItWaitsFor() throws Exception {
        Session session = open(serverWithSmallWindow());
        CompletableFuture<Integer> sending = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                while (true) {
                    session.connection().send("x".repeat(16_000));
                }
            } catch (Exception e) {
                sending.completeExceptionally(e);
            }
        });
        sender.start();
        Waiting.untilBlocked(sender);
        session.peer().reset();
        // Until somebody asks for lines nobody reads, and a reset may go unnoticed (C1).
        assertThat(Waiting.awaitFailure(reading(session.connection()))).isInstanceOf(ConnectionLostException.class);
        assertThat(Waiting.awaitFailure(sending)).isInstanceOf(IOException.class);
    }

    @Test
    void f4_onACallbackThreadNothingWaits() throws Exception {
        Session session = open(server());
        LineConnection other = open(server()).connection();
        List<String> thrown = new ArrayList<>();
        CompletableFuture<List<String>> tried = new CompletableFuture<>();
        session.connection().lines().subscribe(new Lines() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                super.onSubscribe(given);
                given.request(1);
            }

            @Override
            public void onNext(String line) {
                attempt(() -> other.readLine(LONG));
                attempt(() -> LineConnection.open("127.0.0.1:1"));
                attempt(() -> {
                    other.send("from a callback");
                    return "sent";
                });
                tried.complete(thrown);
            }

            private void attempt(Callable<Object> call) {
                try {
                    thrown.add(String.valueOf(call.call()));
                } catch (Exception e) {
                    thrown.add(e.getClass().getSimpleName());
                }
            }
        });
        session.peer().send("go\r\n");
        assertThat(Waiting.await(tried)).containsExactly("IllegalStateException", "IllegalStateException", "sent");
    }

    @Test
    void c2_aLineThatDoesNotComeInTimeIsNotLost() throws Exception {
        Session session = open(server());
        assertThat(Waiting.awaitFailure(Waiting.aside(() -> session.connection().readLine(Duration.ofMillis(1)))))
                .isInstanceOf(SocketTimeoutException.class);
        session.peer().send("here\r\n");
        assertThat(session.connection().readLine(LONG)).isEqualTo("here");
    }

    @Test
    void a4_linesGoToWhoeverCameFirst() throws Exception {
        Session session = open(server());
        session.peer().send("mine\r\n");
        assertThat(session.connection().readLine(LONG)).isEqualTo("mine");
        Lines late = new Lines();
        session.connection().lines().subscribe(late);
        assertThat(Waiting.awaitFailure(late.end)).isInstanceOf(IllegalStateException.class);
        Session streamed = open(server());
        streamed.connection().lines().subscribe(new Lines());
        assertThat(Waiting.awaitFailure(reading(streamed.connection()))).isInstanceOf(IllegalStateException.class);
    }

    /** Counts what it gets; asks for what a test tells it to. */
    private static class Lines implements Flow.Subscriber<String> {
        private final CompletableFuture<String> end = new CompletableFuture<>();

        private final AtomicLong count = new AtomicLong();

        /** Set before subscribe returns. */
        private Flow.@Nullable Subscription subscription;

        final Flow.Subscription subscription() {
            return Objects.requireNonNull(subscription, "not subscribed yet");
        }

        /** Spins, so as to be quick. */
        final void awaitCount(long lines) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.patienceSeconds());
            while (count.get() < lines) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(count + " lines came, not " + lines);
                }
                Thread.onSpinWait();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(String line) {
            count.incrementAndGet();
        }

        @Override
        public void onError(Throwable thrown) {
            end.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            end.complete("complete");
        }
    }
}
