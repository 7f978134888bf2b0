package dev.bowline.integration.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.integration.server.FreePort;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server as a process of this machine, on a free port of the loopback interface, with a directory of its own. It ends with
 * this JVM, however that ends: the input of its shell does.
 */
final class ServerProcess implements AutoCloseable {
    /** What a shell does with a server: output that has ended means that the server has. */
    private static final String UNTIL_THE_INPUT_ENDS = """
            "$@" </dev/null &
            server=$!
            exec >/dev/null 2>&1
            read -r end
            kill "$server"
            wait "$server"
            """;

    /** Somebody else may get the port first. */
    private static final int TRIES = 3;

    private static final int SECONDS_TO_END = 10;

    private final Path directory;
    private final int port;
    private final Process process;
    private final List<String> output = new ArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private ServerProcess(RealServer kind, Path program, List<String> further) throws IOException {
        directory = Files.createTempDirectory("bowline-server-");
        port = FreePort.at(InetAddress.getByName(RealServer.HOST));
        List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_THE_INPUT_ENDS, "sh", program.toString()));
        command.addAll(kind.arguments(port, directory));
        command.addAll(further);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread reader = new Thread(() -> read(kind.readyText()), "output of " + program.getFileName());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one, and waits until it accepts connections. */
    static ServerProcess start(RealServer kind, Path program, List<String> further) throws IOException {
        IOException failure = new IOException(program + " was not started");
        for (int i = 0; i < TRIES; i++) {
            ServerProcess server = new ServerProcess(kind, program, further);
            try {
                Waiting.await(server.ready);
                return server;
            } catch (Exception | AssertionError e) {
                failure = new IOException(program + " did not start: " + server.output(), e);
                server.close();
            }
        }
        throw failure;
    }

    private void read(String readyText) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!ready.isDone()) {
                    keep(line);
                }
                if (line.contains(readyText)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IOException("its output ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    private synchronized void keep(String line) {
        output.add(line);
    }

    private synchronized String output() {
        return String.join("\n", output);
    }

    String endpoint() {
        return RealServer.HOST + ":" + port;
    }

    /** Its own, with what it stores. */
    Path directory() {
        return directory;
    }

    /** Ends it; by force, if it takes too long. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            deleteDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
