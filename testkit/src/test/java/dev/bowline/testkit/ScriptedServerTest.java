package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScriptedServerTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private static Socket connect(ScriptedServer server) throws IOException {
        Socket client = new Socket(server.address().getAddress(), server.port());
        client.setSoTimeout(30_000);
        return client;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String read(Socket client, int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), UTF_8);
    }

    /** What verify says about a client that did something else. */
    private static String mismatchOf(ScriptedServer server) {
        Throwable[] thrown = new Throwable[1];
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(server::verify)
                .satisfies(error -> thrown[0] = error);
        return thrown[0].getMessage();
    }

    @Test
    void aClientThatKeepsToTheScriptIsAnsweredByteForByte() throws Exception {
        try (ScriptedServer server = ScriptedServer.script()
                        .answerLine("220 ready")
                        .expectLine("EHLO me")
                        .answer("250 ok\n")
                        .expect(new byte[] {0, (byte) 0xff})
                        .expectEnd()
                        .answer(new byte[] {7})
                        .close()
                        .open();
                Socket client = connect(server)) {
            assertThat(read(client, 11)).isEqualTo("220 ready\r\n");
            send(client, "EHLO me\r\n");
            assertThat(read(client, 7)).isEqualTo("250 ok\n");
            client.getOutputStream().write(new byte[] {0, (byte) 0xff});
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).containsExactly(7);
            server.verify();
        }
    }

    @Test
    void theEndpointIsWhereItListens() throws Exception {
        try (ScriptedServer server = ScriptedServer.script().expectEnd().open();
                Socket client = connect(server)) {
            assertThat(server.endpoint()).hasToString("127.0.0.1:" + client.getPort());
        }
    }

    @Test
    void aWrongByteIsNamedWithItsOffsetAndTheClientReset() throws Exception {
        ScriptedServer server = ScriptedServer.script()
                .expectLine("hello")
                .answer("1")
                .expectLine("EHLO me")
                .open();
        try (Socket client = connect(server)) {
            send(client, "hello\r\n");
            assertThat(read(client, 1)).isEqualTo("1");
            send(client, "EHLO\tyou\r\n");
            assertThat(mismatchOf(server))
                    .isEqualTo("connection 1, step 3: expected \"EHLO me\\r\\n\", came \"EHLO\\tyou\\r\\n\","
                            + " different at offset 4");
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> read(client, 1));
        }
        server.close();
    }

    @Test
    void anEndTooEarlyIsNamed() throws Exception {
        ScriptedServer server = ScriptedServer.script().expect("hello").open();
        try (Socket client = connect(server)) {
            send(client, "hel");
            client.shutdownOutput();
            assertThat(mismatchOf(server))
                    .isEqualTo("connection 1, step 1: expected \"hello\", came \"hel\" and then the end of the input");
        }
        server.close();
    }

    @Test
    void aResetIsNoEnd() throws Exception {
        ScriptedServer server = ScriptedServer.script().expectEnd().open();
        try (Socket client = connect(server)) {
            client.setSoLinger(true, 0);
        }
        assertThat(mismatchOf(server)).isEqualTo("connection 1, step 1: expected the end of the input, came a reset");
        server.close();
    }

    @Test
    void anEndIsNoReset() throws Exception {
        ScriptedServer server = ScriptedServer.script().expectReset().open();
        connect(server).close();
        assertThat(mismatchOf(server)).isEqualTo("connection 1, step 1: expected a reset, came the end of the input");
        server.close();
    }

    @Test
    void aResetThatIsExpectedFits() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.script().expect("x").expectReset().open()) {
            Socket client = connect(server);
            send(client, "x");
            client.setSoLinger(true, 0);
            client.close();
            server.verify();
        }
    }

    @Test
    void bytesWhereTheEndIsExpectedAreNamed() throws Exception {
        ScriptedServer server =
                ScriptedServer.script().expect("bye").expectEnd().open();
        try (Socket client = connect(server)) {
            send(client, "bye\"\u00e9");
            assertThat(mismatchOf(server))
                    .isEqualTo("connection 1, step 2: expected the end of the input, came \"\\\"\\xc3\\xa9\"");
        }
        server.close();
    }

    @Test
    void silenceIsNamedAfterTheTimeout() throws Exception {
        ScriptedServer server =
                ScriptedServer.script().timeout(SHORT).expect("hello").open();
        try (Socket client = connect(server)) {
            send(client, "he");
            assertThat(mismatchOf(server))
                    .isEqualTo("connection 1, step 1: expected \"hello\", came \"he\" and then nothing for 50 ms");
        }
        server.close();
    }

    @Test
    void aConnectionThatDoesNotComeIsNamed() throws Exception {
        ScriptedServer server = ScriptedServer.script()
                .timeout(SHORT)
                .expectEnd()
                .connection()
                .expectEnd()
                .open();
        connect(server).close();
        assertThat(mismatchOf(server)).isEqualTo("connection 2 did not come within 50 ms");
        server.close();
    }

    @Test
    void aConnectionTooManyIsNamed() throws Exception {
        ScriptedServer server = ScriptedServer.script().expectEnd().open();
        try (Socket first = connect(server);
                Socket second = connect(server)) {
            assertThat(second.getInputStream().read()).isEqualTo(-1);
            assertThat(mismatchOf(server)).isEqualTo("connection 2: expected no more than 1");
        }
        server.close();
    }

    @Test
    void bytesAfterTheLastStepAreTold() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedServer server =
                ScriptedServer.script().expect("a").connection().await(gate).open();
        try (Socket client = connect(server);
                Socket second = connect(server)) {
            send(client, "ab");
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> read(client, 1));
            gate.countDown();
            assertThat(mismatchOf(server))
                    .isEqualTo("connection 1, after its last step: expected nothing more, came \"b\"");
        }
        server.close();
    }

    @Test
    void anAnswerThatTheClientDoesNotTakeIsNamed() throws Exception {
        ScriptedServer server = ScriptedServer.script()
                .timeout(SHORT)
                .answer(new byte[32 << 20])
                .open();
        try (Socket client = connect(server)) {
            assertThat(mismatchOf(server))
                    .startsWith("connection 1, step 1: not over after 50 ms: answer \"\\x00")
                    .endsWith(" (0 to 80 of 33554432)");
            server.close();
        }
    }

    @Test
    void eachConnectionHasItsOwnScript() throws Exception {
        try (ScriptedServer server = ScriptedServer.script()
                        .expect("a")
                        .answer("1")
                        .expectEnd()
                        .connection()
                        .expect("b")
                        .answer("2")
                        .expectEnd()
                        .open();
                Socket first = connect(server);
                Socket second = connect(server)) {
            send(second, "b");
            assertThat(read(second, 1)).isEqualTo("2");
            send(first, "a");
            assertThat(read(first, 1)).isEqualTo("1");
        }
    }

    @Test
    void oneScriptMayServeEveryConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.script()
                .forEveryConnection()
                .expect("ping")
                .answer("pong")
                .expectEnd()
                .close()
                .open()) {
            for (int i = 0; i < 3; i++) {
                try (Socket client = connect(server)) {
                    send(client, "ping");
                    assertThat(read(client, 4)).isEqualTo("pong");
                }
            }
        }
    }

    @Test
    void answersAreCutIntoWritesOfTheGivenSize() throws Exception {
        try (ScriptedServer server = ScriptedServer.script()
                        .inWritesOf(2)
                        .answer("abcde")
                        .close()
                        .open();
                Socket client = connect(server)) {
            assertThat(read(client, 9)).isEqualTo("abcde");
        }
    }

    @Test
    void aHalfCloseLeavesTheOtherDirectionOpen() throws Exception {
        try (ScriptedServer server = ScriptedServer.script()
                        .answer("last")
                        .shutdownOutput()
                        .expect("still here")
                        .expectEnd()
                        .open();
                Socket client = connect(server)) {
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("last");
            send(client, "still here");
        }
    }

    @Test
    void aResetReachesTheClient() throws Exception {
        try (ScriptedServer server = ScriptedServer.script().expect("x").reset().open();
                Socket client = connect(server)) {
            send(client, "x");
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> read(client, 1));
        }
    }

    @Test
    void theScriptWaitsAtAGateAndTellsWhereItIs() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.script()
                        .run(reached::countDown)
                        .await(gate)
                        .answer("go")
                        .expectEnd()
                        .open();
                Socket client = connect(server)) {
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(client.getInputStream().available()).isZero();
            gate.countDown();
            assertThat(read(client, 2)).isEqualTo("go");
        }
    }

    @Test
    void aGateThatNobodyOpensIsNamed() throws Exception {
        ScriptedServer server = ScriptedServer.script()
                .timeout(SHORT)
                .await(new CountDownLatch(1))
                .open();
        try (Socket client = connect(server)) {
            assertThat(mismatchOf(server)).isEqualTo("connection 1, step 1: nobody opened the gate for 50 ms");
        }
        server.close();
    }

    @Test
    void anActionThatThrowsIsAMismatch() throws Exception {
        ScriptedServer server = ScriptedServer.script()
                .run(() -> {
                    throw new AssertionError("wrong");
                })
                .open();
        try (Socket client = connect(server)) {
            assertThat(mismatchOf(server))
                    .isEqualTo("connection 1, step 1: the step failed: java.lang.AssertionError: wrong");
        }
        server.close();
    }

    @Test
    void closeVerifiesWhereNobodyDid() throws Exception {
        ScriptedServer server = ScriptedServer.script().expect("a").open();
        try (Socket client = connect(server)) {
            send(client, "b");
            assertThatThrownBy(server::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("connection 1, step 1: expected \"a\", came \"b\", different at offset 0");
        }
        server.close();
    }

    @Test
    void ofManyBytesThoseAroundTheDifferenceAreShown() throws Exception {
        String right = "0123456789".repeat(50);
        ScriptedServer server = ScriptedServer.script().expect(right).open();
        try (Socket client = connect(server)) {
            send(client, right.substring(0, 300) + "X");
            assertThat(mismatchOf(server))
                    .contains("…" + "0123456789".repeat(8) + "…\" (260 to 340 of 500)")
                    .contains("0123456789X\" (221 to 301 of 301), different at offset 300");
        }
        server.close();
    }

    @Test
    void closeEndsItsThreads() throws Exception {
        ScriptedServer server = ScriptedServer.script().expect("x").open();
        String name = "scripted-server " + server.port();
        try (Socket client = connect(server)) {
            send(client, "x");
            server.verify();
            assertThat(threadsNamed(name)).isEqualTo(2);
            server.close();
        }
        assertThat(threadsNamed(name)).isZero();
    }

    private static long threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .count();
    }

    @Test
    void aScriptThatCannotBePlayedIsRefusedAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ScriptedServer.script().close().answer("x"))
                .withMessage("the connection is closed before this step: answer \"x\"");
        assertThatIllegalStateException()
                .isThrownBy(() -> ScriptedServer.script()
                        .forEveryConnection()
                        .connection()
                        .open())
                .withMessage("one script for every connection, and there are 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptedServer.script().inWritesOf(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptedServer.script().timeout(Duration.ZERO));
    }
}
