package dev.bowline.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** A server without a network, made by the JDK alone: engines of one context, so that it knows its sessions again. */
final class TestServer {
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final Consumer<SSLParameters> settings;

    private TestServer(SSLContext context, Consumer<SSLParameters> settings) {
        this.context = context;
        this.settings = settings;
    }

    /** With one of the certificates whose key is {@code server.key}; it trusts client certificates of the test CA. */
    static TestServer with(String certificate) throws IOException, GeneralSecurityException {
        return with(certificate, "server.key", "ca.pem");
    }

    static TestServer with(String certificate, String key, String trusted)
            throws IOException, GeneralSecurityException {
        Identity identity = Identity.fromPem(TestFiles.path(certificate), TestFiles.path(key));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys.getKeyManagers(), new TrustManager[] {Trust.trustingOnly(TestFiles.certificates(trusted))}, null);
        return new TestServer(context, parameters -> {});
    }

    /** The same with other settings. */
    TestServer set(Consumer<SSLParameters> change) {
        return new TestServer(context, settings.andThen(change));
    }

    SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        settings.accept(parameters);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
