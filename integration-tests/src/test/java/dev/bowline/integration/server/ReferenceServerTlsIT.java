package dev.bowline.integration.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same contract under TLS: every form of the server answers, by either way into it, as the others do. */
final class ReferenceServerTlsIT {
    private static final String LONGEST = "x".repeat(16384);
    private static final EveryServer SERVERS = new EveryServer();

    /** How a client comes to speak TLS. */
    enum Way {
        DIRECTLY_1_2("TLSv1.2"),
        DIRECTLY_1_3("TLSv1.3"),
        BY_AGREEMENT_1_2("TLSv1.2"),
        BY_AGREEMENT_1_3("TLSv1.3");

        private final String version;

        Way(String version) {
            this.version = version;
        }

        private boolean isDirect() {
            return this == DIRECTLY_1_2 || this == DIRECTLY_1_3;
        }

        private ScriptClient open(ReferenceServer server) throws IOException {
            if (isDirect()) {
                return ScriptClient.overTls(server, version);
            }
            ScriptClient client = new ScriptClient(server);
            client.startTls(version);
            return client;
        }

        /** What the ledger has before a script begins. */
        private List<String> agreement() {
            return isDirect() ? List.of() : List.of("!starttls");
        }

        private String[] ledger(String... lines) {
            return Stream.concat(agreement().stream(), Stream.of(lines)).toArray(String[]::new);
        }
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    @ParameterizedTest
    @EnumSource
    void linesAndCommandsAreAnsweredAsInTheClear(Way way) {
        SERVERS.play(way::open, client -> {
            client.send("hello", "", "a\rb", "\u0000\u00ff\u0080", LONGEST, "!nonsense", "!mute 1", "muted");
            client.expect("hello", "", "a\rb", "\u0000\u00ff\u0080", LONGEST, "? There is no such command.");
            for (String part : List.of("a", "b\r", "\nc", "\r\n")) {
                client.sendRaw(part);
            }
            client.expect("ab", "c");
            client.send("!long 200000", "after", "!split 5 in pieces", "!pause 20", "later", "!raw 300000");
            client.sendRaw("y".repeat(300_000) + "d\r\n");
            client.expect("x".repeat(200_000) + "after", "in pieces", "later", "raw 300000 8db36444", "d");
        });
    }

    @ParameterizedTest
    @EnumSource
    void floodsSendNumberedLinesAndAnswersGoBetween(Way way) {
        SERVERS.play(way::open, client -> {
            client.send("!flood 20000 12", "a", "!split 2 b");
            client.expectFlood(20_000, 12, "a", "b");
            client.send("!flood 100 64", "!flood 9 1");
            client.expectFlood(100, 64);
            client.expectFlood(9, 1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aClientMayWriteFarAheadOfItsReading(Way way) {
        String[] lines =
                IntStream.range(0, 2_000).mapToObj("%01000d"::formatted).toArray(String[]::new);
        SERVERS.play(way::open, client -> {
            client.send(lines);
            client.expect(lines);
        });
    }

    @ParameterizedTest
    @EnumSource
    void theLedgerHasEveryLineInOneRowWithThoseOfOtherConnections(Way way) {
        SERVERS.play(way::open, client -> {
            client.send("a", "!ledger");
            client.expect("a");
            int number = client.expectLedger(way.ledger("a", "!ledger"));
            try (ScriptClient other = client.another()) {
                other.send("!ledger");
                assertThat(other.expectLedger("!ledger")).isEqualTo(number + 1);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void eachPartOfASplitLineIsARecordOfItsOwn(Way way) {
        SERVERS.play(way::open, client -> {
            client.send("!split 7 twenty-one bytes long");
            assertThat(client.readSizes(23)).containsExactly(7, 7, 7, 2);
        });
    }

    @ParameterizedTest
    @EnumSource
    void closeAndALineThatIsTooLongEndTheConnection(Way way) {
        SERVERS.play(way::open, client -> {
            client.send("a", "!flood 999999999 64", "!close", "b");
            client.expect("a");
            client.expectFloodCutShort(64);
        });
        SERVERS.play(way::open, client -> {
            client.sendRaw("a\r\n" + LONGEST + "xx");
            client.expect("a");
            client.expectEndOrReset();
        });
    }

    @ParameterizedTest
    @EnumSource
    void abortResets(Way way) {
        SERVERS.play(way::open, client -> {
            client.send("a");
            client.expect("a");
            client.send("!abort", "b");
            client.expectReset();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAnsweredBeforeTheClientsEndComesAndThenTheServers(Way way) {
        SERVERS.play(way::open, client -> {
            client.send("a", "b");
            client.expect("a", "b");
            client.sendRaw("unfinished");
            client.endOutput();
            client.expectEnd();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatTlsCannotDoIsSaid(Way way) {
        SERVERS.play(way::open, client -> {
            client.send("!starttls", "!half", "after");
            client.expect("? This connection speaks TLS already.", "? Under TLS nothing is half-closed.", "after");
        });
    }

    @Test
    void anAgreementEndsFloodsAndWhatWasAnsweredBeforeItComesInTheClear() {
        SERVERS.play(ScriptClient::new, client -> {
            client.send("a", "!flood 999999999 64", "b", "!starttls");
            client.expect("a");
            client.expectFloodUntil("starttls", 64, "b");
            client.shakeHands("TLSv1.3");
            client.send("c", "!ledger");
            client.expect("c");
            client.expectLedger("a", "!flood 999999999 64", "b", "!starttls", "c", "!ledger");
        });
    }

    @Test
    void clearTextBehindAnAgreementEndsTheConnection() {
        SERVERS.play(ScriptClient::new, client -> {
            client.send("a", "!starttls", "b");
            client.expect("a", "starttls");
            client.expectEnd();
        });
    }

    @Test
    void afterHalfNobodyAgreesOnAnything() {
        SERVERS.play(ScriptClient::new, client -> {
            client.send("!half", "!starttls");
            client.expectEnd();
        });
    }

    @Test
    void clearTextOnTheSecondPortIsNotAnswered() {
        SERVERS.play(ScriptClient::inTheClearWhereItShouldNot, client -> {
            client.send("hello");
            client.expectNoText();
        });
    }
}
