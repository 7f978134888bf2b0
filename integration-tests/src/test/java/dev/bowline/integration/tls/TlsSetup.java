package dev.bowline.integration.tls;

import dev.bowline.testkit.TestCertificates;
import java.util.stream.Stream;

/**
 * What a server speaks, shows, and wants to see.
 *
 * @param version the only one it speaks, as the JDK calls it
 * @param wantsCertificate whether clients need one, which {@link TestCertificates#authority} has to have signed
 */
record TlsSetup(String version, TestCertificates.Server shown, boolean wantsCertificate) {
    static final String TLS_1_2 = "TLSv1.2";
    static final String TLS_1_3 = "TLSv1.3";

    /** Those that a client can meet in good order. */
    static Stream<TlsSetup> all() {
        return Stream.of(TLS_1_2, TLS_1_3)
                .flatMap(version -> Stream.of(TestCertificates.Server.RSA, TestCertificates.Server.EC)
                        .flatMap(shown -> Stream.of(false, true).map(wants -> new TlsSetup(version, shown, wants))));
    }

    /** The latest version and nothing else that is worth a word, but for what is shown. */
    static TlsSetup showing(TestCertificates.Server shown) {
        return new TlsSetup(TLS_1_3, shown, false);
    }

    @Override
    public String toString() {
        return version + ", " + shown + ", " + (wantsCertificate ? "with" : "without") + " client certificate";
    }
}
