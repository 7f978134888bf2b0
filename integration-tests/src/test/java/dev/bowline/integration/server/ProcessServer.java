package dev.bowline.integration.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.testkit.contract.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code server.py} as a process of this machine. It ends with this JVM, however that ends: its input does. */
final class ProcessServer extends ReferenceServer {
    private static final int SECONDS_TO_START = 30;

    private final PythonWithTwisted python;
    private final ServerPorts ports;

    /** Before the program and its arguments. */
    private final List<String> prefix;

    private Process process;
    private boolean suspended;

    private ProcessServer(LedgerDirectory directory, PythonWithTwisted python, ServerPorts ports, List<String> prefix)
            throws IOException {
        super(directory);
        this.python = python;
        this.ports = ports;
        this.prefix = prefix;
        directory.copy("server.py");
        process = launch();
    }

    static ProcessServer start(LedgerDirectory directory) throws UnavailableException, IOException {
        return new ProcessServer(directory, PythonWithTwisted.find(), ServerPorts.free(LOOPBACK), List.of());
    }

    static ProcessServer startIn(NetworkNamespace namespace, LedgerDirectory directory)
            throws UnavailableException, IOException {
        // Nobody else is there to have the ports.
        ServerPorts ports = new ServerPorts(
                new InetSocketAddress(namespace.insideAddress(), 8001),
                new InetSocketAddress(namespace.insideAddress(), 8002));
        return new ProcessServer(directory, PythonWithTwisted.find(), ports, namespace.commandPrefix());
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(python.executable().toString());
        command.add(directory.path().resolve("server.py").toString());
        command.add("--until-eof");
        command.add("--host=" + host());
        command.addAll(options(directory.path()));
        Process launched =
                new ProcessBuilder(command).redirectError(errors().toFile()).start();
        awaitReady(launched);
        return launched;
    }

    private void awaitReady(Process launched) throws IOException {
        BufferedReader output = launched.inputReader(UTF_8);
        try {
            CompletableFuture.runAsync(() -> readReady(output)).get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            launched.destroyForcibly();
            throw new IOException("server.py did not start: " + Files.readString(errors()), e);
        } catch (InterruptedException e) {
            launched.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while server.py started", e);
        }
    }

    private static void readReady(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("READY ")) {
                    return;
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
    public String host() {
        return ports.clear().getHostString();
    }

    @Override
    public int port() {
        return ports.clear().getPort();
    }

    @Override
    public int tlsPort() {
        return ports.tls().getPort();
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
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void terminate() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        Waiting.exitCode(process);
        try {
            process.getOutputStream().close();
            process.inputReader(UTF_8).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<Suspension> suspensions() {
        return Set.of(Suspension.SIGNAL);
    }

    @Override
    public void suspend(Suspension how) {
        if (how != Suspension.SIGNAL) {
            throw new UnsupportedOperationException("a process is suspended by a signal, not by " + how);
        }
        signal("STOP");
        suspended = true;
    }

    @Override
    public void resume() {
        if (suspended) {
            suspended = false;
            signal("CONT");
        }
    }

    /** By the shell's own kill: the program of that name is not everywhere. */
    private void signal(String name) {
        Commands.run("sh", "-c", "kill -" + name + " " + process.pid());
    }

    @Override
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
