package dev.bowline.integration.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.testkit.TestCertificates;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection, in the clear or under the JDK's own TLS, that plays a script and writes down what it saw, so that what different servers answered can be
 * compared. Text stands for bytes, one character each. Reads fail after 20 seconds.
 */
final class ScriptClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final int MOMENT_MILLIS = 200;
    private static final Pattern LEDGER_HEAD = Pattern.compile("ledger ([0-9]+) ([0-9]+)");

    private final ReferenceServer server;
    private Socket socket;
    private InputStream in;
    private final List<String> transcript = new ArrayList<>();

    ScriptClient(ReferenceServer server) throws IOException {
        this(server, server.port());
    }

    private ScriptClient(ReferenceServer server, int port) throws IOException {
        this.server = server;
        socket = new Socket(server.host(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 65536);
    }

    /** In the clear, to the port where TLS is spoken. */
    static ScriptClient inTheClearWhereItShouldNot(ReferenceServer server) throws IOException {
        return new ScriptClient(server, server.tlsPort());
    }

    /** Under this version of TLS from the first byte on. */
    static ScriptClient overTls(ReferenceServer server, String version) throws IOException {
        ScriptClient client = new ScriptClient(server, server.tlsPort());
        client.shakeHands(version);
        return client;
    }

    /** Agrees on TLS, and goes on under it. */
    void startTls(String version) throws IOException {
        send("!starttls");
        expect("starttls");
        shakeHands(version);
    }

    /** Goes on under TLS, after the answer that agreed on it. */
    void shakeHands(String version) throws IOException {
        SSLSocket secured = (SSLSocket) TestCertificates.clientContext()
                .getSocketFactory()
                .createSocket(socket, server.host(), socket.getPort(), true);
        secured.setEnabledProtocols(new String[] {version});
        secured.startHandshake();
        socket = secured;
        in = new BufferedInputStream(secured.getInputStream(), 65536);
    }

    /** A second connection, in the clear, to the same server, with a transcript of its own. */
    ScriptClient another() throws IOException {
        return new ScriptClient(server);
    }

    List<String> transcript() {
        return transcript;
    }

    /** Sends these lines together. */
    void send(String... lines) throws IOException {
        sendRaw(String.join("\r\n", lines) + "\r\n");
    }

    void sendRaw(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads exactly these lines. */
    void expect(String... lines) throws IOException {
        for (String line : lines) {
            assertThat(readLine()).isEqualTo(line);
            transcript.add(line);
        }
    }

    /**
     * Reads a flood and these answers, which may come anywhere between its lines.
     *
     * @param width how long the lines of the flood are; no answer may be as long
     */
    void expectFlood(int count, int width, String... answers) throws IOException {
        List<String> flood = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < count + answers.length; i++) {
            String line = readLine();
            (line.length() == width ? flood : others).add(line);
        }
        assertThat(flood).isEqualTo(numbered(count, width));
        assertThat(others).containsExactly(answers);
        transcript.addAll(flood);
        transcript.addAll(others);
    }

    /** Reads a flood that ends where the connection does, between two lines. */
    void expectFloodCutShort(int width) throws IOException {
        List<String> flood = new ArrayList<>();
        for (String line = readLineOrEnd(); line != null; line = readLineOrEnd()) {
            flood.add(line);
        }
        assertThat(flood).isEqualTo(numbered(flood.size(), width));
        transcript.add("(flood cut short)");
    }

    /** Reads a flood that another line ends, and these answers from between its lines. */
    void expectFloodUntil(String last, int width, String... answers) throws IOException {
        List<String> flood = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String line = readLine(); !line.equals(last); line = readLine()) {
            (line.length() == width ? flood : others).add(line);
        }
        assertThat(flood).isEqualTo(numbered(flood.size(), width));
        assertThat(others).containsExactly(answers);
        transcript.add("(flood cut short)");
        transcript.addAll(others);
        transcript.add(last);
    }

    private static List<String> numbered(int count, int width) {
        String format = "%0" + width + "d";
        return IntStream.rangeClosed(1, count).mapToObj(format::formatted).toList();
    }

    /** Reads the answer to {@code !ledger}; returns the connection's number, which the transcript leaves out. */
    int expectLedger(String... lines) throws IOException {
        Matcher head = LEDGER_HEAD.matcher(readLine());
        assertThat(head.matches()).isTrue();
        assertThat(head.group(2)).isEqualTo(String.valueOf(lines.length));
        transcript.add("ledger C " + head.group(2));
        expect(lines);
        int number = Integer.parseInt(head.group(1));
        assertThat(linesInLedgerOf(number)).startsWith(lines);
        return number;
    }

    /** What the server's file has of a connection. */
    List<String> linesInLedgerOf(int connection) {
        return server.ledger().stream()
                .filter(entry -> entry.connection() == connection)
                .map(LedgerEntry::bytes)
                .map(bytes -> ISO_8859_1.decode(bytes).toString())
                .toList();
    }

    /** Waits a moment for an answer that must not come. */
    void expectNothing() throws IOException {
        socket.setSoTimeout(MOMENT_MILLIS);
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    }

    void expectEnd() throws IOException {
        assertThat(in.read()).isEqualTo(-1);
        transcript.add("(end)");
    }

    /** Reads to the end, or a reset; what comes is no line, but may be an alert. */
    void expectNoText() throws IOException {
        try {
            assertThat(new String(in.readAllBytes(), ISO_8859_1)).doesNotContain("\r\n");
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        transcript.add("(no text)");
    }

    void expectReset() {
        assertThatThrownBy(in::read)
                .isInstanceOfAny(SocketException.class, SSLException.class)
                .hasMessageContaining("reset");
        transcript.add("(reset)");
    }

    /** For a server that closes while more may be under way to it: the end that it sent may be met by a reset. */
    void expectEndOrReset() throws IOException {
        try {
            assertThat(in.read()).isEqualTo(-1);
        } catch (SocketException | SSLException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        transcript.add("(end or reset)");
    }

    /** The sizes of the reads that it takes to read this many bytes, each read as soon as there is something. */
    List<Integer> readSizes(int total) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        byte[] buffer = new byte[total];
        for (int left = total; left > 0; ) {
            int length = socket.getInputStream().read(buffer, 0, left);
            assertThat(length).isPositive();
            sizes.add(length);
            left -= length;
        }
        return sizes;
    }

    private String readLine() throws IOException {
        String line = readLineOrEnd();
        return line == null ? fail("The connection ended where a line was expected.") : line;
    }

    /** Null at an end that comes between two lines. */
    private @Nullable String readLineOrEnd() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int before = -1;
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n' && before == '\r') {
                String text = line.toString(ISO_8859_1);
                return text.substring(0, text.length() - 2);
            }
            before = b;
        }
        return line.size() == 0 ? null : fail("The connection ended in the middle of \"%s\"", line);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
