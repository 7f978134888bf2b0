package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import java.security.cert.CertificateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What it means when a TLS engine throws: one sentence that names the peer. What this side refused is told by types; what the
 * peer refused, and what the JDK found wrong with records, is only in the words of the JDK. Where those are unknown, they are the
 * sentence. From any thread.
 */
final class Explainer {
    /** The same in all versions; since JDK 24 with the alert in brackets before it. */
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /** The versions differ in the rest. */
    private static final Pattern NOT_TLS = Pattern.compile("(Unrecognized|Unsupported or unrecognized) SSL message");

    private static final Pattern OTHER_VERSION =
            Pattern.compile("server selected protocol version \\S+ is not accepted by client preferences");

    private static final Pattern NOTHING_TO_OFFER = Pattern.compile("No appropriate protocol");

    private final Peer peer;
    private final Offer offer;
    private final CertificateSentences certificates;
    private final AlertSentences alerts;

    Explainer(Peer peer, Offer offer, CertificateSentences certificates, AlertSentences alerts) {
        this.peer = peer;
        this.offer = offer;
        this.certificates = certificates;
        this.alerts = alerts;
    }

    /** Never fails; what was thrown is the cause. */
    TlsException explain(Throwable thrown) {
        if (thrown instanceof TlsException explained) {
            return explained;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedCertificateException refused) {
                return certificates.explain(refused, thrown);
            }
            if (cause instanceof CertificateException refused) {
                return certificates.explainUnwitnessed(refused, thrown);
            }
        }
        TlsException explained = thrown instanceof SSLException ? explainWords(thrown) : null;
        return explained != null
                ? explained
                : new TlsException(Problem.OTHER, "TLS with " + peer + " failed: " + Printable.message(thrown), thrown);
    }

    private @Nullable TlsException explainWords(Throwable thrown) {
        String words = String.valueOf(thrown.getMessage());
        Matcher alert = ALERT.matcher(words);
        if (alert.find()) {
            return alerts.explain(alert.group(1), thrown);
        }
        if (NOT_TLS.matcher(words).find()) {
            return new TlsException(Problem.NOT_TLS, peer + " does not speak TLS", thrown);
        }
        if (OTHER_VERSION.matcher(words).find()) {
            return alerts.explainOtherVersion(thrown);
        }
        if (NOTHING_TO_OFFER.matcher(words).find()) {
            return new TlsException(Problem.PROTOCOL_MISMATCH, nothingToOffer(), thrown);
        }
        return null;
    }

    private String nothingToOffer() {
        String versions = String.join(", ", offer.protocols());
        String sentence = "nothing can be offered to " + peer + ": this JVM does not allow " + versions
                + " (jdk.tls.disabledAlgorithms in its java.security)";
        return offer.cipherSuites().isEmpty()
                ? sentence
                : sentence + ", or none of the cipher suites " + String.join(", ", offer.cipherSuites())
                        + " goes with it";
    }
}
