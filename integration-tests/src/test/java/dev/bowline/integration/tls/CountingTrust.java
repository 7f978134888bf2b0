package dev.bowline.integration.tls;

import dev.bowline.testkit.TestCertificates;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts what {@link TestCertificates#authority} signed, and counts how often a server had to show that: a session that is
 * resumed shows no certificate.
 */
final class CountingTrust implements X509TrustManager {
    private final AtomicInteger checks = new AtomicInteger();

    int checks() {
        return checks.get();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how) throws CertificateException {
        checks.incrementAndGet();
        try {
            chain[0].verify(TestCertificates.authority().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String how) throws CertificateException {
        throw new CertificateException("no client comes here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {TestCertificates.authority()};
    }
}
