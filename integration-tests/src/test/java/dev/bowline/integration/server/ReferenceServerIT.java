package dev.bowline.integration.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract in {@code reference-server/README.md}: every form of the server that this machine can have answers every
 * script as that says, and all of them the same.
 */
final class ReferenceServerIT {
    private static final String LONGEST = "x".repeat(16384);
    private static final EveryServer SERVERS = new EveryServer();

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    private static void play(EveryServer.Script script) {
        SERVERS.play(ScriptClient::new, script);
    }

    @Test
    void everyLineIsAnsweredWithItself() {
        play(client -> {
            client.send("hello");
            client.expect("hello");
            client.send("", "a\rb", "\nc\n", "d\r", "\u0000\u00ff\u0080", " !close");
            client.expect("", "a\rb", "\nc\n", "d\r", "\u0000\u00ff\u0080", " !close");
        });
    }

    @Test
    void aLineIsPutTogetherFromWhateverPartsItComesIn() {
        play(client -> {
            for (String part : List.of("a", "b\r", "\nc", "\r\n", "\r", "\n")) {
                client.sendRaw(part);
            }
            client.expect("ab", "c", "");
        });
    }

    @Test
    void aLineOf16384BytesIsAnswered() {
        play(client -> {
            client.send(LONGEST, "after");
            client.expect(LONGEST, "after");
        });
    }

    @Test
    void aLineOf16385BytesClosesTheConnection() {
        play(client -> {
            client.send("before");
            client.expect("before");
            client.send(LONGEST + "x");
            client.expectEndOrReset();
        });
    }

    @Test
    void bytesThatCannotBecomeALineCloseTheConnection() {
        play(client -> {
            client.sendRaw(LONGEST + "xx");
            client.expectEnd();
        });
    }

    @Test
    void closeSendsTheAnswersBeforeItAndNoneAfter() {
        play(client -> {
            client.send("a", "b", "!close", "c");
            client.expect("a", "b");
            client.expectEndOrReset();
        });
    }

    @Test
    void closeEndsAFlood() {
        play(client -> {
            client.send("!flood 999999999 64", "!close");
            client.expectFloodCutShort(64);
        });
    }

    @Test
    void abortResets() {
        play(client -> {
            client.send("a");
            client.expect("a");
            client.send("!abort", "b");
            client.expectReset();
        });
    }

    @Test
    void halfEndsTheOutputAndGoesOnWithTheLedger() {
        play(client -> {
            client.send("a", "!ledger");
            client.expect("a");
            int number = client.expectLedger("a", "!ledger");
            client.send("b", "!half", "c");
            client.expect("b");
            client.expectEnd();
            client.send("!half", "!count", "!flood 5 5", "!long 5", "!split 1 x", "!raw 2", "xxd");
            List<String> all = List.of(
                    "a",
                    "!ledger",
                    "b",
                    "!half",
                    "c",
                    "!half",
                    "!count",
                    "!flood 5 5",
                    "!long 5",
                    "!split 1 x",
                    "!raw 2",
                    "d");
            await().until(() -> client.linesInLedgerOf(number), all::equals);
        });
    }

    @Test
    void everythingThatAClientSentBeforeItsEndIsAnswered() {
        play(client -> {
            client.send("a", "!flood 1000 12", "b", "!split 3 splitted");
            client.sendRaw("unfinished");
            client.endOutput();
            client.expectFlood(1000, 12, "a", "b", "splitted");
            client.expectEnd();
        });
        play(client -> {
            client.send("!long 100000", "a", "!pause 20", "b");
            client.endOutput();
            client.expect("x".repeat(100_000) + "a", "b");
            client.expectEnd();
        });
    }

    @Test
    void floodSendsNumberedLinesAndAnswersMeanwhile() {
        play(client -> {
            client.send("!flood 1000 12", "a", "!count", "!split 2 b");
            client.expectFlood(1000, 12, "a", "count 3", "b");
            client.send("!flood 1000 64", "!flood 9 1", "!flood 0 1", "!flood 1 20000");
            client.expectFlood(1000, 64);
            client.expectFlood(9, 1);
            client.expectFlood(1, 20_000);
        });
    }

    @Test
    void aClientMayWrite100000LinesBeforeItReadsOne() {
        String[] lines = IntStream.range(0, 100_000)
                .mapToObj("line number %d"::formatted)
                .toArray(String[]::new);
        play(client -> {
            client.send(lines);
            client.expect(lines);
            client.send("!count");
            client.expect("count 100001");
        });
    }

    @Test
    void longSendsBytesWithoutALineEnd() {
        play(client -> {
            client.send("!long 0", "!long 1", "a", "!long 200000", "b");
            client.expect("xa", "x".repeat(200_000) + "b");
        });
    }

    @Test
    void splitSendsALineInPartsOfOneTo17BytesAndLaterAnswersAfterIt() {
        play(client -> {
            for (int size = 1; size <= 17; size++) {
                client.send("!split " + size + " the quick  brown\n\rfox ", "after " + size);
                client.expect("the quick  brown\n\rfox ", "after " + size);
            }
            client.send("!split 999999999 all of it", "!split 5 ");
            client.expect("all of it", "");
        });
    }

