package dev.bowline.internal.tls;

import static dev.bowline.internal.tls.Shaking.MAIL;
import static dev.bowline.internal.tls.Shaking.failsAtMail;
import static dev.bowline.internal.tls.Shaking.succeeds;
import static dev.bowline.internal.tls.Shaking.trusting;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer says no to, and what is no TLS at all. */
class PeerRefusalTest {
    private static TestServer wantingClients(String trusted) throws Exception {
        return TestServer.with("server.pem", "server.key", trusted).set(it -> it.setNeedClientAuth(true));
    }

    private static TlsOptions withCertificate(String name) throws Exception {
        return trusting().withCertificate(TestFiles.path(name + ".pem"), TestFiles.path(name + ".key"));
    }

    // ---- client certificates ----

    @ParameterizedTest
    @CsvSource({
        "client, TLSv1.3",
        "client, TLSv1.2",
        "client-ec, TLSv1.3",
        "client-ec, TLSv1.2",
        "client-ed25519, TLSv1.3",
        "client-ed25519, TLSv1.2"
    })
    void g2_aClientCertificateIsShown(String name, String version) throws Exception {
        EnginePair pair = succeeds(withCertificate(name).withProtocols(version), MAIL, wantingClients("ca.pem"));

        assertThat(pair.server().getSession().getPeerCertificates())
                .containsExactlyElementsOf(TestFiles.certificates(name + ".pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_aMissingClientCertificateIsAskedFor(String version) throws Exception {
        failsAtMail(trusting().withProtocols(version), wantingClients("ca.pem"))
                .hasMessageMatching(
                        "mail.bowline.example:993 wants a client certificate, and there is none: give one with "
                                + "TlsOptions.withCertificate \\(alert \\w+\\)")
                .returns(Problem.CLIENT_CERTIFICATE, TlsException::problem);
    }

    /** The server names another issuer: it is shown all the same, so that the refusal can be told. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void g2_aClientCertificateThatIsRefusedIsNamed(String version) throws Exception {
        failsAtMail(withCertificate("client").withProtocols(version), wantingClients("other-ca.pem"))
                .hasMessage("mail.bowline.example:993 refused the client certificate of CN=Bowline Test Client (alert "
                        + "certificate_unknown)")
                .returns(Problem.CLIENT_CERTIFICATE, TlsException::problem);
    }

    @Test
    void g2_aRefusedClientCertificateThatHasExpiredIsToldByItsDate() throws Exception {
        TlsOptions options = trusting().withCertificate(TestFiles.path("expired.pem"), TestFiles.path("server.key"));

        failsAtMail(options, wantingClients("ca.pem"))
                .hasMessageStartingWith("mail.bowline.example:993 refused the client certificate of CN=Bowline Expired "
                        + "Server, which expired on 2025-03-01 (alert ")
                .returns(Problem.CLIENT_CERTIFICATE, TlsException::problem);
    }

    @Test
    void g2_aClientCertificateOfAnotherKindThanTheServerTakesIsToldByItsKind() throws Exception {
        ClientKeyManager keys =
                new ClientKeyManager(Identity.fromPem(TestFiles.path("client.pem"), TestFiles.path("client.key")));
        SSLEngine engine = TestServer.with("server.pem").newEngine();
        keys.chooseEngineClientAlias(new String[] {"EC", "EdDSA"}, new Principal[0], engine);

        assertThat(new AlertSentences(MAIL, null, Offer.DEFAULT, keys, engine).explain("handshake_failure", null))
                .hasMessage("mail.bowline.example:993 wants a client certificate of another kind than the RSA one of "
                        + "CN=Bowline Test Client (alert handshake_failure)")
                .returns(Problem.CLIENT_CERTIFICATE, TlsException::problem);
    }

    @Test
    void g2_aServerThatOnlyWouldLikeACertificateGetsNone() throws Exception {
        succeeds(trusting(), MAIL, TestServer.with("server.pem").set(it -> it.setWantClientAuth(true)));
    }

    // ---- what was offered ----

    @ParameterizedTest
    @CsvSource({"TLSv1.3, TLSv1.2", "TLSv1.2, TLSv1.3"})
    void g2_aServerOfOtherVersionsIsToldByOurs(String ours, String theirs) throws Exception {
        TestServer server = TestServer.with("server.pem").set(it -> it.setProtocols(new String[] {theirs}));

        failsAtMail(trusting().withProtocols(ours), server)
                .hasMessage("mail.bowline.example:993 accepts no TLS version of " + ours + " (alert protocol_version)")
                .returns(Problem.PROTOCOL_MISMATCH, TlsException::problem);
    }

    /** Servers older than TLS 1.2 answer with a version of theirs. */
    @Test
    void g2_aServerThatAnswersWithAnOldVersionIsToldTheSame() throws Exception {
        ClientEngine client = TlsContext.of(trusting()).prepare(MAIL).newEngine();
        SSLEngine server = TestServer.with("server.pem")
                .set(it -> it.setProtocols(new String[] {"TLSv1.2"}))
                .newEngine();
        ByteBuffer hello = ByteBuffer.allocate(64 * 1024);
        ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
        client.engine().wrap(ByteBuffer.allocate(0), hello);
        server.unwrap(hello.flip(), ByteBuffer.allocate(0));
        server.getDelegatedTask().run();
        server.wrap(ByteBuffer.allocate(0), answer);
        answer.flip().put(10, (byte) 1); // the second half of the version in the ServerHello

        Throwable thrown = catchThrowable(() -> {
            client.engine().unwrap(answer, ByteBuffer.allocate(0));
            client.engine().getDelegatedTask().run();
            client.engine().unwrap(answer, ByteBuffer.allocate(0));
        });

        assertThat(client.explain(thrown))
                .hasMessage("mail.bowline.example:993 accepts no TLS version of TLSv1.3, TLSv1.2")
                .returns(Problem.PROTOCOL_MISMATCH, TlsException::problem);
    }

    @Test
    void g2_aServerOfOtherCipherSuitesIsToldByOurs() throws Exception {
        TlsOptions options =
                trusting().withProtocols("TLSv1.2").withCipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

        failsAtMail(options, TestServer.with("server.pem"))
                .hasMessage("mail.bowline.example:993 accepts none of the cipher suites "
                        + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, or wants something else that was not offered (alert "
                        + "handshake_failure)")
                .returns(Problem.REFUSED_BY_PEER, TlsException::problem);
    }

    @Test
    void g2_aServerOfOtherApplicationProtocolsIsToldByOurs() throws Exception {
        TestServer server = TestServer.with("server.pem").set(it -> it.setApplicationProtocols(new String[] {"imap"}));

        failsAtMail(trusting().withApplicationProtocols("pop3", "managesieve"), server)
                .hasMessage("mail.bowline.example:993 speaks no application protocol of pop3, managesieve (alert "
                        + "no_application_protocol)")
                .returns(Problem.REFUSED_BY_PEER, TlsException::problem);
    }

    @Test
    void g2_aServerThatDoesNotKnowTheNameIsToldByIt() throws Exception {
        TestServer server = TestServer.with("server.pem")
                .set(it -> it.setSNIMatchers(List.of(javax.net.ssl.SNIHostName.createSNIMatcher("other\\.example"))));

        failsAtMail(trusting(), server)
                .hasMessage("mail.bowline.example:993 knows nothing of the name 'mail.bowline.example' (alert "
                        + "unrecognized_name)")
                .returns(Problem.REFUSED_BY_PEER, TlsException::problem);
    }

    @Test
    void g2_anAlertThatSaysLittleIsPassedOn() {
        assertThat(explained(new SSLHandshakeException("Received fatal alert: internal_error")))
                .hasMessage("mail.bowline.example:993 refused to go on with TLS (alert internal_error)")
                .returns(Problem.REFUSED_BY_PEER, TlsException::problem);
    }

    @Test
    void g2_aVersionThatTheJvmDoesNotAllowIsOurOwnFault() throws Exception {
        failsAtMail(trusting().withProtocols("TLSv1"), TestServer.with("server.pem"))
                .hasMessage("nothing can be offered to mail.bowline.example:993: this JVM does not allow TLSv1 "
                        + "(jdk.tls.disabledAlgorithms in its java.security)")
                .returns(Problem.PROTOCOL_MISMATCH, TlsException::problem);
    }

    @Test
    void g2_cipherSuitesOfAnotherVersionAreOurOwnFault() throws Exception {
        TlsOptions options = trusting().withProtocols("TLSv1.2").withCipherSuites("TLS_AES_128_GCM_SHA256");

        failsAtMail(options, TestServer.with("server.pem"))
                .hasMessageStartingWith("nothing can be offered to mail.bowline.example:993")
                .hasMessageEndingWith("or none of the cipher suites TLS_AES_128_GCM_SHA256 goes with it")
                .returns(Problem.PROTOCOL_MISMATCH, TlsException::problem);
    }

    // ---- what is no TLS ----

    @ParameterizedTest
    @ValueSource(strings = {"220 mail ESMTP ready\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"})
    void g2_whatTheJdkSaysOfClearTextIsUnderstood(String text) throws Exception {
        ClientEngine client = TlsContext.of(trusting()).prepare(MAIL).newEngine();
        client.engine().wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(64 * 1024));
        Throwable thrown = catchThrowable(
                () -> client.engine().unwrap(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), ByteBuffer.allocate(0)));

        assertThat(client.explain(thrown))
                .hasMessage("mail.bowline.example:993 does not speak TLS")
                .hasCause(thrown)
                .returns(Problem.NOT_TLS, TlsException::problem);
    }

    @Test
    void g2_whatIsUnknownIsPassedOn() {
        assertThat(explained(new SSLException("Tag mismatch")))
                .hasMessage("TLS with mail.bowline.example:993 failed: Tag mismatch")
                .returns(Problem.OTHER, TlsException::problem);
        assertThat(explained(new IllegalStateException()))
                .hasMessage("TLS with mail.bowline.example:993 failed: IllegalStateException")
                .returns(Problem.OTHER, TlsException::problem);
    }

    /** Who catches everything may hand over what is explained already. */
    @Test
    void g2_whatIsExplainedStaysAsItIs() {
        TlsException once = MAIL.renegotiation();

        assertThat(explained(once)).isSameAs(once);
    }

    private static TlsException explained(Throwable thrown) {
        try {
            return TlsContext.of(TlsOptions.DEFAULT).prepare(MAIL).newEngine().explain(thrown);
        } catch (TlsException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
