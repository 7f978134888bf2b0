package dev.bowline.internal.tls;

import static dev.bowline.internal.tls.Shaking.MAIL;
import static dev.bowline.internal.tls.Shaking.failsAtMail;
import static dev.bowline.internal.tls.Shaking.pair;
import static dev.bowline.internal.tls.Shaking.succeeds;
import static dev.bowline.internal.tls.Shaking.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this side says of a server's certificate that it does not take. */
class CertificateRefusalTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_aGoodOneIsTaken(String version) throws Exception {
        EnginePair pair = succeeds(trusting().withProtocols(version), MAIL, TestServer.with("server.pem"));

        assertThat(pair.client().getSession().getProtocol()).isEqualTo(version);
    }

    @Test
    void g2_oneForAnEllipticCurveIsTaken() throws Exception {
        succeeds(trusting(), MAIL, TestServer.with("server-ec.pem", "server-ec.key", "ca.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_anExpiredOneIsToldByItsDate(String version) throws Exception {
        failsAtMail(trusting().withProtocols(version), TestServer.with("expired.pem"))
                .hasMessage("the certificate of mail.bowline.example:993 expired on 2025-03-01")
                .returns(Problem.EXPIRED_CERTIFICATE, TlsException::problem);
    }

    @Test
    void g2_oneThatIsNotValidYetIsToldByItsDateAndOurs() throws Exception {
        LocalDate before = LocalDate.now(ZoneOffset.UTC);
        TlsException failure =
                pair(trusting(), MAIL, TestServer.with("future.pem")).talk().orElseThrow();

        assertThat(failure.problem()).isEqualTo(Problem.EXPIRED_CERTIFICATE);
        assertThat(failure).message().isIn(notBefore2100(before), notBefore2100(LocalDate.now(ZoneOffset.UTC)));
    }

    private static String notBefore2100(LocalDate today) {
        return "the certificate of mail.bowline.example:993 is not valid before 2100-01-01, and the clock here says "
                + today;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_anUnknownIssuerIsNamedAndWhatWouldHelp(String version) throws Exception {
        TlsOptions options =
                TlsOptions.DEFAULT.trusting(TestFiles.path("other-ca.pem")).withProtocols(version);

        failsAtMail(options, TestServer.with("server.pem"))
                .hasMessage(
                        "the certificate of mail.bowline.example:993 was issued by CN=Bowline Test CA, which is not "
                                + "trusted: if it should be, add its certificate to " + TestFiles.path("other-ca.pem"))
                .returns(Problem.UNKNOWN_ISSUER, TlsException::problem);
    }

    @Test
    void g2_theSystemKnowsNothingOfTheTestAuthority() throws Exception {
        failsAtMail(TlsOptions.DEFAULT, TestServer.with("server.pem"))
                .hasMessage(
                        "the certificate of mail.bowline.example:993 was issued by CN=Bowline Test CA, which is not "
                                + "trusted: if it should be, name its certificate as a trusted one")
                .returns(Problem.UNKNOWN_ISSUER, TlsException::problem);
    }

    @Test
    void g2_anExpiredOneOfAnUnknownIssuerIsOneOfAnUnknownIssuer() throws Exception {
        failsAtMail(TlsOptions.DEFAULT, TestServer.with("expired.pem"))
                .returns(Problem.UNKNOWN_ISSUER, TlsException::problem);
    }

    @Test
    void g2_anExpiredOneAmongSuperfluousOnesIsToldByItsDate() throws Exception {
        X509Certificate[] chain = Stream.of("expired.pem", "server.pem")
                .flatMap(file -> TestFiles.certificates(file).stream())
                .toArray(X509Certificate[]::new);
        X509TrustManager witness = WitnessingTrustManager.over(Trust.trustingOnly(TestFiles.certificates("ca.pem")));
        assertThatExceptionOfType(RefusedCertificateException.class)
                .isThrownBy(() -> witness.checkServerTrusted(chain, "RSA"))
                .returns(Problem.EXPIRED_CERTIFICATE, RefusedCertificateException::problem);
    }

    @Test
    void g2_aSelfSignedOneIsCalledThat() throws Exception {
        failsAtMail(trusting(), TestServer.with("self-signed.pem"))
                .hasMessage("the certificate of mail.bowline.example:993 is signed by itself (CN=Bowline Self-Signed "
                        + "Server), and not trusted: if it should be, add its certificate to "
                        + TestFiles.path("ca.pem"))
                .returns(Problem.UNKNOWN_ISSUER, TlsException::problem);
    }

    @Test
    void g2_aSelfSignedOneThatIsTrustedIsTaken() throws Exception {
        TlsOptions options = TlsOptions.DEFAULT.trusting(TestFiles.path("self-signed.pem"));

        succeeds(options, Peer.at("localhost", 993), TestServer.with("self-signed.pem"));
    }

    /** As the Javadoc of trusting says: a certificate that is trusted by itself is not looked at further. */
    @Test
    void g2_anExpiredOneThatIsTrustedByItselfIsTaken() throws Exception {
        succeeds(TlsOptions.DEFAULT.trusting(TestFiles.path("expired.pem")), MAIL, TestServer.with("expired.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_oneForOtherHostsIsToldByTheirNames(String version) throws Exception {
        failsAtMail(trusting().withProtocols(version), TestServer.with("other-names.pem"))
                .hasMessage("the certificate of mail.bowline.example:993 is for a.example and *.b.example, not for "
                        + "mail.bowline.example")
                .returns(Problem.WRONG_HOST_NAME, TlsException::problem);
    }

    @Test
    void g2_oneWithoutNamesIsToldByItsSubject() throws Exception {
        failsAtMail(trustingAnybody(), TestServer.with("client.pem", "client.key", "ca.pem"))
                .hasMessage("the certificate of mail.bowline.example:993 is for CN=Bowline Test Client, not for "
                        + "mail.bowline.example")
                .returns(Problem.WRONG_HOST_NAME, TlsException::problem);
    }

    @Test
    void g2_oneForClientsIsRefusedInTheJdksWords() throws Exception {
        failsAtMail(
                        trusting().withoutHostNameCheckSoThatAnyTrustedCertificateWillDo(),
                        TestServer.with("client.pem", "client.key", "ca.pem"))
                .hasMessage(
                        "the certificate of mail.bowline.example:993 (CN=Bowline Test Client) is refused: Extended key "
                                + "usage does not permit use for TLS server authentication")
                .returns(Problem.BAD_CERTIFICATE, TlsException::problem);
    }

    @Test
    void g2_anIntermediateThatTheServerDoesNotSendIsMissedByName() throws Exception {
        RefusedCertificateException refused =
                refusalOf(TestFiles.certificates("server.pem").subList(0, 1));

        assertThat(sentences().explain(refused, refused))
                .hasMessage(
                        "the certificate of mail.bowline.example:993 was issued by CN=Bowline Test Intermediate, which "
                                + "is not trusted: if it should be, name its certificate as a trusted one; or the server "
                                + "lacks the certificates between that and one that is trusted");
    }

    private static RefusedCertificateException refusalOf(List<X509Certificate> chain) {
        return new RefusedCertificateException(Problem.UNKNOWN_ISSUER, chain, new CertificateException("no"));
    }

    private static CertificateSentences sentences() {
        return new CertificateSentences(MAIL, null, new Trust.OfTheSystem());
    }

    @Test
    void g2_anIntermediateThatHasExpiredIsToldApartFromTheServersOwn() {
        List<X509Certificate> chain = List.of(
                TestFiles.certificates("server.pem").get(0),
                TestFiles.certificates("expired.pem").get(0));
        RefusedCertificateException refused =
                new RefusedCertificateException(Problem.EXPIRED_CERTIFICATE, chain, new CertificateException("late"));

        assertThat(sentences().explain(refused, refused))
                .hasMessage("the certificate of CN=Bowline Expired Server, which vouches for mail.bowline.example:993, "
                        + "expired on 2025-03-01");
    }

    /** The JDK chooses the alert by the cause of what a trust manager throws, which is why ours has the same. */
    @Test
    void g2_theServerIsToldWhatTheJdkAloneWouldTellIt() throws Exception {
        EnginePair pair = pair(trusting().withProtocols("TLSv1.2"), MAIL, TestServer.with("expired.pem"));

        assertThat(pair.talk()).isPresent();
        assertThat(pair.serverFailure()).hasMessageEndingWith("Received fatal alert: certificate_expired");
    }

    // ---- trust managers of the user's ----

    /** Of the kind behind which the JDK looks at the host name itself. */
    private static class Plain implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The JDK's own, for anything that it is shown: only the host name is left to be wrong. */
    private static TlsOptions trustingAnybody() throws Exception {
        X509ExtendedTrustManager manager =
                Trust.trustingOnly(List.of(TestFiles.certificates("client.pem").get(0)));
        return TlsOptions.DEFAULT.trusting(manager);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_behindAPlainTrustManagerTheJdkStillLooksAtTheHostName(String version) throws Exception {
        failsAtMail(TlsOptions.DEFAULT.trusting(new Plain()).withProtocols(version), TestServer.with("other-names.pem"))
                .hasMessage("the certificate of mail.bowline.example:993 is not for mail.bowline.example: No subject "
                        + "alternative DNS name matching mail.bowline.example found.")
                .returns(Problem.WRONG_HOST_NAME, TlsException::problem);
    }

    @Test
    void g2_whomAPlainTrustManagerTrustsIsTrusted() throws Exception {
        succeeds(TlsOptions.DEFAULT.trusting(new Plain()), MAIL, TestServer.with("server.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_whatAPlainTrustManagerSaysIsPassedOn(String version) throws Exception {
        TlsOptions options = TlsOptions.DEFAULT
                .trusting(new Plain() {
                    @Override
                    public void checkServerTrusted(X509Certificate[] chain, String authType)
                            throws CertificateException {
                        throw new CertificateException("not the key that is pinned");
                    }
                })
                .withProtocols(version);

        failsAtMail(options, TestServer.with("server.pem"))
                .hasMessage(
                        "the certificate of mail.bowline.example:993 (CN=Bowline Test Server) is refused: not the key "
                                + "that is pinned")
                .returns(Problem.BAD_CERTIFICATE, TlsException::problem);
    }

    /** One of the kind that looks at the host name itself, and may look at anything else, too. */
    private static final class Extended extends X509ExtendedTrustManager {
        private final CertificateException ofEngine;
        private final CertificateException ofChain;

        /** Refuses with these, if they are there: told of the engine, and asked again without it. */
        Extended(CertificateException ofEngine, CertificateException ofChain) {
            this.ofEngine = ofEngine;
            this.ofChain = ofChain;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            refuse(ofEngine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            refuse(ofChain);
        }

        private static void refuse(CertificateException reason) throws CertificateException {
            if (reason != null) {
                throw reason;
            }
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
            return new X509Certificate[0];
        }
    }

    private static void assertThatItIsNoMatterOfTheHostName(Extended manager, String server) throws Exception {
        failsAtMail(TlsOptions.DEFAULT.trusting(manager), TestServer.with(server))
                .hasMessageEndingWith(") is refused: no")
                .returns(Problem.BAD_CERTIFICATE, TlsException::problem);
    }

    @Test
    void g2_anExtendedTrustManagerThatTrustsIsNotSecondGuessed() throws Exception {
        succeeds(TlsOptions.DEFAULT.trusting(new Extended(null, null)), MAIL, TestServer.with("other-names.pem"));
    }

    @Test
    void g2_anExtendedTrustManagersOwnReasonIsNoMatterOfTheHostNameIfThatIsRight() throws Exception {
        Extended onlyOfEngine = new Extended(new CertificateException("no"), null);

        assertThatItIsNoMatterOfTheHostName(onlyOfEngine, "server.pem");
        failsAtMail(TlsOptions.DEFAULT.trusting(onlyOfEngine), TestServer.with("other-names.pem"))
                .returns(Problem.WRONG_HOST_NAME, TlsException::problem);
    }

    @Test
    void g2_anExtendedTrustManagersOwnReasonComesBeforeAWrongHostName() throws Exception {
        CertificateException reason = new CertificateException("no");

        assertThatItIsNoMatterOfTheHostName(new Extended(reason, reason), "other-names.pem");
    }

    /** Asked without an engine, the JDK's own does not look at the strength of keys either. */
    @Test
    void g2_aReasonOnThePathComesBeforeAWrongHostName() throws Exception {
        CertificateException weak = new CertificateException("no", new CertPathValidatorException("RSA 512"));

        assertThatItIsNoMatterOfTheHostName(new Extended(weak, null), "other-names.pem");
    }

    /** The JDK versions make different things of it: what was thrown, or an internal error. */
    @Test
    void g2_aTrustManagerThatBreaksItsContractRefuses() throws Exception {
        TlsOptions options = TlsOptions.DEFAULT.trusting(new Plain() {
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
                throw new IllegalStateException("out of order");
            }
        });

        failsAtMail(options, TestServer.with("server.pem"))
                .hasMessage(
                        "the certificate of mail.bowline.example:993 (CN=Bowline Test Server) is refused: out of order")
                .returns(Problem.BAD_CERTIFICATE, TlsException::problem);
    }

    /** As in a JVM whose list of authorities was not installed. */
    @Test
    void g2_whoTrustsNobodyIsToldThat() throws Exception {
        failsAtMail(TlsOptions.DEFAULT.trusting(Trust.trustingOnly(List.of())), TestServer.with("server.pem"))
                .hasMessageStartingWith(
                        "the certificate of mail.bowline.example:993 is not trusted, since nobody is: the "
                                + "list of authorities, ")
                .returns(Problem.UNKNOWN_ISSUER, TlsException::problem);
    }

    // ---- what the JDK refuses without asking ----

    private static TlsException explained(CertificateException refused, TlsOptions options) throws Exception {
        return TlsContext.of(options)
                .prepare(MAIL)
                .newEngine()
                .explain(new SSLHandshakeException("it failed").initCause(refused));
    }

    @Test
    void g2_keysThatAreTooWeakAreNoMatterOfTheHostName() throws Exception {
        CertificateException weak = new CertificateException(
                "Certificates do not conform to algorithm constraints", new CertPathValidatorException("RSA 512"));

        assertThat(explained(weak, TlsOptions.DEFAULT.trusting(new Plain())))
                .hasMessage(
                        "the certificate of mail.bowline.example:993 is refused: Certificates do not conform to algorithm "
                                + "constraints")
                .returns(Problem.BAD_CERTIFICATE, TlsException::problem);
    }

    @Test
    void g2_whatIsNoCertificateAtAllIsNoMatterOfTheHostName() throws Exception {
        assertThat(explained(new CertificateException("Could not parse certificate"), TlsOptions.DEFAULT))
                .hasMessage("the certificate of mail.bowline.example:993 is refused: Could not parse certificate")
                .returns(Problem.BAD_CERTIFICATE, TlsException::problem);
    }
}
