package dev.bowline.integration.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code server.py} as a process of this machine. It ends with this JVM, however that ends: its input does. */
final class ProcessServer extends ReferenceServer {
    private static final int SECONDS_TO_START = 30;

    private final PythonWithTwisted python;
    private Process process;
    private final int port;

    private ProcessServer(LedgerDirectory directory, PythonWithTwisted python) throws IOException {
        super(directory);
        this.python = python;
        process = launch(0);
        port = portOnceReady();
    }

    static ProcessServer start(LedgerDirectory directory) throws UnavailableException, IOException {
        PythonWithTwisted python = PythonWithTwisted.find();
        directory.copy("server.py");
        return new ProcessServer(directory, python);
    }

    private Process launch(int port) throws IOException {
        return new ProcessBuilder(
                        python.executable().toString(),
                        directory.path().resolve("server.py").toString(),
                        "--until-eof",
                        "--host=" + HOST,
                        "--port=" + port,
                        "--ledger=" + directory.ledger())
                .redirectError(errors().toFile())
                .start();
    }

    private int portOnceReady() throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        try {
            return CompletableFuture.supplyAsync(() -> readPort(output)).get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("server.py did not start: " + Files.readString(errors()), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while server.py started", e);
        }
    }

    private static int readPort(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("READY ")) {
                    return Integer.parseInt(line.substring("READY ".length()));
                }
            }
            throw new IOException("its output ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path errors() {
        return directory.path().resolve("errors");
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Kind kind() {
        return Kind.PROCESS;
    }

    @Override
    public String description() {
        return "process (Twisted " + python.twistedVersion() + ", " + python.executable() + ")";
    }

    @Override
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void restart() {
        try {
            process = launch(port);
            portOnceReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
