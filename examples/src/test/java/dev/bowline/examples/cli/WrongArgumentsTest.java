package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongArgumentsTest {
    private static final String NOWHERE = "127.0.0.1:1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    127.0.0.1:0        | port 0 is out of range
                    127.0.0.1:70000    | port 70000 is out of range
                    localhost          | the port is missing
                    ::1:80             | an IPv6 address stands in brackets
                    gopher://host:70   | the scheme 'gopher' is unknown
                    localhost:http     | 'http' is not a number
                    ""                 | the port is missing
                    """)
    void anEndpointThatCannotBeReadGetsOneSentence(String endpoint, String problem) {
        for (String command : new String[] {"hello", "send", "receive", "console", "ping"}) {
            assertRefused(ProgramRun.of(command, endpoint), command, problem);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --transport       | carrier-pigeon | present are: netty, nio, blocking
                    --connect-timeout | 2,5            | '2,5' is not a number of seconds such as 30 or 2.5
                    --connect-timeout | -1             | '-1' is not a number of seconds
                    --connect-timeout | 1e3            | '1e3' is not a number of seconds
                    --delimiter       | cr             | 'cr' is none of crlf, lf, nul, lenient
                    --max-length      | 0              | it must be 1 to 1073741824
                    --max-length      | ten            | 'ten' is not an int
                    --colour          | red            | '--colour'
                    """)
    void aWrongOptionGetsOneSentence(String option, String value, String problem) {
        for (String command : new String[] {"hello", "send", "receive", "console", "ping"}) {
            assertRefused(ProgramRun.of(command, NOWHERE, option, value), command, problem);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --confirm     | reply | 'reply' is none of echo
                    --when-full   | block | 'block' is none of wait, fail, drop-oldest, drop-newest
                    --when-full   | WAIT  | 'WAIT' is none of wait
                    --queue-bytes | 0     | --queue-bytes 0: it must be 1 or more
                    --queue-bytes | 1M    | '1M' is not a long
                    --attempts    | 0     | --attempts 0: it must be 1 or more
                    --attempts    | ever  | 'ever' is not an int
                    """)
    void aWrongOptionOfSendGetsOneSentence(String option, String value, String problem) {
        assertRefused(ProgramRun.of("send", NOWHERE, option, value), "send", problem);
    }

    @Test
    void whatIsMissingOrTooMuchGetsOneSentence() {
        assertRefused(ProgramRun.of("hello"), "hello", "ENDPOINT");
        assertRefused(ProgramRun.of("receive", NOWHERE, "more"), "receive", "'more'");
        assertRefused(ProgramRun.of("receive", NOWHERE, "--lines", "0"), "receive", "it must be 1 or more");
        assertRefused(ProgramRun.of("ping", NOWHERE, "--count", "0"), "ping", "it must be 1 to 10000000");
        assertRefused(ProgramRun.of("console", NOWHERE, "--attempts", "0"), "console", "it must be 1 or more");
        assertRefused(ProgramRun.of("serve", "--port", "70000"), "serve", "port 70000 is out of range");
        assertRefused(ProgramRun.of("serve", "--tls-port", "-1"), "serve", "--tls-port -1 is out of range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tls-port 0", "--tls-port 0 --tls-key k", "--tls-cert c --tls-key k", "--tls-cert c"})
    void aServerThatSpeaksTlsNeedsAPortACertificateAndItsKey(String options) {
        String[] arguments = ("serve " + options).split(" ");
        assertRefused(ProgramRun.of(arguments), "serve", "--tls-port, --tls-cert and --tls-key go together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sned", "--sned"})
    void anUnknownCommandOrOptionGetsOneSentence(String word) {
        ProgramRun run = ProgramRun.of(word);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().endsWith(" (see 'bowline --help')");
        assertThat(run.err()).contains("'" + word + "'");
    }

    @Test
    void noCommandGetsOneSentence() {
        ProgramRun run = ProgramRun.of();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().endsWith(" (see 'bowline --help')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"carriage\rreturn", "line\nfeed"})
    void d4_aMessageThatIsNoSingleLineIsRefusedBeforeAnythingIsConnected(String message) {
        assertRefused(ProgramRun.of("hello", NOWHERE, "fine", message), "hello", "message 2 can't be sent");
    }

    @Test
    void d4_aMessageBeyondTheLimitIsRefusedBeforeAnythingIsConnected() {
        ProgramRun run = ProgramRun.of("hello", NOWHERE, "--max-length", "31", "x".repeat(32));
        assertRefused(run, "hello", "message 1 can't be sent");
        assertRefused(ProgramRun.of("hello", NOWHERE, "--max-length", "30"), "hello", "the greeting can't be sent");
    }

    @Test
    void aNumberOfBytesIsCountedInUtf8() {
        assertRefused(ProgramRun.of("hello", NOWHERE, "--max-length", "40", "ü".repeat(21)), "hello", "42 bytes");
    }

    private static void assertRefused(ProgramRun run, String command, String problem) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("bowline: ")
                .contains(problem)
                .endsWith(" (see 'bowline " + command + " --help')");
    }
}
