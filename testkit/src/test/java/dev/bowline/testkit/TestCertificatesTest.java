package dev.bowline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bowline.testkit.TestCertificates.PemFiles;
import dev.bowline.testkit.TestCertificates.Server;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificates as a careful client of the JDK's sees them. */
class TestCertificatesTest {
    /** What the client knows of the server at the end of a handshake in which it looked at the name. */
    private static SSLSession connect(Server shown, String host) throws Exception {
        return connect(TestCertificates.serverContext(shown), TestCertificates.clientContext(), host, false);
    }

    private static SSLSession connect(SSLContext server, SSLContext client, String host, boolean asked)
            throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listener =
                        (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, loopback);
                Socket socket = new Socket(loopback, listener.getLocalPort());
                SSLSocket secured = (SSLSocket) client.getSocketFactory().createSocket(socket, host, 0, true)) {
            listener.setNeedClientAuth(asked);
            Future<SSLSession> serving = Waiting.aside(() -> {
                try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                    accepted.startHandshake();
                    accepted.getOutputStream().write(1);
                    return accepted.getSession();
                }
            });
            SSLParameters careful = secured.getSSLParameters();
            careful.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(careful);
            secured.startHandshake();
            secured.getInputStream().read(); // in TLS 1.3 a server's refusal comes after the client's handshake
            return asked ? Waiting.await(serving) : secured.getSession();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "any.bowline.example"})
    void theGoodOnesAreGoodForEveryNameThatTestsHaveForThisMachine(String host) throws Exception {
        X509Certificate rsa = (X509Certificate) connect(Server.RSA, host).getPeerCertificates()[0];
        X509Certificate ec = (X509Certificate) connect(Server.EC, host).getPeerCertificates()[0];
        assertThat(rsa.getPublicKey().getAlgorithm()).isEqualTo("RSA");
        assertThat(ec.getPublicKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void eachOfTheOthersIsRefusedForItsOwnReason() throws Exception {
        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> connect(Server.EXPIRED, "localhost"))
                .withRootCauseInstanceOf(CertificateExpiredException.class);
        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> connect(Server.WRONG_HOST, "localhost"))
                .withMessageContaining("matching localhost found");
        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> connect(Server.OTHER_CA, "localhost"))
                .withMessageContaining("unable to find valid certification path");
        assertThat(connect(Server.WRONG_HOST, "elsewhere.example")).isNotNull();
    }

    @Test
    void aServerThatAsksTakesTheClientsCertificateAndNoLack() throws Exception {
        SSLContext server = TestCertificates.serverContext(Server.EC);
        SSLSession seen = connect(server, TestCertificates.clientContextWithCertificate(), "localhost", true);
        assertThat(seen.getPeerPrincipal().getName()).contains("CN=Bowline test client");
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> connect(server, TestCertificates.clientContext(), "localhost", true));
    }

    @ParameterizedTest
    @EnumSource
    void asFilesTheyAreTheSame(Server server, @TempDir Path directory) throws Exception {
        PemFiles files = TestCertificates.writeTo(directory);
        X509Certificate authority = read(server == Server.OTHER_CA ? files.otherAuthority() : files.authority());
        assertThat(authority)
                .isEqualTo(
                        server == Server.OTHER_CA ? TestCertificates.otherAuthority() : TestCertificates.authority());
        read(files.certificate(server)).verify(authority.getPublicKey());
        read(files.clientCertificate()).verify(TestCertificates.authority().getPublicKey());
        assertThat(files.key(server)).content().startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(files.clientKey()).content().startsWith("-----BEGIN PRIVATE KEY-----");
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
