package dev.bowline.internal.tls;

import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What each handshake of this side offers, and what it wants of the peer.
 *
 * @param cipherSuites empty for those of the JVM
 * @param applicationProtocols in order of preference; empty for no ALPN
 * @param serverName the name to check, in place of the endpoint's host; null for that
 * @param checksHostName whether the certificate must be for that name
 */
public record Offer(
        List<String> protocols,
        List<String> cipherSuites,
        List<String> applicationProtocols,
        @Nullable String serverName,
        boolean checksHostName) {
    /** TLS 1.3 and 1.2, the JVM's cipher suites, no ALPN, the endpoint's host checked. */
    public static final Offer DEFAULT = new Offer(List.of("TLSv1.3", "TLSv1.2"), List.of(), List.of(), null, true);

    public Offer {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** The same with other TLS versions. */
    public Offer withProtocols(List<String> names) {
        return new Offer(names, cipherSuites, applicationProtocols, serverName, checksHostName);
    }

    /** The same with other cipher suites. */
    public Offer withCipherSuites(List<String> names) {
        return new Offer(protocols, names, applicationProtocols, serverName, checksHostName);
    }

    /** The same with other protocols for ALPN. */
    public Offer withApplicationProtocols(List<String> names) {
        return new Offer(protocols, cipherSuites, names, serverName, checksHostName);
    }

    /** The same with another name to check. */
    public Offer withServerName(String name) {
        return new Offer(protocols, cipherSuites, applicationProtocols, name, checksHostName);
    }

    /** The same, for whatever host the certificate is. */
    public Offer withoutHostNameCheck() {
        return new Offer(protocols, cipherSuites, applicationProtocols, serverName, false);
    }

    /** Tells an engine all of it. */
    void applyTo(SSLEngine engine, @Nullable PeerName name) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols.toArray(String[]::new));
        if (!cipherSuites.isEmpty()) {
            parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
        }
        parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        parameters.setServerNames(name == null ? List.of() : name.indication());
        if (checksHostName) {
            // RFC 2818's rules, which those of SMTP, IMAP and the rest came to follow (RFC 9525).
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
    }
}
