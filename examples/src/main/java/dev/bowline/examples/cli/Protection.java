package dev.bowline.examples.cli;

import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.TlsOptions;
import dev.bowline.line.LineClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a connection is protected, for every command that makes one. */
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class Protection {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "The certificates, in PEM, that the server's has to come from; by default those of this JVM.")
    private @Nullable Path authorities;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description =
                    "The certificate to show, in PEM, with those between it and its CA behind it; needs --tls-key.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of that certificate, in PEM.")
    private @Nullable Path key;

    @Option(
            names = "--starttls",
            paramLabel = "PROTOCOL",
            converter = Agreement.Converter.class,
            description = "Agree on TLS first, as this protocol does: ${COMPLETION-CANDIDATES}. A tls:// endpoint is "
                    + "protected without asking.")
    private @Nullable Agreement agreement;

    private boolean mayBegin;

    /** TLS may begin later, at the user's word. */
    void mayBegin() {
        mayBegin = true;
    }

    /** Has the client protect its connections, if anything says so. */
    LineClient.Builder apply(LineClient.Builder builder, Endpoint endpoint, ConnectOptions options)
            throws CommandFailedException {
        boolean direct = endpoint instanceof Endpoint.Tls;
        if (agreement != null && direct) {
            throw wrong(
                    "--starttls is for endpoints in the clear, and " + endpoint + " is protected from the beginning");
        }
        if (agreement == null && !direct && !mayBegin && (authorities != null || certificate != null || key != null)) {
            throw wrong("--tls-ca, --tls-cert and --tls-key are for a tls:// endpoint, or for --starttls");
        }
        if ((certificate == null) != (key == null)) {
            throw wrong("--tls-cert and --tls-key go together");
        }
        builder.connectOptions(options.withTls(tls()));
        return agreement == null ? builder : builder.startTls(agreement.how());
    }

    /** As the options say, with its files read. */
    TlsOptions tls() throws CommandFailedException {
        TlsOptions tls = TlsOptions.DEFAULT;
        try {
            if (authorities != null) {
                tls = tls.trusting(authorities);
            }
            return certificate == null || key == null ? tls : tls.withCertificate(certificate, key);
        } catch (IOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
