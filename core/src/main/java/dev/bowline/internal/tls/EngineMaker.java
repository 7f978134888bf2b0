package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Makes engines for connections to one peer, with what the files held when this was made. From any thread. */
public final class EngineMaker {
    /** What was made of credentials; the JDK keeps the sessions in its context. */
    record Keyring(SSLContext context, Trust trust, ClientKeyManager keys) {}

    private final Keyring keyring;
    private final Offer offer;
    private final Peer peer;

    /** Null if there is none, and nobody looks. */
    private final @Nullable PeerName name;

    EngineMaker(Keyring keyring, Offer offer, Peer peer) throws TlsException {
        this.keyring = keyring;
        this.offer = offer;
        this.peer = peer;
        this.name = nameOf(peer, offer);
    }

    private static @Nullable PeerName nameOf(Peer peer, Offer offer) throws TlsException {
        String host = offer.serverName() != null ? offer.serverName() : peer.host();
        if (host == null && offer.checksHostName()) {
            throw new TlsException(
                    Problem.WRONG_HOST_NAME,
                    peer + " has no host name that its certificate could be for: TlsOptions.withServerName gives one",
                    null);
        }
        try {
            return host == null ? null : PeerName.of(host);
        } catch (IllegalArgumentException unusable) {
            if (offer.checksHostName()) {
                throw new TlsException(
                        Problem.WRONG_HOST_NAME,
                        peer + " can't be checked: " + unusable.getMessage()
                                + "; TlsOptions.withServerName gives another",
                        unusable);
            }
            return null;
        }
    }

    /** Who the engines are for. */
    public Peer peer() {
        return peer;
    }

    /**
     * An engine for one connection; cheap, and never blocks. It is told the name that is checked as the host that it talks to, and
     * no other: the JDK would accept a certificate for either, and keeps sessions by that name and the port.
     */
    public ClientEngine newEngine() {
        SSLEngine engine = name == null
                ? keyring.context().createSSLEngine()
                : keyring.context().createSSLEngine(name.text(), peer.port());
        engine.setUseClientMode(true);
        offer.applyTo(engine, name);
        return new ClientEngine(
                engine,
                new Explainer(
                        peer,
                        offer,
                        new CertificateSentences(peer, name, keyring.trust()),
                        new AlertSentences(peer, name, offer, keyring.keys(), engine)));
    }
}