    @Test
    void eachPartOfASplitLineIsASegmentOfItsOwn() {
        // A client that is kept from running reads several parts at once: so it has some tries to see them alone.
        List<Integer> alone = List.of(7, 7, 7, 2);
        play(client -> {
            List<Integer> sizes = List.of();
            for (int tries = 0; tries < 50 && !sizes.equals(alone); tries++) {
                client.send("!split 7 twenty-one bytes long");
                sizes = client.readSizes(23);
            }
            assertThat(sizes).isEqualTo(alone);
        });
    }

    @Test
    void pauseHoldsBackWhatComesAfterItForThatLong() {
        play(client -> {
            long start = System.nanoTime();
            client.send("a", "!pause 300", "b");
            client.send("c");
            client.expect("a", "b", "c");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(295));
        });
    }

    @Test
    void rawBytesAreNotLinesAndAreAnsweredByLengthAndChecksum() {
        play(client -> {
            client.send("!raw 9");
            client.sendRaw("1234");
            client.sendRaw("56789a\r\n");
            client.expect("raw 9 cbf43926", "a"); // the check value that CRC-32 is known by
            client.send("!raw 0", "!raw 10", "!close", "\r\nb", "!raw 1", "\u0000c", "!raw 300000");
            client.sendRaw("y".repeat(300_000) + "d\r\n");
            client.expect("raw 0 00000000", "raw 10 aaa3790b", "b", "raw 1 d202ef8d", "c", "raw 300000 8db36444", "d");
            client.send("!count");
            client.expect("count 10");
        });
    }

    @Test
    void muteSilencesThatManyLinesButNoCommand() {
        play(client -> {
            client.send("!mute 2", "a", "!count", "b", "c");
            client.expect("count 3", "c");
            client.send("!mute 5", "d", "!mute 0", "e", "!mute 5", "!mute 1", "f", "g");
            client.expect("e", "g");
            client.send("!ledger");
            client.expectLedger(
                    "!mute 2", "a", "!count", "b", "c", "!mute 5", "d", "!mute 0", "e", "!mute 5", "!mute 1", "f", "g",
                    "!ledger");
        });
    }

    @Test
    void theLedgerHasEveryLineOfThisConnectionAndNoOther() {
        play(client -> {
            client.send("a");
            client.expect("a");
            try (ScriptClient other = client.another()) {
                other.send("not mine");
                other.expect("not mine");
                client.send("", "b\nc", "!nonsense", "!ledger", "d");
                client.expect("", "b\nc", "? There is no such command.");
                int number = client.expectLedger("a", "", "b\nc", "!nonsense", "!ledger");
                client.expect("d");
                other.send("!ledger");
                assertThat(other.expectLedger("not mine", "!ledger")).isEqualTo(number + 1);
            }
        });
    }

    @Test
    void aLongLedgerComesWhole() {
        String[] lines = Collections.nCopies(20_000, "always the same").toArray(String[]::new);
        play(client -> {
            client.send(lines);
            client.expect(lines);
            client.send("!ledger", "after");
            String[] all = Arrays.copyOf(lines, lines.length + 1);
            all[lines.length] = "!ledger";
            client.expectLedger(all);
            client.expect("after");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "!|? There is no such command.",
                "!echo|? There is no such command.",
                "!Close|? There is no such command.",
                "!starttls now|? Usage: !starttls",
                "!close |? Usage: !close",
                "!abort now|? Usage: !abort",
                "!half 1|? Usage: !half",
                "!flood|? Usage: !flood N SIZE",
                "!flood 1|? Usage: !flood N SIZE",
                "!flood  1 1|? Usage: !flood N SIZE",
                "!flood 1 1 |? Usage: !flood N SIZE",
                "!flood -1 1|? Usage: !flood N SIZE",
                "!flood 10 1|? SIZE must hold the digits of N and be 1048576 or less.",
                "!flood 0 0|? SIZE must hold the digits of N and be 1048576 or less.",
                "!flood 1 1048577|? SIZE must hold the digits of N and be 1048576 or less.",
                "!long x|? Usage: !long N",
                "!long 1000000000|? Usage: !long N",
                "!split 1|? Usage: !split N LINE",
                "!split x y|? Usage: !split N LINE",
                "!split 0 y|? N must be 1 or more.",
                "!pause|? Usage: !pause MS",
                "!pause 1.5|? Usage: !pause MS",
                "!raw 0x1|? Usage: !raw N",
                "!mute +1|? Usage: !mute N",
                "!count 1|? Usage: !count",
                "!ledger 1|? Usage: !ledger",
            })
    void aCommandThatIsNoneIsAnsweredWithASentence(String command, String answer) {
        play(client -> {
            client.send(command, "after");
            client.expect(answer, "after");
        });
    }
}
