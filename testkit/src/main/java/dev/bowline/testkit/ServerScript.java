package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

/**
 * What a {@link ScriptedServer} is going to do, step by step. Each method adds a step and returns the script; {@link
 * #open} starts the server. Text is UTF-8.
 *
 * <pre>{@code
 * ServerScript script = ScriptedServer.script()
 *         .expectLine("QUIT")
 *         .answerLine("+OK bye")
 *         .close()
 *         .connection()                            // the client comes back
 *         .reset();
 * try (ScriptedServer server = script.open()) {
 *     System.out.println(server.endpoint());
 * }
 * }</pre>
 *
 * <p>A connection whose script neither {@linkplain #close closes} nor {@linkplain #reset resets} it stays open until the
 * server is closed; what the client still sends before that is a mismatch.
 *
 * <p>Used by one thread.
 */
public final class ServerScript {
    private final List<List<ScriptStep>> connections = new ArrayList<>();
    private List<ScriptStep> steps = new ArrayList<>();
    private Duration timeout = Duration.ofSeconds(10);
    private int writeSize = Integer.MAX_VALUE;
    private boolean forEvery;

    /** The connection that is being described has been closed by its script. */
    private boolean over;

    ServerScript() {
        connections.add(steps);
    }

    /**
     * Waits for exactly these bytes, and reads no further.
     *
     * @param bytes copied
     * @return this script
     */
    public ServerScript expect(byte[] bytes) {
        byte[] expected = bytes.clone();
        return add("expect " + EscapedBytes.of(expected), connection -> connection.expect(expected));
    }

    /**
     * Waits for exactly this text, and reads no further.
     *
     * @param text with its line ends
     * @return this script
     */
    public ServerScript expect(String text) {
        return expect(text.getBytes(UTF_8));
    }

    /**
     * Waits for this line and its CRLF.
     *
     * @param line without its CRLF
     * @return this script
     */
    public ServerScript expectLine(String line) {
        return expect(line + "\r\n");
    }

    /**
     * Waits for FIN: the client closed, or half-closed, and sent nothing more before.
     *
     * @return this script
     */
    public ServerScript expectEnd() {
        return add("expect the end", connection -> connection.expectEnd(false));
    }

    /**
     * Waits for RST: the client aborted, and nothing more came before.
     *
     * @return this script
     */
    public ServerScript expectReset() {
        return add("expect a reset", connection -> connection.expectEnd(true));
    }

    /**
     * Sends these bytes.
     *
     * @param bytes copied
     * @return this script
     */
    public ServerScript answer(byte[] bytes) {
        byte[] answer = bytes.clone();
        int size = writeSize;
        return add("answer " + EscapedBytes.of(answer), connection -> connection.answer(answer, size));
    }

    /**
     * Sends this text.
     *
     * @param text with its line ends
     * @return this script
     */
    public ServerScript answer(String text) {
        return answer(text.getBytes(UTF_8));
    }

    /**
     * Sends this line and a CRLF.
     *
     * @param line without its CRLF
     * @return this script
     */
    public ServerScript answerLine(String line) {
        return answer(line + "\r\n");
    }

    /**
     * Answers that follow in the script leave in writes of so many bytes, each in a segment of its own (TCP_NODELAY is
     * on). The client may still get several at once.
     *
     * @param bytes 1 or more
     * @return this script
     */
    public ServerScript inWritesOf(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a write has at least one byte, not " + bytes);
        }
        writeSize = bytes;
        return this;
    }

    /**
     * Speaks TLS from here on: waits for the client's handshake, and answers it. As the first step it serves {@code tls://}
     * endpoints, behind an answer such as {@code +OK begin} those that begin in the clear.
     *
     * <p>{@link #close} then says close_notify. {@link #expectEnd} does not ask for the client's: the JDK's sockets, of which this is
     * one, don't tell an end with it from one without.
     *
     * @param context whose certificate it shows, {@link TestCertificates#serverContext} for one
     * @return this script
     */
    public ServerScript startTls(SSLContext context) {
        return add("begin TLS", connection -> connection.startTls(context));
    }

    /**
     * Waits until the test opens a gate; that counts against the {@link #timeout}.
     *
     * @param gate which the test counts down
     * @return this script
     */
    public ServerScript await(CountDownLatch gate) {
        return add("wait for a gate", connection -> connection.await(gate));
    }

    /**
     * Runs an action of the test, {@code reached::countDown} say, on the connection's thread.
     *
     * @param action short; what it throws is a mismatch
     * @return this script
     */
    public ServerScript run(Runnable action) {
        return add("run an action", connection -> action.run());
    }

    /**
     * Half-closes: sends FIN, and goes on reading.
     *
     * @return this script
     */
    public ServerScript shutdownOutput() {
        return add("half-close", ScriptedConnection::shutdownOutput);
    }

    /**
     * Closes the connection. What the client has sent and the script has not read makes the operating system send RST,
     * not FIN; {@link #expectEnd} before it is certain.
     *
     * @return this script
     */
    public ServerScript close() {
        add("close", ScriptedConnection::close);
        over = true;
        return this;
    }

    /**
     * Closes the connection with RST. Answers that the client has not read yet may be lost to it.
     *
     * @return this script
     */
    public ServerScript reset() {
        add("reset", ScriptedConnection::reset);
        over = true;
        return this;
    }

    /**
     * What follows is the script of the next connection; they may be open at the same time.
     *
     * @return this script
     */
    public ServerScript connection() {
        steps = new ArrayList<>();
        connections.add(steps);
        over = false;
        return this;
    }

    /**
     * Plays the script for every connection there is, not for one.
     *
     * @return this script
     */
    public ServerScript forEveryConnection() {
        forEvery = true;
        return this;
    }

    /**
     * How long a step waits for the client; 10 s by default.
     *
     * @param limit of every step that follows
     * @return this script
     */
    public ServerScript timeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a step takes some time, not " + limit);
        }
        timeout = limit;
        return this;
    }

    /**
     * Starts the server on a free port of the loopback interface.
     *
     * @return which plays it, and is to be closed
     * @throws IllegalStateException if the script is for every connection, and there are several
     * @throws IOException if no port can be had
     */
    public ScriptedServer open() throws IOException {
        if (forEvery && connections.size() > 1) {
            throw new IllegalStateException("one script for every connection, and there are " + connections.size());
        }
        return new ScriptedServer(connections.stream().map(List::copyOf).toList(), forEvery, timeout);
    }

    private ServerScript add(String what, ScriptStep.Action action) {
        if (over) {
            throw new IllegalStateException("the connection is closed before this step: " + what);
        }
        steps.add(new ScriptStep(what, action));
        return this;
    }
}
