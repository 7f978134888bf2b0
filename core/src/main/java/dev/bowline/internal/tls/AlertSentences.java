package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** What a peer means by a fatal alert (RFC 8446, section 6.2). */
final class AlertSentences {
    /**
     * What a peer says of a client certificate that it does not like, or of one that is missing; the last one in particular
     * servers older than TLS 1.3, which have no word for that.
     */
    private static final Set<String> ABOUT_CLIENT_CERTIFICATE = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied",
            "decrypt_error",
            "certificate_required",
            "handshake_failure");

    private final Peer peer;
    private final @Nullable PeerName name;
    private final Offer offer;
    private final ClientKeyManager keys;
    private final SSLEngine engine;

    /** For one connection; of its engine only who it is matters. */
    AlertSentences(Peer peer, @Nullable PeerName name, Offer offer, ClientKeyManager keys, SSLEngine engine) {
        this.peer = peer;
        this.name = name;
        this.offer = offer;
        this.keys = keys;
        this.engine = engine;
    }

    TlsException explain(String alert, Throwable thrown) {
        ClientKeyManager.Answer answer = keys.answerOf(engine);
        if (answer != ClientKeyManager.Answer.NOT_ASKED && ABOUT_CLIENT_CERTIFICATE.contains(alert)) {
            return new TlsException(Problem.CLIENT_CERTIFICATE, aboutClient(answer) + said(alert), thrown);
        }
        Problem problem = switch (alert) {
            case "protocol_version" -> Problem.PROTOCOL_MISMATCH;
            case "certificate_required" -> Problem.CLIENT_CERTIFICATE;
            default -> Problem.REFUSED_BY_PEER;
        };
        return new TlsException(problem, aboutOffer(alert) + said(alert), thrown);
    }

    /** The peer answered with a version of its own, and it is this side that says no. */
    TlsException explainOtherVersion(Throwable thrown) {
        return new TlsException(Problem.PROTOCOL_MISMATCH, noVersion(), thrown);
    }

    private String noVersion() {
        return peer + " accepts no TLS version of " + String.join(", ", offer.protocols());
    }

    private static String said(String alert) {
        return " (alert " + alert + ")";
    }

    private String aboutClient(ClientKeyManager.Answer answer) {
        Identity identity = keys.identity();
        if (identity == null) {
            return peer + " wants a client certificate, and there is none: give one with TlsOptions.withCertificate";
        }
        String whose = CertificateWords.subject(identity.certificate());
        if (answer == ClientKeyManager.Answer.NONE) {
            return peer + " wants a client certificate of another kind than the "
                    + identity.key().getAlgorithm() + " one of " + whose;
        }
        Instant end = CertificateWords.end(identity.certificate());
        String refused = peer + " refused the client certificate of " + whose;
        return end.isBefore(Instant.now()) ? refused + ", which expired on " + CertificateWords.date(end) : refused;
    }

    private String aboutOffer(String alert) {
        return switch (alert) {
            case "protocol_version" -> noVersion();
            case "handshake_failure", "insufficient_security" ->
                peer + " accepts none of the " + suites() + ", or wants something else that was not offered";
            case "unrecognized_name" ->
                peer + " knows nothing of the name '" + (name == null ? peer.text() : name.text()) + "'";
            case "no_application_protocol" ->
                peer + " speaks no application protocol of " + String.join(", ", offer.applicationProtocols());
            case "certificate_required" ->
                peer + " wants a client certificate: give one with TlsOptions.withCertificate";
            default -> peer + " refused to go on with TLS";
        };
    }

    private String suites() {
        return offer.cipherSuites().isEmpty()
                ? "cipher suites offered"
                : "cipher suites " + String.join(", ", offer.cipherSuites());
    }
}
