package dev.bowline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bowline.internal.tls.TestFiles;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsOptionsTest {
    private static final Path CA = TestFiles.path("ca.pem");

    @Test
    void g2_theDefaultChecksTheHostNameAndSpeaksTls13And12() {
        assertThat(TlsOptions.DEFAULT)
                .returns(true, TlsOptions::checksHostName)
                .returns(Duration.ofSeconds(10), TlsOptions::handshakeTimeout)
                .returns(false, TlsOptions::isReloading);
        assertThat(TlsOptions.DEFAULT.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(TlsOptions.DEFAULT.cipherSuites()).isEmpty();
        assertThat(TlsOptions.DEFAULT.applicationProtocols()).isEmpty();
        assertThat(TlsOptions.DEFAULT.serverName()).isEmpty();
    }

    /** Each change keeps all that was set before. */
    @Test
    void g2_changesAddUp() throws Exception {
        TlsOptions options = TlsOptions.DEFAULT
                .reloading()
                .withHandshakeTimeout(Duration.ZERO)
                .withProtocols("TLSv1.2")
                .withCipherSuites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .withApplicationProtocols("imap")
                .withServerName("mail.example")
                .withoutHostNameCheckSoThatAnyTrustedCertificateWillDo()
                .withCertificate(TestFiles.path("client.p12"), TestFiles.PASSWORD.toCharArray())
                .trusting(CA);

        assertThat(options)
                .returns(true, TlsOptions::isReloading)
                .returns(Duration.ZERO, TlsOptions::handshakeTimeout)
                .returns(false, TlsOptions::checksHostName);
        assertThat(options.protocols()).containsExactly("TLSv1.2");
        assertThat(options.cipherSuites()).containsExactly("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(options.applicationProtocols()).containsExactly("imap");
        assertThat(options.serverName()).contains("mail.example");
        assertThat(options)
                .hasToString("TlsOptions[trust=" + CA + ", certificate=" + TestFiles.path("client.p12")
                        + ", reloading, protocols=[TLSv1.2], cipherSuites=[TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256], "
                        + "applicationProtocols=[imap], handshakeTimeout=0 s, serverName=mail.example, HOST NAME NOT "
                        + "CHECKED]");
    }

    @Test
    void g2_changesAddUpInAnyOrder() throws Exception {
        TlsOptions reversed = TlsOptions.DEFAULT
                .trusting(CA)
                .withCertificate(TestFiles.path("client.pem"), TestFiles.path("client.key"))
                .withServerName("mail.example")
                .withApplicationProtocols("imap")
                .withCipherSuites("TLS_AES_128_GCM_SHA256")
                .withProtocols("TLSv1.3")
                .withHandshakeTimeout(Duration.ofMillis(500))
                .reloading();

        assertThat(reversed)
                .hasToString("TlsOptions[trust=" + CA + ", certificate=" + TestFiles.path("client.pem") + " and "
                        + TestFiles.path("client.key") + ", reloading, protocols=[TLSv1.3], "
                        + "cipherSuites=[TLS_AES_128_GCM_SHA256], applicationProtocols=[imap], handshakeTimeout=0.5 s, "
                        + "serverName=mail.example]");
    }

    @Test
    void g2_theDefaultIsWrittenOutInWords() {
        assertThat(TlsOptions.DEFAULT)
                .hasToString("TlsOptions[trust=the system's, certificate=none, protocols=[TLSv1.3, TLSv1.2], "
                        + "cipherSuites=the JVM's, applicationProtocols=[], handshakeTimeout=10 s, serverName=the "
                        + "endpoint's]");
    }

    @Test
    void g2_aFileThatCantBeReadIsToldAtOnce() {
        Path missing = Path.of("missing.pem");

        assertThatIOException()
                .isThrownBy(() -> TlsOptions.DEFAULT.trusting(missing))
                .withMessage("there is no file missing.pem");
        assertThatIOException()
                .isThrownBy(() -> TlsOptions.DEFAULT.withCertificate(missing, missing))
                .withMessage("there is no file missing.pem");
        assertThatIOException()
                .isThrownBy(() -> TlsOptions.DEFAULT.withCertificate(missing, new char[0]))
                .withMessage("there is no file missing.pem");
    }

    @Test
    void g2_anUnknownVersionIsRefusedWithThoseThatAreKnown() throws Exception {
        String known = String.join(
                ", ", SSLContext.getDefault().getSupportedSSLParameters().getProtocols());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsOptions.DEFAULT.withProtocols("TLSv1.3", "TLSv1.4"))
                .withMessage("this JVM does not know the TLS version 'TLSv1.4'; it knows " + known);
        assertThatIllegalArgumentException()
                .isThrownBy(TlsOptions.DEFAULT::withProtocols)
                .withMessage("at least one TLS version is needed");
    }

    @Test
    void g2_anUnknownCipherSuiteIsRefusedWithThoseThatAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsOptions.DEFAULT.withCipherSuites("AES128-SHA"))
                .withMessageStartingWith("this JVM does not know the cipher suite 'AES128-SHA'; it knows ")
                .withMessageContaining("TLS_AES_128_GCM_SHA256, ");
    }

    @Test
    void g2_noCipherSuitesAreThoseOfTheJvmAgain() {
        assertThat(TlsOptions.DEFAULT
                        .withCipherSuites("TLS_AES_128_GCM_SHA256")
                        .withCipherSuites()
                        .cipherSuites())
                .isEmpty();
    }

    @Test
    void g2_anApplicationProtocolHasALengthThatFits() {
        String longest = "\u00ff".repeat(255);

        assertThat(TlsOptions.DEFAULT.withApplicationProtocols(longest).applicationProtocols())
                .containsExactly(longest);
        for (String wrong : new String[] {"", longest + "x", "\u0100"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsOptions.DEFAULT.withApplicationProtocols("imap", wrong))
                    .withMessage(
                            "an application protocol has 1 to 255 characters up to U+00FF, unlike '" + wrong + "'");
        }
    }

    @Test
    void g3_aHandshakeTimeoutIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsOptions.DEFAULT.withHandshakeTimeout(Duration.ofNanos(-1)))
                .withMessage("a handshake timeout is not negative: PT-0.000000001S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "my_service", "a..b"})
    void g2_aServerNameThatNoCertificateCanBeForIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsOptions.DEFAULT.withServerName(name))
                .withMessageStartingWith("no certificate can be for the name '" + name + "'");
    }

    @Test
    void noTwoAreEqualSinceTheirSessionsAreNot() {
        assertThat(TlsOptions.DEFAULT.reloading()).isNotEqualTo(TlsOptions.DEFAULT.reloading());
    }

    @Test
    void aMissingTrustManagerIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> TlsOptions.DEFAULT.trusting((X509TrustManager) null));
    }
}
