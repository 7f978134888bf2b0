package dev.bowline.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.LossReason;
import dev.bowline.LossReason.TimedOut.Timer;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.line.NoReplyException;
import dev.bowline.line.ReplyParser;
import dev.bowline.line.RequestProtocol;
import dev.bowline.testkit.ManualClock;
import dev.bowline.testkit.contract.support.Peer;
import dev.bowline.testkit.contract.support.PeerServer;
import dev.bowline.testkit.contract.support.RecordingFactory;
import dev.bowline.testkit.contract.support.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests of threads and of callbacks, and the replies that are theirs (A3, A4, B1, D4, F4, F6). */
public abstract class RequestContract extends TransportContract {
    private static final int THREADS = 4;
    private static final int REQUESTS = 2_000;

    /** For a transport's own class. */
    protected RequestContract() {}

    /** Lets a test make requests, and says why its connection was lost. */
    private static class Asking extends RequestProtocol {
        private final CompletableFuture<Asking> made = new CompletableFuture<>();
        private final CompletableFuture<LossReason> lost = new CompletableFuture<>();

        @Override
        protected void connectionMade() throws Exception {
            made.complete(this);
        }

        @Override
        protected void connectionLost(LossReason reason, int unanswered) {
            lost.complete(reason);
        }

        CompletableFuture<String> ask(String line) {
            return request(line, ReplyParser.singleLine());
        }

        void pipelining(int depth) {
            setPipelining(depth);
        }
    }

    private Asking connectAsking(PeerServer server) throws Exception {
        return connectAsking(server, new Asking());
    }

    private Asking connectAsking(PeerServer server, Asking protocol) throws Exception {
        connect(server.endpoint(), new RecordingFactory(() -> protocol));
        return protocol;
    }

    private static void everyThreadGetsItsReplies(Asking protocol) throws Exception {
        List<CompletableFuture<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String name = "thread " + thread + " request ";
            threads.add(Waiting.aside(() -> {
                List<CompletableFuture<String>> replies = new ArrayList<>();
                for (int i = 0; i < REQUESTS; i++) {
                    replies.add(protocol.ask(name + i));
                }
                for (int i = 0; i < REQUESTS; i++) {
                    assertThat(Waiting.await(replies.get(i))).isEqualTo(name + i);
                }
                return REQUESTS;
            }));
        }
        for (CompletableFuture<Integer> thread : threads) {
            assertThat(Waiting.await(thread)).isEqualTo(REQUESTS);
        }
    }

    @Test
    void b1_requestsOfManyThreadsEachGetTheirOwnReply() throws Exception {
        PeerServer server = server();
        Asking protocol = connectAsking(server);
        server.accept().echoAside();
        everyThreadGetsItsReplies(Waiting.await(protocol.made));
    }

    @Test
    void b1_andSoTheyDoWhereFewAreOnTheirWayAtOnce() throws Exception {
        PeerServer server = server();
        Asking protocol = connectAsking(server);
        server.accept().echoAside();
        Waiting.await(protocol.made).pipelining(3);
        everyThreadGetsItsReplies(protocol);
    }

    @Test
    void a4_requestsOfTheHandshakeGoFirstAndTheirContinuationsAreCallbacks() throws Exception {
        PeerServer server = server();
        CompletableFuture<String> second = new CompletableFuture<>();
        Asking protocol = new Asking() {
            @Override
            protected void connectionMade() {
                var unused = expect(ReplyParser.singleLine())
                        .thenCompose(greeting -> ask("hello to " + greeting))
                        .thenCompose(reply -> ask("and " + reply))
                        .whenComplete((reply, failed) -> {
                            if (failed == null) {
                                second.complete(reply);
                            } else {
                                second.completeExceptionally(failed);
                            }
                        });
            }
        };
        connectAsking(server, protocol);
        Peer peer = server.accept().send("you\r\n");
        assertThat(peer.readLine()).isEqualTo("hello to you");
        peer.send("1\r\n");
        assertThat(peer.readLine()).isEqualTo("and 1");
        peer.send("2\r\n");
        assertThat(Waiting.await(second)).isEqualTo("2");
    }

    @Test
    void a3_aResetLeavesWhatWasSentUncertainAndWhatWaitedUnsent() throws Exception {
        PeerServer server = server();
        Asking protocol = connectAsking(server);
        Peer peer = server.accept();
        Waiting.await(protocol.made).pipelining(1);
        CompletableFuture<String> sent = protocol.ask("one");
        CompletableFuture<String> waiting = protocol.ask("two");
        assertThat(peer.readLine()).isEqualTo("one");
        peer.reset();
        assertThat(Waiting.awaitFailure(sent))
                .isInstanceOfSatisfying(
                        NoReplyException.class,
                        none -> assertThat(none.neverSent()).isFalse());
        assertThat(Waiting.awaitFailure(waiting))
                .isInstanceOfSatisfying(
                        NoReplyException.class,
                        none -> assertThat(none.neverSent()).isTrue());
    }

    @Test
    void f6_aReplyThatIsTooLateIsNobodysAndTheConnectionIsAborted() throws Exception {
        PeerServer server = server();
        ManualClock clock = new ManualClock();
        Asking protocol = new Asking();
        transport(clock).connect(server.endpoint(), new RecordingFactory(() -> protocol), options());
        Peer peer = server.accept();
        CompletableFuture<String> late = Waiting.await(protocol.made).ask("one");
        assertThat(peer.readLine()).isEqualTo("one");
        Duration limit = Duration.ofSeconds(30);
        clock.awaitTimer(limit);
        clock.advance(limit);
        assertThat(Waiting.await(protocol.lost))
                .isInstanceOfSatisfying(
                        LossReason.TimedOut.class,
                        timedOut -> assertThat(timedOut.timer()).isEqualTo(Timer.NO_REPLY));
        assertThat(Waiting.awaitFailure(late)).hasMessageContaining("no reply was complete within 30 s");
        CompletableFuture<String> next = protocol.ask("two");
        assertThat(Waiting.awaitFailure(next)).hasMessageStartingWith("the request was never sent");
    }

    @Test
    void d4_aRefusedRequestIsNotSentAndTakesNobodysReply() throws Exception {
        PeerServer server = server();
        Asking protocol = connectAsking(server);
        server.accept().echoAside();
        Waiting.await(protocol.made);
        assertThat(Waiting.awaitFailure(
                        Waiting.aside(() -> protocol.ask("one\r\nQUIT").isDone())))
                .isInstanceOf(MessageRefusedException.class);
        assertThat(Waiting.await(protocol.ask("two"))).isEqualTo("two");
    }

    @Test
    void f4_aReplyIsNeverWaitedForOnACallbackThread() throws Exception {
        PeerServer server = server();
        CompletableFuture<String> joined = new CompletableFuture<>();
        Asking protocol = new Asking() {
            @Override
            protected void connectionMade() {
                assertThatIllegalStateException()
                        .isThrownBy(() -> joined.complete(ask("one").join()));
                joined.complete("thrown");
            }
        };
        connectAsking(server, protocol);
        server.accept();
        assertThat(Waiting.await(joined)).isEqualTo("thrown");
    }
}
