package dev.bowline.internal.tls;

import static dev.bowline.internal.tls.Shaking.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import dev.bowline.testing.RecordingLogger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while they are in use. */
class ReloadingTest {
    @TempDir
    private Path folder;

    private final RecordingLogger log = new RecordingLogger();
    private Path trusted;
    private Path certificate;
    private Path key;

    @BeforeEach
    void files() throws IOException {
        trusted = folder.resolve("trusted.pem");
        certificate = folder.resolve("client.pem");
        key = folder.resolve("client.key");
        put("ca.pem", trusted);
        put("client.pem", certificate);
        put("client.key", key);
    }

    /** As an administrator would: the file is written over, and has the time of that. */
    private static void put(String name, Path to) throws IOException {
        Files.write(to, Files.readAllBytes(TestFiles.path(name)));
    }

    private TlsContext context(boolean reloading) throws IOException {
        Credentials credentials = Credentials.DEFAULT.trusting(trusted).withIdentity(certificate, key);
        return new TlsContext(credentials, Offer.DEFAULT, reloading, log);
    }

    private static Optional<TlsException> connect(TlsContext context) throws Exception {
        return pair(context).talk();
    }

    private static EnginePair pair(TlsContext context) throws Exception {
        TestServer server = TestServer.with("server.pem").set(it -> it.setNeedClientAuth(true));
        return new EnginePair(context.prepare(MAIL).newEngine(), server.newEngine());
    }

    private static Certificate shown(TlsContext context) throws Exception {
        EnginePair pair = pair(context);
        assertThat(pair.talk()).isEmpty();
        return pair.server().getSession().getPeerCertificates()[0];
    }

    private static Certificate first(String name) {
        return TestFiles.certificates(name).get(0);
    }

    @Test
    void g2_authoritiesThatChangedAreTrustedFromTheNextConnectionOn() throws Exception {
        TlsContext context = context(true);
        assertThat(connect(context)).isEmpty();

        put("other-ca.pem", trusted);

        assertThat(connect(context).orElseThrow().problem()).isEqualTo(Problem.UNKNOWN_ISSUER);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void g2_aCertificateThatChangedIsShownFromTheNextConnectionOn() throws Exception {
        TlsContext context = context(true);
        assertThat(shown(context)).isEqualTo(first("client.pem"));

        put("client-ec.pem", certificate);
        put("client-ec.key", key);

        assertThat(shown(context)).isEqualTo(first("client-ec.pem"));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void g2_withoutReloadingFilesAreReadOnce() throws Exception {
        TlsContext context = context(false);
        put("other-ca.pem", trusted);
        Files.delete(key);

        assertThat(connect(context)).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void g2_whatCantBeReadLeavesTheOldInUseAndIsToldOnce() throws Exception {
        TlsContext context = context(true);
        Files.delete(trusted);

        assertThat(connect(context)).isEmpty();
        assertThat(connect(context)).isEmpty();
        assertThat(log.lines())
                .containsExactly("WARNING " + trusted
                        + " changed, and what was read before stays in use: there is no file " + trusted);
    }

    @Test
    void g2_aHalfRenewedPairIsNotUsedUntilItIsWhole() throws Exception {
        TlsContext context = context(true);
        put("client-ec.pem", certificate);

        assertThat(shown(context)).isEqualTo(first("client.pem"));
        assertThat(log.lines())
                .containsExactly("WARNING " + certificate + " and " + key
                        + " changed, and what was read before stays in use: the private key in " + key
                        + " does not belong to the certificate in " + certificate
                        + ", that of CN=Bowline Test Client EC");

        put("client-ec.key", key);
        assertThat(shown(context)).isEqualTo(first("client-ec.pem"));
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void g2_whatIsRepairedAndBreaksAgainIsToldAgain() throws Exception {
        TlsContext context = context(true);
        Files.delete(trusted);
        assertThat(connect(context)).isEmpty();

        put("ca.pem", trusted);
        assertThat(connect(context)).isEmpty();
        Files.delete(trusted);
        assertThat(connect(context)).isEmpty();

        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void g2_anotherTroubleWithTheSameFileIsToldToo() throws Exception {
        TlsContext context = context(true);
        Files.delete(trusted);
        assertThat(connect(context)).isEmpty();
        Files.writeString(trusted, "nothing\n");
        assertThat(connect(context)).isEmpty();

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).contains("there is no certificate in " + trusted);
    }

    @Test
    void g2_aFileThatHasNotChangedIsNotReadAgainAndSessionsAreKept() throws Exception {
        Credentials credentials = Credentials.DEFAULT.trusting(trusted);

        assertThat(credentials.refreshed(new Complaints(log))).isEqualTo(credentials);
        Files.setLastModifiedTime(trusted, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(credentials.refreshed(new Complaints(log))).isNotEqualTo(credentials);
    }

    /** As some tools do: the new file has the old one's time and size, and is another. */
    @Test
    void g2_aFileThatWasReplacedIsReadThoughItsTimeAndSizeAreTheSame() throws Exception {
        Credentials credentials = Credentials.DEFAULT.trusting(trusted);
        Path other = folder.resolve("other.pem");
        Files.copy(trusted, other, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(other, trusted, StandardCopyOption.ATOMIC_MOVE);

        assertThat(credentials.refreshed(new Complaints(log))).isNotEqualTo(credentials);
    }

    @Test
    void g2_aPasswordIsKeptThoughItsOwnerWipesIt() throws Exception {
        Path file = folder.resolve("client.p12");
        put("client.p12", file);
        char[] password = TestFiles.PASSWORD.toCharArray();
        Credentials credentials = Credentials.DEFAULT.withIdentity(file, password);
        Arrays.fill(password, '\0');
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(credentials.refreshed(new Complaints(log))).isNotEqualTo(credentials);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void g2_optionsMadeOfOthersShareWhatThoseRead() throws Exception {
        TlsOptions options = TlsOptions.DEFAULT.trusting(trusted).withCertificate(certificate, key);
        Files.delete(trusted);
        Files.delete(certificate);
        Files.delete(key);

        TlsOptions derived = options.withServerName("localhost").withHandshakeTimeout(Duration.ZERO);

        assertThat(connect(TlsContext.of(derived))).isEmpty();
    }
}
