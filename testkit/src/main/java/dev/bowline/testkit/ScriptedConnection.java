package dev.bowline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link ScriptedServer}, played on a thread of its own. All but the two last methods run there. */
final class ScriptedConnection implements Runnable {
    /** How {@link #read} ended, when it brought fewer bytes than asked for. */
    private enum Stop {
        END("the end of the input"),
        RESET("a reset"),
        SILENCE("nothing");

        private final String words;

        Stop(String words) {
            this.words = words;
        }
    }

    private final ScriptedServer server;

    /** As it was accepted. */
    private final Socket wire;

    private final int number;
    private final List<ScriptStep> steps;
    private final Duration timeout;

    /** What the script speaks on: the wire itself, or TLS over it. */
    private Socket socket;

    /** When the step under way has to be over. */
    private long deadline;

    /** Why the last {@link #read} brought fewer bytes than asked for; null if it did not. */
    private @Nullable Stop stop;

    /** The step under way, counted from 0; written here, read for sentences elsewhere. */
    private volatile int current;

    ScriptedConnection(ScriptedServer server, Socket socket, int number, List<ScriptStep> steps, Duration timeout) {
        this.server = server;
        this.wire = socket;
        this.socket = socket;
        this.number = number;
        this.steps = steps;
        this.timeout = timeout;
    }

    @Override
    public void run() {
        try {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < steps.size(); i++) {
                current = i;
                deadline = System.nanoTime() + timeout.toNanos();
                steps.get(i).action().play(this);
                server.progressed();
            }
            current = steps.size();
            server.played(this);
            expectNothingMore();
        } catch (ScriptMismatch mismatch) {
            server.failed(this, place() + mismatch.getMessage());
            discard();
        } catch (InterruptedException closed) {
            discard();
        } catch (IOException | RuntimeException | Error e) {
            server.failed(this, place() + "the step failed: " + e);
            discard();
        }
    }

    private String place() {
        String step = current < steps.size() ? "step " + (current + 1) : "after its last step";
        return "connection " + number + ", " + step + ": ";
    }

    void expect(byte[] expected) throws ScriptMismatch, IOException {
        byte[] came = read(expected.length, expected);
        int difference = Arrays.mismatch(expected, came);
        if (difference < 0) {
            return;
        }
        String sentence = "expected " + EscapedBytes.around(expected, difference) + ", came ";
        if (difference < came.length) {
            byte[] more = withWhatElseCame(came);
            throw new ScriptMismatch(
                    sentence + EscapedBytes.around(more, difference) + ", different at offset " + difference);
        }
        throw new ScriptMismatch(sentence + EscapedBytes.around(came, difference) + " and then " + stopped());
    }

    void expectEnd(boolean byReset) throws ScriptMismatch, IOException {
        byte[] came = read(1, new byte[0]);
        String expected = "expected " + (byReset ? Stop.RESET : Stop.END).words + ", came ";
        if (came.length > 0) {
            throw new ScriptMismatch(expected + EscapedBytes.of(withWhatElseCame(came)));
        }
        if (stop != (byReset ? Stop.RESET : Stop.END)) {
            throw new ScriptMismatch(expected + stopped());
        }
    }

    private void expectNothingMore() throws ScriptMismatch, IOException {
        if (wire.isClosed()) {
            return;
        }
        socket.setSoTimeout(0);
        byte[] more = new byte[1];
        try {
            if (socket.getInputStream().read(more) > 0) {
                throw new ScriptMismatch("expected nothing more, came " + EscapedBytes.of(withWhatElseCame(more)));
            }
        } catch (SocketException | SSLException over) {
            // A reset, or the server was closed: no more came.
        }
    }

    /** Reads so many bytes; fewer if they already differ from what is expected, or if no more come. */
    private byte[] read(int count, byte[] expected) throws IOException {
        byte[] came = new byte[count];
        int length = 0;
        stop = null;
        InputStream in = socket.getInputStream();
        try {
            while (length < count
                    && Arrays.mismatch(expected, 0, Math.min(length, expected.length), came, 0, length) < 0) {
                socket.setSoTimeout(millisLeft());
                int read = in.read(came, length, count - length);
                if (read < 0) {
                    stop = Stop.END;
                    break;
                }
                length += read;
            }
        } catch (SocketTimeoutException silent) {
            stop = Stop.SILENCE;
        } catch (SocketException reset) {
            stop = Stop.RESET;
        }
        return Arrays.copyOf(came, length);
    }

    private int millisLeft() {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
    }

    private String stopped() {
        Stop why = stop == null ? Stop.SILENCE : stop;
        return why.words + (why == Stop.SILENCE ? " for " + ScriptedServer.words(timeout) : "");
    }

    /** For a sentence that shows more than the first wrong byte. */
    private byte[] withWhatElseCame(byte[] came) throws IOException {
        int more = Math.min(socket.getInputStream().available(), EscapedBytes.SHOWN);
        byte[] all = Arrays.copyOf(came, came.length + more);
        socket.getInputStream().readNBytes(all, came.length, more);
        return all;
    }

    void answer(byte[] bytes, int writeSize) throws ScriptMismatch {
        try {
            OutputStream out = socket.getOutputStream();
            for (int from = 0; from < bytes.length; ) {
                int size = Math.min(writeSize, bytes.length - from);
                out.write(bytes, from, size);
                from += size;
            }
        } catch (IOException e) {
            throw new ScriptMismatch("the answer " + EscapedBytes.of(bytes) + " could not be sent: " + e.getMessage());
        }
    }

    /** Nothing of the handshake was read yet: a step reads what it expects, and no further. */
    void startTls(SSLContext context) throws ScriptMismatch, IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(wire, null, true);
        secured.setSoTimeout(millisLeft());
        try {
            secured.startHandshake();
        } catch (SocketTimeoutException silent) {
            throw new ScriptMismatch("expected a TLS handshake, came nothing for " + ScriptedServer.words(timeout));
        } catch (SSLException | SocketException e) {
            throw new ScriptMismatch("expected a TLS handshake, and it failed: " + e.getMessage());
        }
        socket = secured;
    }

    void await(CountDownLatch gate) throws ScriptMismatch, InterruptedException {
        if (!gate.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new ScriptMismatch("nobody opened the gate for " + ScriptedServer.words(timeout));
        }
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    void close() throws IOException {
        socket.close();
    }

    void reset() throws IOException {
        wire.setSoLinger(true, 0);
        wire.close();
    }

    /** After a mismatch: the client learns of it at once. */
    private void discard() {
        try {
            reset();
        } catch (IOException alreadyClosed) {
            // As it should be.
        }
    }

    /** Where a connection is that is not over, for a sentence; from any thread. */
    String standing() {
        int at = current;
        return "connection " + number + ", step " + (at + 1) + ": not over after " + ScriptedServer.words(timeout)
                + ": " + steps.get(Math.min(at, steps.size() - 1)).what();
    }

    /** The server is closed; from any thread. A read or write under way ends. */
    void release() throws IOException {
        wire.close();
    }
}
