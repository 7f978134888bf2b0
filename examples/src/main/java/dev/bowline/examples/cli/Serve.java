package dev.bowline.examples.cli;

import dev.bowline.examples.server.LineServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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
            "With a certificate it speaks TLS, too: on the second port, and on the first after '!starttls'.",
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

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            description = "A second port, for TLS; 0 picks a free one. Needs --tls-cert and --tls-key.")
    private @Nullable Integer tlsPort;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "The certificate to show, in PEM, with those between it and its CA behind it.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of that certificate, in PEM (PKCS#8).")
    private @Nullable Path key;

    Serve(Streams streams) {
        this.out = streams.out();
    }

    /** Returns only if its thread is interrupted, which no signal does: a signal ends the JVM, and that the server. */
    @Override
    public Integer call() throws Exception {
        check("port", port);
        if (tlsPort != null) {
            check("--tls-port", tlsPort);
        }
        InetSocketAddress wanted = new InetSocketAddress(host, port);
        if (wanted.isUnresolved()) {
            throw new CommandFailedException("the name '" + host + "' does not resolve");
        }
        LineServer.Tls tls = tls(wanted);
        try (LineServer server = start(wanted, tls)) {
            out.println("listening on " + text(server.address()));
            if (tls != null) {
                out.println("listening on tls://" + text(server.tlsAddress()));
            }
            new CountDownLatch(1).await();
        } catch (InterruptedException asked) {
            return CommandLine.ExitCode.OK;
        }
        throw new AssertionError("nobody counts down");
    }

    private void check(String what, int number) {
        if (number < 0 || number > 65535) {
            throw wrong(what + " " + number + " is out of range: 1 to 65535, or 0 to pick one");
        }
    }

    /** Null if none of its options is there. */
    private LineServer.@Nullable Tls tls(InetSocketAddress clear) throws CommandFailedException {
        if (tlsPort == null && certificate == null && key == null) {
            return null;
        }
        if (tlsPort == null || certificate == null || key == null) {
            throw wrong("--tls-port, --tls-cert and --tls-key go together");
        }
        return new LineServer.Tls(
                new InetSocketAddress(clear.getAddress(), tlsPort), ServerCertificate.read(certificate, key));
    }

    private LineServer start(InetSocketAddress clear, LineServer.@Nullable Tls tls) throws CommandFailedException {
        try {
            return tls == null ? LineServer.start(clear) : LineServer.start(clear, null, tls);
        } catch (IOException e) {
            String where = text(clear) + (tls == null ? "" : " and " + text(tls.address()));
            throw new CommandFailedException("cannot listen on " + where + ": " + e.getMessage(), e);
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
