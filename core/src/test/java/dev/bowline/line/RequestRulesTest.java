package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bowline.LossReason;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.testing.FramedHarness;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Requests and their replies, over a fake link: which reply is whose, and what goes onto the wire when. */
class RequestRulesTest {
    private final Asking protocol = new Asking();
    private final FramedHarness harness = FramedHarness.open(protocol);

    private <R> CompletableFuture<R> inCallback(Supplier<CompletableFuture<R>> request) {
        List<CompletableFuture<R>> made = new ArrayList<>();
        harness.run(() -> made.add(request.get()));
        return made.get(0);
    }

    private String sent() {
        harness.link().runTasks();
        return harness.link().taken();
    }

    @Test
    void repliesBelongToRequestsInTheOrderInWhichTheseWereMade() {
        CompletableFuture<String> first = protocol.ask("one");
        CompletableFuture<String> second = protocol.ask("two");
        CompletableFuture<String> third = protocol.ask("three");
        assertThat(sent()).isEqualTo("one\r\ntwo\r\nthree\r\n");
        harness.receive("1\r\n2\r\n");
        assertThat(first).isCompletedWithValue("1");
        assertThat(second).isCompletedWithValue("2");
        assertThat(third).isNotDone();
        harness.receive("3\r\n");
        assertThat(third).isCompletedWithValue("3");
    }

    @Test
    void b8_requestsOfOneCallbackLeaveInOneWrite() {
        harness.run(() -> {
            protocol.say("one");
            protocol.say("two");
        });
        assertThat(harness.link().writes()).containsExactly("one\r\ntwo\r\n".length());
    }

    @Test
    void d4_aLineThatIsRefusedIsNotSentAndAwaitsNoReply() {
        assertThatExceptionOfType(MessageRefusedException.class).isThrownBy(() -> protocol.ask("one\r\nQUIT"));
        CompletableFuture<String> next = protocol.ask("two");
        assertThat(sent()).isEqualTo("two\r\n");
        harness.receive("2\r\n");
        assertThat(next).isCompletedWithValue("2");
    }

    @Test
    void aRawRequestIsSentAsItIs() {
        CompletableFuture<String> stored = protocol.askRaw("set k 0 0 4\r\na\r\nb\r\n", ReplyParser.singleLine());
        assertThat(sent()).isEqualTo("set k 0 0 4\r\na\r\nb\r\n");
        harness.receive("STORED\r\n");
        assertThat(stored).isCompletedWithValue("STORED");
    }

    @Test
    void repliesOfLinesAndBlocksAreTheSameHoweverTheyAreCut() {
        String replies = "VALUE k 0 8\r\nEND\r\nx\r\n\r\nEND\r\n250-a\r\n250-b\r\n250 c\r\nEND\r\nSERVER_ERROR\r\n";
        for (int cut = 0; cut <= replies.length(); cut++) {
            Asking asking = new Asking();
            FramedHarness each = FramedHarness.open(asking);
            CompletableFuture<Optional<String>> hit = asking.ask("get k", new MemcachedValue());
            CompletableFuture<List<String>> lines =
                    asking.ask("EHLO me", ReplyParser.linesThrough(line -> !line.startsWith("-", 3)));
            CompletableFuture<Optional<String>> miss = asking.ask("get l", new MemcachedValue());
            CompletableFuture<Optional<String>> failed = asking.ask("get m", new MemcachedValue());
            each.receive(replies.substring(0, cut));
            each.receive(replies.substring(cut));
            assertThat(hit).as("cut at %s", cut).isCompletedWithValue(Optional.of("END\r\nx\r\n"));
            assertThat(lines).isCompletedWithValue(List.of("250-a", "250-b", "250 c"));
            assertThat(miss).isCompletedWithValue(Optional.empty());
            assertThat(failed).isCompletedExceptionally();
        }
    }

    @Test
    void aReplyThatReportsAFailureFailsItsOwnRequestOnly() {
        IllegalStateException refused = new IllegalStateException("-ERR no");
        CompletableFuture<String> first = protocol.ask("one", line -> new Reply.Failed<>(refused));
        CompletableFuture<String> second = protocol.ask("two");
        harness.receive("-ERR no\r\n2\r\n");
        assertThat(failureOf(first)).isSameAs(refused);
        assertThat(second).isCompletedWithValue("2");
    }

    @Test
    void aRequestThatIsCancelledKeepsItsPlace() {
        CompletableFuture<String> first = protocol.ask("one");
        CompletableFuture<String> second = protocol.ask("two");
        first.cancel(false);
        assertThat(sent()).isEqualTo("one\r\ntwo\r\n");
        harness.receive("1\r\n2\r\n");
        assertThat(first).isCancelled();
        assertThat(second).isCompletedWithValue("2");
    }

