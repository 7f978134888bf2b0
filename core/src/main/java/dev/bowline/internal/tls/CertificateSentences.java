package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a peer's certificate. */
final class CertificateSentences {
    private final Peer peer;
    private final String name;
    private final Trust trust;

    /**
     * For one peer.
     *
     * @param name what the certificate should be for; null where nobody looks
     */
    CertificateSentences(Peer peer, @Nullable PeerName name, Trust trust) {
        this.peer = peer;
        this.name = name == null ? peer.text() : name.text();
        this.trust = trust;
    }

    TlsException explain(RefusedCertificateException refused, Throwable thrown) {
        List<X509Certificate> chain = refused.chain();
        String sentence = switch (refused.problem()) {
            case EXPIRED_CERTIFICATE -> outOfDate(chain);
            case UNKNOWN_ISSUER -> unknownIssuer(refused);
            case WRONG_HOST_NAME ->
                "the certificate of " + peer + " is for " + CertificateWords.hosts(chain.get(0)) + ", not for " + name;
            default ->
                "the certificate of " + peer + " (" + CertificateWords.subject(chain.get(0)) + ") is refused: "
                        + Printable.message(refused);
        };
        return new TlsException(refused.problem(), sentence, thrown);
    }

    /**
     * The JDK refused it without asking a trust manager: it could not read it or, behind a plain trust manager, its keys are too
     * weak or it is for another host. Only then its exception has no cause.
     */
    TlsException explainUnwitnessed(CertificateException refused, Throwable thrown) {
        String words = Printable.message(refused);
        return trust.leavesHostNameToJdk() && refused.getCause() == null
                ? new TlsException(
                        Problem.WRONG_HOST_NAME,
                        "the certificate of " + peer + " is not for " + name + ": " + words,
                        thrown)
                : new TlsException(
                        Problem.BAD_CERTIFICATE, "the certificate of " + peer + " is refused: " + words, thrown);
    }

    private String outOfDate(List<X509Certificate> chain) {
        Instant now = Instant.now();
        X509Certificate own = chain.get(0);
        X509Certificate culprit =
                chain.stream().filter(each -> !isValid(each, now)).findFirst().orElse(own);
        String whose = culprit.equals(own)
                ? "the certificate of " + peer
                : "the certificate of " + CertificateWords.subject(culprit) + ", which vouches for " + peer + ",";
        Instant start = CertificateWords.start(culprit);
        return now.isBefore(start)
                ? whose + " is not valid before " + CertificateWords.date(start) + ", and the clock here says "
                        + CertificateWords.date(now)
                : whose + " expired on " + CertificateWords.date(CertificateWords.end(culprit));
    }

    private static boolean isValid(X509Certificate certificate, Instant at) {
        return !at.isBefore(CertificateWords.start(certificate)) && !at.isAfter(CertificateWords.end(certificate));
    }

    private String unknownIssuer(RefusedCertificateException refused) {
        List<X509Certificate> chain = refused.chain();
        X509Certificate own = chain.get(0);
        if (refused.getCause() instanceof InvalidAlgorithmParameterException) {
            return "the certificate of " + peer + " is not trusted, since nobody is: the list of authorities, " + trust
                    + ", is empty";
        }
        if (own.getIssuerX500Principal().equals(own.getSubjectX500Principal())) {
            return "the certificate of " + peer + " is signed by itself (" + CertificateWords.subject(own)
                    + "), and not trusted: " + trust.advice();
        }
        X509Certificate last = lastOfPath(chain);
        String sentence = "the certificate of " + peer + " was issued by " + CertificateWords.issuer(last)
                + ", which is not trusted: " + trust.advice();
        return last.equals(own)
                ? sentence + "; or the server lacks the certificates between that and one that is trusted"
                : sentence;
    }

    /** From issuer to issuer, as far as the peer sent them. */
    private static X509Certificate lastOfPath(List<X509Certificate> chain) {
        X509Certificate last = chain.get(0);
        for (int steps = 1; steps < chain.size(); steps++) {
            for (X509Certificate each : chain) {
                if (!each.equals(last) && each.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
                    last = each;
                    break;
                }
            }
        }
        return last;
    }
}
