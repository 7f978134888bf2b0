package dev.bowline.examples.cli;

import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.InstalledTransport;
import dev.bowline.Reconnect;
import dev.bowline.TlsOptions;
import dev.bowline.Transport;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where and how to connect: what every command that does understands, made into a client. */
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class ConnectionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            index = "0",
            paramLabel = "ENDPOINT",
            description = "The server: host:port, [::1]:port, tls://host:port or unix:/path.")
    private String endpoint;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            completionCandidates = TransportNames.class,
            description = "blocking, nio or netty; by default the one that 'bowline transports' picks.")
    private @Nullable String transport;

    /** For shells that complete: those that are there. */
    private static final class TransportNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Transport.installed().stream().map(InstalledTransport::name).iterator();
        }
    }

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            converter = Seconds.class,
            description = "How long connecting may take, 0 for no limit (default: ${DEFAULT-VALUE}).")
    private Duration connectTimeout;

    @Option(
            names = "--delimiter",
            paramLabel = "END",
            defaultValue = "crlf",
            converter = LineEnd.Converter.class,
            description =
                    "What ends a line on the wire: ${COMPLETION-CANDIDATES}; lenient takes LF and CRLF, and sends "
                            + "CRLF (default: ${DEFAULT-VALUE}).")
    private LineEnd delimiter;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            defaultValue = "16384",
            description = "The most bytes that a line may have, without its end (default: ${DEFAULT-VALUE}).")
    private int maxLength;

    @Mixin
    private final Protection protection = new Protection();

    /** TLS may begin later, so its options make sense for an endpoint in the clear. */
    void mayBeginTls() {
        protection.mayBegin();
    }

    /** As the options say, with its files read. */
    TlsOptions tls() throws CommandFailedException {
        return protection.tls();
    }

    /** As it was written. */
    String endpoint() {
        return endpoint;
    }

    /** Lines of the length and with the end that were asked for. */
    LineFormat format() {
        try {
            return delimiter.format().withMaxLength(maxLength).withMaxSendLength(maxLength);
        } catch (IllegalArgumentException e) {
            throw wrong("--max-length: " + e.getMessage());
        }
    }

    /** Refuses, before anything is connected, what the server could not read as one line (rule D4). */
    void checkSendable(String what, String line) {
        try {
            format().check(line);
        } catch (MessageRefusedException e) {
            throw wrong(what + " can't be sent: " + e.getMessage());
        }
    }

    /** Opens a client that makes one attempt, and ends at once with the JVM. */
    LineClient open(Supplier<? extends LineProtocol> protocols) throws CommandFailedException {
        return open(protocols, builder -> builder.reconnect(Reconnect.never()).drainOnShutdown(Duration.ZERO));
    }

    /** Opens a client whose senders wait for room without limit, unless its further options say otherwise. */
    LineClient open(Supplier<? extends LineProtocol> protocols, UnaryOperator<LineClient.Builder> further)
            throws CommandFailedException {
        try {
            Endpoint parsed = Endpoint.parse(endpoint);
            LineClient.Builder builder = LineClient.builder(parsed, protocols)
                    .format(format())
                    .reconnect(Reconnect.never())
                    .sendWait(Seconds.FOREVER);
            protection.apply(builder, parsed, ConnectOptions.DEFAULT.withConnectTimeout(connectTimeout));
            return further.apply(transport == null ? builder : builder.transport(transport))
                    .open();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the user wants to see what is behind a sentence. */
    boolean isVerbose() {
        return Program.isVerbose(command.commandLine());
    }

    /** What is said about wrong arguments; exit code 2. */
    ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
