package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** A {@code console} on a terminal made of streams, at which a test types. */
final class TypedConsole implements AutoCloseable {
    private final PipedOutputStream keys = new PipedOutputStream();
    private final Screen screen = new Screen();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    private int lengthBeforeTyping;

    private TypedConsole() {}

    /** Starts one, on an xterm. */
    static TypedConsole start(Map<String, String> environment, String... arguments) throws IOException {
        TypedConsole console = new TypedConsole();
        InputStream typed = new PipedInputStream(console.keys);
        Terminal terminal = new ExternalTerminal("test", "xterm", typed, console.screen, UTF_8);
        terminal.setSize(new Size(80, 24));
        String[] command = new String[1 + arguments.length];
        command[0] = "console";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Thread thread = new Thread(() -> console.run(command, TestSurroundings.of(terminal, environment)), "console");
        thread.setDaemon(true);
        thread.start();
        return console;
    }

    private void run(String[] command, Surroundings surroundings) {
        try {
            exitCode.complete(Program.run(
                    command,
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    new PrintStream(err, true, UTF_8),
                    surroundings));
        } catch (RuntimeException | Error e) {
            exitCode.completeExceptionally(e);
        }
    }

    void type(String text) throws IOException {
        lengthBeforeTyping = screen.length();
        keys.write(text.getBytes(UTF_8));
        keys.flush();
    }

    /** Waits until it was written to the terminal, carriage returns left out. */
    void await(String text) throws InterruptedException {
        screen.await(text, 0);
    }

    /** Waits until it was written after the latest typing began. */
    void awaitNow(String text) throws InterruptedException {
        screen.await(text, lengthBeforeTyping);
    }

    /** All that was written to the terminal, carriage returns left out. */
    String shown() {
        return screen.text();
    }

    /** All that was complained of. */
    String err() {
        return err.toString(UTF_8);
    }

    /** Waits for the end. */
    int exitCode() throws Exception {
        return exitCode.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        keys.close();
    }

    /** What was written to the terminal, in ASCII, without carriage returns. */
    private static final class Screen extends OutputStream {
        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }

        @Override
        public synchronized void write(int octet) {
            if (octet != '\r') {
                text.append((char) octet);
                notifyAll();
            }
        }

        synchronized int length() {
            return text.length();
        }

        synchronized String text() {
            return text.toString();
        }

        synchronized void await(String awaited, int from) throws InterruptedException {
            int looked = from;
            while (text.indexOf(awaited, looked) < 0) {
                looked = Math.max(from, text.length() - awaited.length());
                wait();
            }
        }
    }
}
