package dev.bowline.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose word this side takes for who a server is. */
public sealed interface Trust {
    /** What decides. Made anew at each call: the JDK keeps what takes long. */
    X509TrustManager manager() throws GeneralSecurityException, IOException;

    /** The same, with files read again that have changed. */
    default Trust refreshed(Complaints complaints) {
        return this;
    }

    /** Whether the JDK looks at the host name itself, where what decides does not. */
    default boolean leavesHostNameToJdk() {
        return false;
    }

    /** What a sentence about an unknown issuer ends with: what would help. */
    String advice();

    /** What the JVM trusts: its own list of authorities, or that of {@code javax.net.ssl.trustStore}. */
    record OfTheSystem() implements Trust {
        @Override
        public X509TrustManager manager() throws GeneralSecurityException {
            return Trust.factoryMade(null);
        }

        @Override
        public String advice() {
            return "if it should be, name its certificate as a trusted one";
        }

        @Override
        public String toString() {
            return "the system's";
        }
    }

    /** The authorities in a file, and no others. */
    record OfFile(FileContent<List<X509Certificate>> authorities) implements Trust {
        @Override
        public X509TrustManager manager() throws GeneralSecurityException, IOException {
            return trustingOnly(authorities.value());
        }

        @Override
        public Trust refreshed(Complaints complaints) {
            return new OfFile(authorities.refreshed(complaints));
        }

        @Override
        public String advice() {
            return "if it should be, add its certificate to " + authorities;
        }

        @Override
        public String toString() {
            return authorities.toString();
        }
    }

    /** A trust manager of the user's. */
    record OfUser(X509TrustManager manager) implements Trust {
        @Override
        public boolean leavesHostNameToJdk() {
            return !(manager instanceof X509ExtendedTrustManager);
        }

        @Override
        public String advice() {
            return "that is what the trust manager given to TlsOptions says";
        }

        @Override
        public String toString() {
            return manager.toString();
        }
    }

    /** What the JDK makes for some authorities. */
    static X509ExtendedTrustManager trustingOnly(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority " + i, authorities.get(i));
        }
        return factoryMade(store);
    }

    private static X509ExtendedTrustManager factoryMade(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager manager) {
                return manager;
            }
        }
        throw new GeneralSecurityException("this JVM has no trust manager for certificates");
    }
}
