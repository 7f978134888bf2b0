package dev.bowline.internal.tls;

import static dev.bowline.internal.tls.Shaking.MAIL;
import static dev.bowline.internal.tls.Shaking.fails;
import static dev.bowline.internal.tls.Shaking.failsAtMail;
import static dev.bowline.internal.tls.Shaking.succeeds;
import static dev.bowline.internal.tls.Shaking.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What engines are told: which name, what is offered, and which sessions they know. */
class TlsContextTest {
    // ---- the name ----

    private static ListAssert<String> namesSent(EnginePair pair) {
        ExtendedSSLSession session = (ExtendedSSLSession) pair.server().getSession();
        return assertThat(session.getRequestedServerNames().stream()
                .map(name -> ((SNIHostName) name).getAsciiName())
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "mail.bowline.example, mail.bowline.example",
        "mail.bowline.example., mail.bowline.example",
        "localhost, localhost",
        "m\u00fcnchen.bowline.example, xn--mnchen-3ya.bowline.example"
    })
    void g2_aHostNameIsSentAndChecked(String host, String sent) throws Exception {
        namesSent(succeeds(trusting(), Peer.at(host, 993), TestServer.with("server.pem")))
                .containsExactly(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void g2_anAddressIsCheckedButNotSent(String host) throws Exception {
        namesSent(succeeds(trusting(), Peer.at(host, 993), TestServer.with("server.pem")))
                .isEmpty();
        fails(trusting(), Peer.at(host, 993), TestServer.with("other-names.pem"))
                .hasMessageEndingWith(" is for a.example and *.b.example, not for " + host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "other.example"})
    void g2_anotherNameIsSentAndCheckedInPlaceOfTheHost(String host) throws Exception {
        TlsOptions options = trusting().withServerName("mail.bowline.example");

        namesSent(succeeds(options, Peer.at(host, 993), TestServer.with("server.pem")))
                .containsExactly("mail.bowline.example");
    }

    /** The JDK would take it: an engine that is told two names accepts a certificate for either. */
    @Test
    void g2_theHostIsNoSecondChanceWhenAnotherNameIsChecked() throws Exception {
        failsAtMail(trusting().withServerName("a.example"), TestServer.with("server.pem"))
                .hasMessage("the certificate of mail.bowline.example:993 is for localhost, 127.0.0.1, ::1 and "
                        + "*.bowline.example, not for a.example")
                .returns(Problem.WRONG_HOST_NAME, TlsException::problem);
    }

    @Test
    void g2_withoutTheCheckTheNameIsStillSentAndTheIssuerStillCounts() throws Exception {
        TlsOptions options = trusting().withoutHostNameCheckSoThatAnyTrustedCertificateWillDo();

        namesSent(succeeds(options, MAIL, TestServer.with("other-names.pem"))).containsExactly("mail.bowline.example");
        failsAtMail(options, TestServer.with("self-signed.pem")).returns(Problem.UNKNOWN_ISSUER, TlsException::problem);
    }

    @Test
    void g2_whoeverHasNoNameNeedsOne() throws Exception {
        Peer socket = Peer.called("unix:/run/mail");

        assertThatThrownBy(() -> TlsContext.of(trusting()).prepare(socket))
                .hasMessage("unix:/run/mail has no host name that its certificate could be for: "
                        + "TlsOptions.withServerName gives one");
        namesSent(succeeds(trusting().withServerName("localhost"), socket, TestServer.with("server.pem")))
                .containsExactly("localhost");
        TlsOptions unchecked = trusting().withoutHostNameCheckSoThatAnyTrustedCertificateWillDo();
        namesSent(succeeds(unchecked, socket, TestServer.with("server.pem"))).isEmpty();
    }

    @Test
    void g2_aNameThatNoCertificateCanBeForIsRefusedBeforeTheHandshake() throws Exception {
        Peer service = Peer.at("mail_service", 993);

        assertThatThrownBy(() -> TlsContext.of(trusting()).prepare(service))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.WRONG_HOST_NAME))
                .hasMessageStartingWith(
                        "mail_service:993 can't be checked: no certificate can be for the name " + "'mail_service': ")
                .hasMessageEndingWith("; TlsOptions.withServerName gives another");
        TlsOptions unchecked = trusting().withoutHostNameCheckSoThatAnyTrustedCertificateWillDo();
        namesSent(succeeds(unchecked, service, TestServer.with("server.pem"))).isEmpty();
    }

    // ---- what is offered ----

    @Test
    void g2_tls13And12AreOfferedUnlessToldOtherwise() throws Exception {
        SSLEngine engine =
                TlsContext.of(TlsOptions.DEFAULT).prepare(MAIL).newEngine().engine();

        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(engine.getUseClientMode()).isTrue();
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_anApplicationProtocolIsAgreedOn(String version) throws Exception {
        TestServer server =
                TestServer.with("server.pem").set(it -> it.setApplicationProtocols(new String[] {"imap", "pop3"}));
        TlsOptions options = trusting().withProtocols(version).withApplicationProtocols("pop3", "managesieve");

        assertThat(succeeds(options, MAIL, server).client().getApplicationProtocol())
                .isEqualTo("pop3");
    }

    @Test
    void g2_aCipherSuiteIsUsed() throws Exception {
        TlsOptions options = trusting().withCipherSuites("TLS_CHACHA20_POLY1305_SHA256");

        assertThat(succeeds(options, MAIL, TestServer.with("server.pem"))
                        .client()
                        .getSession()
                        .getCipherSuite())
                .isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    }

    // ---- sessions ----

    /** Counts how often the chain was looked at: a resumed session does without. */
    private static final class Counting extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager manager;
        private int looks;

        Counting() throws Exception {
            manager = Trust.trustingOnly(TestFiles.certificates("ca.pem"));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            looks++;
            manager.checkServerTrusted(chain, authType, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new AssertionError();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return manager.getAcceptedIssuers();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_aSessionIsResumedByTheNextConnectionToTheSameHostAndPort(String version) throws Exception {
        Counting manager = new Counting();
        TlsOptions options = TlsOptions.DEFAULT.trusting(manager).withProtocols(version);
        TestServer server = TestServer.with("server.pem");

        succeeds(options, MAIL, server);
        assertThat(manager.looks).isEqualTo(1);
        succeeds(options, MAIL, server);
        succeeds(options, MAIL, server);
        assertThat(manager.looks).isEqualTo(1);

        succeeds(options, Peer.at("mail.bowline.example", 994), server);
        assertThat(manager.looks).isEqualTo(2);
        succeeds(options, Peer.at("localhost", 993), server);
        assertThat(manager.looks).isEqualTo(3);
    }

    @Test
    void g2_otherOptionsHaveSessionsOfTheirOwn() throws Exception {
        Counting manager = new Counting();
        TlsOptions options = TlsOptions.DEFAULT.trusting(manager);
        TestServer server = TestServer.with("server.pem");

        succeeds(options, MAIL, server);
        succeeds(options.withoutHostNameCheckSoThatAnyTrustedCertificateWillDo(), MAIL, server);
        assertThat(manager.looks).isEqualTo(2);
    }

    @Test
    void g2_oneMakerMakesEnginesForAllAddressesOfAHost() throws Exception {
        EngineMaker maker = TlsContext.of(trusting()).prepare(MAIL);
        TestServer server = TestServer.with("server.pem");

        assertThat(new EnginePair(maker.newEngine(), server.newEngine()).talk()).isEmpty();
        assertThat(new EnginePair(maker.newEngine(), server.newEngine()).talk()).isEmpty();
    }
}
