package dev.bowline.internal.tls;

import dev.bowline.TlsException.Problem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Principal;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What a trust manager's exception is about, told by its type and by asking again: what it says in words is different in each
 * JDK. The JDK looks for a path to an authority first, with all dates on it, and at the host name last, so here the order is the
 * same.
 */
final class Refusal {
    private final X509TrustManager manager;

    Refusal(X509TrustManager manager) {
        this.manager = manager;
    }

    /**
     * The same exception, knowing what it is about.
     *
     * @param engine whose peer it is, where the trust manager has looked at the host name, too; else null
     */
    RefusedCertificateException of(
            Exception thrown, X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {
        Problem problem = problem(thrown);
        if (problem == Problem.UNKNOWN_ISSUER && isOutOfDate(chain[0]) && isIssuerKnown(chain)) {
            // Among superfluous certificates the JDK finds no path from one that is out of date.
            problem = Problem.EXPIRED_CERTIFICATE;
        }
        if (problem == Problem.BAD_CERTIFICATE
                && engine != null
                && !hasCause(thrown, CertPathValidatorException.class::isInstance)
                && !isForHost(chain[0], authType, engine)
                && isTrusted(chain, authType)) {
            problem = Problem.WRONG_HOST_NAME;
        }
        return new RefusedCertificateException(problem, List.of(chain), thrown);
    }

    private static Problem problem(Exception thrown) {
        if (hasCause(thrown, Refusal::isAboutDates)) {
            return Problem.EXPIRED_CERTIFICATE;
        }
        return hasCause(thrown, Refusal::isAboutIssuer) ? Problem.UNKNOWN_ISSUER : Problem.BAD_CERTIFICATE;
    }

    private static boolean isOutOfDate(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return false;
        } catch (CertificateExpiredException | CertificateNotYetValidException outOfDate) {
            return true;
        }
    }

    private boolean isIssuerKnown(X509Certificate[] chain) {
        Set<Principal> issuers = Arrays.stream(chain)
                .map(X509Certificate::getIssuerX500Principal)
                .collect(Collectors.toSet());
        return Arrays.stream(manager.getAcceptedIssuers())
                .anyMatch(authority -> issuers.contains(authority.getSubjectX500Principal()));
    }

    private static boolean isAboutDates(Throwable cause) {
        return cause instanceof CertificateExpiredException
                || cause instanceof CertificateNotYetValidException
                || (cause instanceof CertPathValidatorException invalid
                        && (invalid.getReason() == BasicReason.EXPIRED
                                || invalid.getReason() == BasicReason.NOT_YET_VALID));
    }

    /** What the JDK throws where it trusts nobody is among them, under a RuntimeException. */
    private static boolean isAboutIssuer(Throwable cause) {
        return cause instanceof CertPathBuilderException
                || cause instanceof InvalidAlgorithmParameterException
                || (cause instanceof CertPathValidatorException invalid
                        && invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR);
    }

    private static boolean hasCause(Throwable thrown, Predicate<Throwable> wanted) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it would be trusted if nobody looked at the host name. */
    private boolean isTrusted(X509Certificate[] chain, String authType) {
        try {
            manager.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException | RuntimeException refused) {
            return false;
        }
    }

    /** By the JDK's own rules: it is asked with this very certificate as the one that it trusts, so that only the name is left. */
    private static boolean isForHost(X509Certificate certificate, String authType, SSLEngine engine) {
        try {
            Trust.trustingOnly(List.of(certificate))
                    .checkServerTrusted(new X509Certificate[] {certificate}, authType, engine);
            return true;
        } catch (GeneralSecurityException | IOException refused) {
            return false;
        }
    }
}
