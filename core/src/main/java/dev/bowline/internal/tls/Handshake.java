package dev.bowline.internal.tls;

import dev.bowline.Endpoint;
import dev.bowline.TlsException;
import dev.bowline.TlsOptions;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;

/**
 * What one handshake needs.
 *
 * @param client its engine
 * @param peer whom it is with
 * @param limit how long it may take; zero for any time
 */
public record Handshake(ClientEngine client, Peer peer, Duration limit) {
    private static final System.Logger LOG = System.getLogger("dev.bowline.tls");

    /**
     * What makes the handshakes of one attempt, at all addresses of an endpoint. On a thread that may block, as {@link
     * TlsContext#prepare}.
     *
     * @throws TlsException if there can be none
     */
    public static Supplier<Handshake> maker(TlsOptions options, Endpoint endpoint) throws TlsException {
        Peer peer = Peer.at(endpoint);
        EngineMaker engines = TlsContext.of(options).prepare(peer);
        return () -> new Handshake(engines.newEngine(), peer, options.handshakeTimeout());
    }

    /** It is over: tells what was agreed on to who listens to DEBUG. */
    void tellLog() {
        LOG.log(Level.DEBUG, () -> {
            SSLSession session = client.engine().getSession();
            String protocol = client.engine().getApplicationProtocol();
            String spoken = protocol == null || protocol.isEmpty() ? "" : ", for " + protocol;
            return peer + ": " + session.getProtocol() + " with " + session.getCipherSuite() + spoken;
        });
    }
}
