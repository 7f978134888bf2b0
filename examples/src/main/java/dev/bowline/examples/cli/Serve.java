package dev.bowline.examples.cli;

import dev.bowline.examples.server.LineServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bowline serve}: the embedded line server. */
@Command(
        name = "serve",
        description = {
            "Runs a line server that answers each line with the same line.",
            "",
            "Lines that begin with an exclamation mark are commands, such as '!flood 1000 64' or '!close'. Lines end in "
                    + "CRLF and have 16384 bytes at most.",
            "",
            "It prints where it listens, and runs until it is interrupted: as usual, that gives the exit code 130 after "
                    + "Ctrl-C, and 143 after a SIGTERM."
        },
        footer = "  ./bowline serve --port 0")
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Serve implements Callable<Integer> {
    private final Output out;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8001",
            description = "The port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    Serve(Streams streams) {
        this.out = streams.out();
    }

    /** Returns only if its thread is interrupted, which no signal does: a signal ends the JVM, and that the server. */
    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > 65535) {
            throw new ParameterException(
                    command.commandLine(), "port " + port + " is out of range: 1 to 65535, or 0 to pick one");
        }
        InetSocketAddress wanted = new InetSocketAddress(host, port);
        if (wanted.isUnresolved()) {
            throw new CommandFailedException("the name '" + host + "' does not resolve");
        }
        try (LineServer server = start(wanted)) {
            out.println("listening on " + text(server.address()));
            new CountDownLatch(1).await();
        } catch (InterruptedException asked) {
            return CommandLine.ExitCode.OK;
        }
        throw new AssertionError("nobody counts down");
    }

    private LineServer start(InetSocketAddress wanted) throws CommandFailedException {
        try {
            return LineServer.start(wanted);
        } catch (IOException e) {
            throw new CommandFailedException("cannot listen on " + text(wanted) + ": " + e.getMessage(), e);
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
