package dev.bowline.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts whom another one trusts, and keeps what that one refused, so that a sentence can tell of it.
 *
 * <p>There are two, since the JDK treats them so: it leaves the host name to a trust manager of the extended kind, and looks at
 * it itself behind a plain one. A plain one that came in an extended coat would have nobody look.
 */
final class WitnessingTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager manager;
    private final Refusal refusal;

    private WitnessingTrustManager(X509ExtendedTrustManager manager) {
        this.manager = manager;
        this.refusal = new Refusal(manager);
    }

    /** Of the same kind as the one that it asks. */
    static X509TrustManager over(X509TrustManager manager) {
        return manager instanceof X509ExtendedTrustManager extended
                ? new WitnessingTrustManager(extended)
                : new Plain(manager);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        witness(refusal, chain, authType, engine, () -> manager.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        witness(refusal, chain, authType, null, () -> manager.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        witness(refusal, chain, authType, null, () -> manager.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return manager.getAcceptedIssuers();
    }

    private interface Check {
        void run() throws CertificateException;
    }

    /** What a trust manager throws against its contract is a refusal, too: the JDK versions differ in what they make of it. */
    private static void witness(
            Refusal refusal, X509Certificate[] chain, String authType, @Nullable SSLEngine engine, Check check)
            throws CertificateException {
        try {
            check.run();
        } catch (CertificateException | RuntimeException refused) {
            throw refusal.of(refused, chain, authType, engine);
        }
    }

    // ---- this side is no server ----

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        manager.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        manager.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        manager.checkClientTrusted(chain, authType, socket);
    }

    /** Over a plain one, which is not told whose certificate it looks at. */
    private static final class Plain implements X509TrustManager {
        private final X509TrustManager manager;
        private final Refusal refusal;

        Plain(X509TrustManager manager) {
            this.manager = manager;
            this.refusal = new Refusal(manager);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            witness(refusal, chain, authType, null, () -> manager.checkServerTrusted(chain, authType));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            manager.checkClientTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return manager.getAcceptedIssuers();
        }
    }
}
