package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bowline.TlsOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for tests: servers that are in order, and servers that a client has to refuse, each for its own reason.
 *
 * <pre>{@code
 * SSLContext expired = TestCertificates.serverContext(TestCertificates.Server.EXPIRED);
 * LineClient client = LineClient.builder(Endpoint.parse("tls://localhost:8002"), Hello::new)
 *         .connectOptions(ConnectOptions.DEFAULT.withTls(TestCertificates.clientOptions()))
 *         .open();
 * }</pre>
 *
 * <p>They protect nothing: anybody has their private keys, which are in this artifact. They are always the same, and valid
 * until 2120 where they are valid at all.
 */
public final class TestCertificates {
    /** What a server shows. All but one are signed by {@link TestCertificates#authority}. */
    public enum Server {
        /**
         * An RSA key; for {@code localhost}, 127.0.0.1, ::1 and every name in {@code bowline.example}, as are the others
         * where they don't say otherwise.
         */
        RSA,
        /** An elliptic curve key, P-256, as all the others have. */
        EC,
        /** Ended in 2020. */
        EXPIRED,
        /** For {@code elsewhere.example} and 192.0.2.1 only. */
        WRONG_HOST,
        /** Signed by {@link TestCertificates#otherAuthority}. */
        OTHER_CA;

        private String resource() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The certificates as files, for what reads files: PEM all of them, the keys in unencrypted PKCS#8.
     *
     * @param directory where they are
     */
    public record PemFiles(Path directory) {
        /** {@return the authority that signed them; see {@link TestCertificates#authority}} */
        public Path authority() {
            return directory.resolve(AUTHORITY);
        }

        /** {@return the authority that nobody trusts; see {@link TestCertificates#otherAuthority}} */
        public Path otherAuthority() {
            return directory.resolve(OTHER_AUTHORITY);
        }

        /**
         * The certificate of a server.
         *
         * @param server which one
         * @return what that server shows
         */
        public Path certificate(Server server) {
            return directory.resolve(server.resource() + CERTIFICATE);
        }

        /**
         * The key of a server.
         *
         * @param server which one
         * @return what belongs to its certificate
         */
        public Path key(Server server) {
            return directory.resolve(server.resource() + KEY);
        }

        /** {@return what a client shows that is asked for a certificate} */
        public Path clientCertificate() {
            return directory.resolve(CLIENT + CERTIFICATE);
        }

        /** {@return the key of that certificate} */
        public Path clientKey() {
            return directory.resolve(CLIENT + KEY);
        }
    }

    private static final String CERTIFICATE = ".pem";
    private static final String KEY = ".key";
    private static final String AUTHORITY = "authority" + CERTIFICATE;
    private static final String OTHER_AUTHORITY = "other-authority" + CERTIFICATE;
    private static final String CLIENT = "client";

    /** A {@link KeyStore} wants one for each key. */
    private static final char[] PASSWORD = "testkit".toCharArray();

    private TestCertificates() {}

    /** {@return the authority that signed all certificates but one: what a client in a test trusts} */
    public static X509Certificate authority() {
        return certificate(AUTHORITY);
    }

    /** {@return the authority that signed {@link Server#OTHER_CA}: what nobody trusts} */
    public static X509Certificate otherAuthority() {
        return certificate(OTHER_AUTHORITY);
    }

    /**
     * {@return what a client of Bowline's is told that trusts {@link #authority} alone and has no certificate
     * itself}
     */
    public static TlsOptions clientOptions() {
        return Stream.of(trustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(manager -> TlsOptions.DEFAULT.trusting((X509TrustManager) manager))
                .findFirst()
                .orElseThrow();
    }

    /**
     * What a server speaks TLS with. Whether it asks its clients for certificates is set on its sockets or engines; where it
     * does, it takes those that {@link #authority} signed. It is a new one at each call: no session is resumed from another.
     *
     * @param shown its certificate
     * @return another one at each call
     */
    public static SSLContext serverContext(Server shown) {
        return context(keys(shown.resource()));
    }

    /**
     * {@return what a client speaks TLS with that trusts {@link #authority} alone and has no certificate itself} A
     * new one at each call.
     */
    public static SSLContext clientContext() {
        return context(null);
    }

    /** {@return the same with a certificate to show; see {@link #clientKeys}} */
    public static SSLContext clientContextWithCertificate() {
        return context(clientKeys());
    }

    /**
     * {@return the client's certificate, which {@link #authority} signed, and its key; the password is {@code
     * testkit}}
     */
    public static KeyStore clientKeys() {
        return keys(CLIENT);
    }

    /**
     * Writes all of them into a directory, which is there already; so are its files, maybe, from another call.
     *
     * @param directory a temporary one, as a rule
     * @return where they are
     * @throws UncheckedIOException if it can't
     */
    public static PemFiles writeTo(Path directory) {
        PemFiles files = new PemFiles(directory);
        write(files.authority());
        write(files.otherAuthority());
        for (Server server : Server.values()) {
            write(files.certificate(server));
            write(files.key(server));
        }
        write(files.clientCertificate());
        write(files.clientKey());
        return files;
    }

    private static void write(Path file) {
        try {
            Files.write(file, read(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = TestCertificates.class.getResourceAsStream("certificates/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the testkit's artifact lacks its " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate certificate(String name) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(read(name)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey key(String name, String algorithm) throws GeneralSecurityException {
        String base64 = new String(read(name), US_ASCII).replaceAll("-----.*-----", "");
        byte[] encoded = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static KeyStore keys(String name) {
        try {
            X509Certificate certificate = certificate(name + CERTIFICATE);
            PrivateKey key = key(name + KEY, certificate.getPublicKey().getAlgorithm());
            KeyStore keys = emptyStore();
            keys.setKeyEntry(name, key, PASSWORD, new X509Certificate[] {certificate});
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrustManager[] trustManagers() {
        try {
            KeyStore trusted = emptyStore();
            trusted.setCertificateEntry("authority", authority());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return trust.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param keys what it can show; null for nothing */
    private static SSLContext context(@Nullable KeyStore keys) {
        try {
            KeyManager[] own = {};
            if (keys != null) {
                KeyManagerFactory showing = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                showing.init(keys, PASSWORD);
                own = showing.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
