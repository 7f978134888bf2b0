package dev.bowline.testkit.contract.subject;

import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.EngineProvider;
import dev.bowline.testkit.TestCertificates;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLParameters;

/**
 * A transport whose connections are all protected by TLS: it is held against the same rules, by the same tests (rule G1).
 *
 * <pre>{@code
 * interface OnMineOverTls extends ContractSubject {
 *     @Override
 *     default TransportUnderTest subject() {
 *         return new OverTls(() -> "mine", "TLSv1.3");
 *     }
 * }
 * }</pre>
 */
public final class OverTls implements TransportUnderTest {
    /** Tests find a timer by its time: neither this nor what is left of it after another one is any other timer's. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofMillis(23_456);

    private final TransportUnderTest transport;
    private final String version;
    private final ConnectOptions options;

    /**
     * A transport over one version of TLS.
     *
     * @param transport as it is in the clear
     * @param version as the JDK has it: {@code TLSv1.3}
     */
    public OverTls(TransportUnderTest transport, String version) {
        this.transport = transport;
        this.version = version;
        // The names of the tests are no names of the certificate.
        this.options = ConnectOptions.DEFAULT.withTls(TestCertificates.clientOptions()
                .withProtocols(version)
                .withServerName("localhost")
                .withHandshakeTimeout(HANDSHAKE_TIMEOUT));
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public String label() {
        return transport.label() + "/" + version.replace("TLSv", "tls");
    }

    @Override
    public Engine start(EngineOptions asked) {
        return transport.start(asked);
    }

    @Override
    public EngineProvider provider() {
        return transport.provider();
    }

    @Override
    public Network network() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        return new Protected(
                transport.network().secured(TestCertificates.serverContext(TestCertificates.Server.EC), parameters),
                options);
    }

    /** Unix domain sockets are spoken to in the clear. */
    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.copyOf(transport.capabilities());
        capabilities.remove(Capability.UNIX_SOCKETS);
        capabilities.remove(Capability.UNIX_HALF_CLOSE);
        if (!version.equals("TLSv1.3")) {
            capabilities.remove(Capability.HALF_CLOSE);
        }
        return capabilities;
    }

    @Override
    public <T> T socketOption(SocketAddress local, SocketAddress remote, SocketOption<T> option) throws IOException {
        return transport.socketOption(local, remote, option);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Peers shake hands without being asked: a protocol hears of its connection only then. */
    private record Protected(Network beneath, ConnectOptions connectOptions) implements Network {
        @Override
        public Listener listen(SocketAddress at, int window) throws IOException {
            return new ShakingListener(beneath.listen(at, window));
        }

        @Override
        public Listener silent() throws IOException {
            return beneath.silent();
        }

        @Override
        public Endpoint endpoint(String host, int port) {
            return new Endpoint.Tls(host, port);
        }
    }
}