    @Test
    void aRequestThatIsGivenUpInTimeByItsMakerKeepsItsPlace() throws Exception {
        CompletableFuture<String> first = protocol.ask("one");
        CompletableFuture<String> second = protocol.ask("two");
        assertThat(first.completeOnTimeout("gave up", 0, TimeUnit.NANOSECONDS).get(30, TimeUnit.SECONDS))
                .isEqualTo("gave up");
        harness.receive("1\r\n2\r\n");
        assertThat(second).isCompletedWithValue("2");
    }

    @Test
    void aGreetingIsExpectedWithoutARequestAndComesFirst() {
        CompletableFuture<String> greeting = inCallback(protocol::greeting);
        CompletableFuture<String> reply = protocol.ask("EHLO me");
        harness.receive("220 hello\r\n250 you\r\n");
        assertThat(greeting).isCompletedWithValue("220 hello");
        assertThat(reply).isCompletedWithValue("250 you");
    }

    @Test
    void aContinuationMayMakeTheNextRequest() {
        CompletableFuture<String> second = protocol.ask("one").thenCompose(reply -> protocol.ask("after " + reply));
        harness.receive("1\r\n");
        assertThat(sent()).isEqualTo("one\r\nafter 1\r\n");
        harness.receive("2\r\n");
        assertThat(second).isCompletedWithValue("2");
    }

    @Test
    void f4_aReplyIsNotWaitedForInACallback() {
        harness.run(() -> {
            CompletableFuture<String> reply = protocol.ask("one");
            assertThatIllegalStateException().isThrownBy(reply::join).withMessageContaining("callback thread");
            assertThatIllegalStateException().isThrownBy(reply.thenApply(String::length)::get);
        });
        assertThat(protocol.lost)
                .as("the assertions held, or this would be their failure")
                .isNull();
        assertThat(sent()).isEqualTo("one\r\n");
    }

    // ---- what would be taken for the reply to another request ----

    @Test
    void a5_aLineThatNoRequestAwaitsEndsTheConnection() {
        harness.receive("421 going\u001b down\r\n");
        assertThat(harness.reason())
                .isInstanceOfSatisfying(
                        LossReason.ProtocolFailure.class,
                        failure -> assertThat(failure.cause())
                                .isInstanceOf(ProtocolException.class)
                                .hasMessage("the server said '421 going\\x1b down', which is the reply to no request"));
        assertThat(harness.link().calls()).contains("abort");
    }

    @Test
    void aProtocolMayHearOfLinesThatNoRequestAwaits() {
        Asking tolerant = new Asking() {
            @Override
            protected void unsolicited(String line) {
                unsolicited.add(line);
            }
        };
        FramedHarness each = FramedHarness.open(tolerant);
        each.receive("* news\r\n");
        CompletableFuture<String> reply = tolerant.ask("one");
        each.receive("1\r\n* more\r\n");
        assertThat(tolerant.unsolicited).containsExactly("* news", "* more");
        assertThat(reply).isCompletedWithValue("1");
    }

    @Test
    void d2_aReplyThatIsTooLongEndsTheConnectionAndNoOtherIsTakenForIt() {
        CompletableFuture<String> first = protocol.ask("one");
        CompletableFuture<String> second = protocol.ask("two");
        harness.receive("x".repeat(16_385) + "\r\n2\r\n");
        harness.endInput();
        assertThat(harness.reason()).isEqualTo(new LossReason.TooLong(16_384));
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
    }

    @Test
    void a5_aReplyThatItsParserCannotReadEndsTheConnection() {
        CompletableFuture<Optional<String>> reply = protocol.ask("get k", new MemcachedValue());
        CompletableFuture<String> next = protocol.ask("version");
        harness.receive("VALUE k 0 9999999\r\nVERSION 1\r\n");
        assertThat(harness.reason()).isInstanceOf(LossReason.ProtocolFailure.class);
        assertThat(failureOf(reply)).hasCauseInstanceOf(ProtocolException.class);
        assertThat(failureOf(next)).isInstanceOf(NoReplyException.class);
    }

    @Test
    void aParserThatAsksForABlockWithoutTakingOneIsNamed() {
        CompletableFuture<String> reply = protocol.ask("get", new ReplyParser<>() {
            @Override
            public Reply<String> lineReceived(String line) {
                return new Reply.Block<>(1);
            }
        });
        harness.receive("one\r\nx");
        harness.link().loseIfReleased();
        assertThat(failureOf(reply).getCause()).hasMessageContaining("does not override blockReceived");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> protocol.pipelining(0));
        assertThatIllegalArgumentException().isThrownBy(() -> protocol.within(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply.Block<>(-1));
    }

    @Test
    void requestsBeforeTheConnectionIsMadeSaySo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Asking().ask("early"))
                .withMessageContaining("not made yet");
    }

    private static Throwable failureOf(CompletableFuture<?> failed) {
        return RequestLossTest.failureOf(failed);
    }
}
