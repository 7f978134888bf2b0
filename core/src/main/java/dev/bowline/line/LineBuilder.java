package dev.bowline.line;

import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.Protocol;
import dev.bowline.TlsOptions;
import dev.bowline.Transport;
import dev.bowline.internal.client.TransportLease;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one connects, and what a line is: the part that is the same for a {@link LineClient} and a {@link LineConnection}.
 *
 * <pre>{@code
 * LineClient.builder(endpoint, Hello::new).transport("nio").format(LineFormat.lf()).open();
 * }</pre>
 *
 * @param <B> the builder itself
 */
public abstract sealed class LineBuilder<B extends LineBuilder<B>> permits LineClient.Builder, LineConnection.Builder {
    private final Endpoint endpoint;
    private LineFormat format = LineFormat.crlf();
    private ConnectOptions connectOptions = ConnectOptions.DEFAULT;
    private @Nullable StartTls startTls;
    private @Nullable Transport transport;
    private @Nullable String transportName;

    LineBuilder(Endpoint endpoint) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    }

    abstract B self();

    /**
     * Delimiter, charset and limits, whatever a protocol was made with; {@link LineFormat#crlf()} by default.
     *
     * @param format of all its connections
     * @return this builder
     */
    public final B format(LineFormat format) {
        this.format = Objects.requireNonNull(format, "format");
        return self();
    }

    /**
     * Timeouts, socket and TLS options; {@link ConnectOptions#DEFAULT} by default.
     *
     * @param options for each attempt
     * @return this builder
     */
    public final B connectOptions(ConnectOptions options) {
        this.connectOptions = Objects.requireNonNull(options, "options");
        return self();
    }

    /**
     * Has each connection agree with the server on TLS before anything else; the TLS options are those of the connect options.
     * Not for {@code tls://} endpoints, where TLS comes first (rule G1).
     *
     * @param how in which words
     * @return this builder
     */
    public final B startTls(StartTls how) {
        this.startTls = Objects.requireNonNull(how, "how");
        return self();
    }

    /**
     * A transport to use, which is never closed here. By default one shared by all that have none of their own.
     *
     * @param transport has to stay open for as long as it is used
     * @return this builder
     */
    public final B transport(Transport transport) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.transportName = null;
        return self();
    }

    /**
     * The shared transport of this name: {@code nio}, {@code netty}, {@code blocking}.
     *
     * @param name as {@link Transport#open(String)} takes it
     * @return this builder
     */
    public final B transport(String name) {
        this.transportName = Objects.requireNonNull(name, "name");
        this.transport = null;
        return self();
    }

    // ---- for those who open ----

    final Endpoint endpoint() {
        return endpoint;
    }

    final LineFormat format() {
        return format;
    }

    final ConnectOptions connectOptions() {
        return connectOptions;
    }

    /**
     * The transport that was chosen.
     *
     * @throws IllegalArgumentException if the one named is not there, or startTls is asked for where TLS comes first
     * @throws IllegalStateException if there is none
     */
    final TransportLease lease() {
        if (startTls != null && endpoint instanceof Endpoint.Tls) {
            throw new IllegalArgumentException(
                    "startTls is for connections in the clear, and " + endpoint + " is protected from the beginning");
        }
        return transport != null ? TransportLease.given(transport) : TransportLease.shared(transportName);
    }

    /** What stands before a protocol until TLS is agreed on, as the builder stands now: the protocol itself if none is to be. */
    final UnaryOperator<Protocol> agreement() {
        StartTls how = startTls;
        TlsOptions tls = connectOptions.tls();
        return how == null ? UnaryOperator.identity() : protocol -> new StartTlsProtocol(protocol, how, tls);
    }
}
