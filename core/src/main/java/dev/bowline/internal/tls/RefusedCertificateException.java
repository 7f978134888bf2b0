package dev.bowline.internal.tls;

import dev.bowline.TlsException.Problem;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A trust manager's refusal, with what it refused. It stands in for the exception that was thrown, with the same message, cause
 * and stack: the JDK chooses the alert for the peer by that cause.
 */
final class RefusedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final transient List<X509Certificate> chain;

    RefusedCertificateException(Problem problem, List<X509Certificate> chain, Exception thrown) {
        super(thrown.getMessage(), thrown.getCause() == null ? thrown : thrown.getCause());
        this.problem = problem;
        this.chain = chain;
        setStackTrace(thrown.getStackTrace());
    }

    Problem problem() {
        return problem;
    }

    /** What the peer sent, its own certificate first; never empty. */
    List<X509Certificate> chain() {
        return chain;
    }
}
