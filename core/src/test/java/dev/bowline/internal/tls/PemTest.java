package dev.bowline.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as they lie in files, and what is wrong with those that do not. */
class PemTest {
    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("file.pem"), content);
    }

    private static String text(String name) throws IOException {
        return Files.readString(TestFiles.path(name), US_ASCII);
    }

    // ---- certificates ----

    @Test
    void g2_allCertificatesOfAFileAreReadInOrder() {
        assertThat(TestFiles.certificates("server.pem"))
                .extracting(CertificateWords::subject)
                .containsExactly("CN=Bowline Test Server", "CN=Bowline Test Intermediate");
    }

    @Test
    void g2_whatStandsBetweenCertificatesIsIgnored() throws Exception {
        Path mixed = file("the authority\r\n" + text("ca.pem").replace("\n", "\r\n") + "a key: \n" + text("client.key")
                + text("other-ca.pem")
                        .replace("CERTIFICATE", "X509 CERTIFICATE")
                        .indent(2));

        assertThat(Certificates.read(mixed))
                .extracting(CertificateWords::subject)
                .containsExactly("CN=Bowline Test CA", "CN=Bowline Other CA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.key", "client.p12"})
    void g2_aFileWithoutCertificatesIsToldByWhatOneHas(String name) {
        Path file = TestFiles.path(name);

        assertThatIOException()
                .isThrownBy(() -> Certificates.read(file))
                .withMessage("there is no certificate in " + file + ": a PEM file has it between '-----BEGIN "
                        + "CERTIFICATE-----' and '-----END CERTIFICATE-----'");
    }

    @Test
    void g2_aFileThatIsMissingIsToldByItsName() {
        Path missing = folder.resolve("missing.pem");

        assertThatIOException().isThrownBy(() -> Certificates.read(missing)).withMessage("there is no file " + missing);
    }

    @Test
    void g2_aFolderIsToldByItsName() {
        assertThatIOException()
                .isThrownBy(() -> Certificates.read(folder))
                .withMessage(folder + " is a directory, not a file");
    }

    @Test
    void g2_aBlockThatIsNotBase64IsToldByItsLine() throws Exception {
        Path file = file("one\n\n-----BEGIN CERTIFICATE-----\nMIIB!!!!\n-----END CERTIFICATE-----\n");

        assertThatIOException()
                .isThrownBy(() -> Certificates.read(file))
                .withMessage(file + ", line 3: the CERTIFICATE is broken: Illegal base64 character 21");
    }

    @Test
    void g2_aSecondBlockIsToldByItsOwnLine() throws Exception {
        Path file = file(text("ca.pem") + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        long line = text("ca.pem").lines().count() + 1;

        assertThatIOException()
                .isThrownBy(() -> Certificates.read(file))
                .withMessageStartingWith(file + ", line " + line + ": the CERTIFICATE is broken: ");
    }

    @Test
    void g2_anEmptyBlockIsBroken() throws Exception {
        Path file = file("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");

        assertThatIOException()
                .isThrownBy(() -> Certificates.read(file))
                .withMessageStartingWith(file + ", line 1: the CERTIFICATE is broken: ");
    }

    @Test
    void g2_aBlockWithoutEndIsToldByItsBeginning() throws Exception {
        Path file = file("-----BEGIN CERTIFICATE-----\nMIIB\n-----END PRIVATE KEY-----\n");

        assertThatIOException()
                .isThrownBy(() -> Certificates.read(file))
                .withMessage(file + ", line 1: the CERTIFICATE has no end");
    }

    // ---- keys ----

    @ParameterizedTest
    @CsvSource({
        "client.pem, client.key, RSA",
        "client.pem, client-pkcs1.key, RSA",
        "client-ec.pem, client-ec.key, EC",
        "client-ec.pem, client-ec-sec1.key, EC",
        "client-ed25519.pem, client-ed25519.key, EdDSA",
    })
    void g2_aKeyIsReadInEachForm(String certificate, String key, String algorithm) throws Exception {
        Identity identity = Identity.fromPem(TestFiles.path(certificate), TestFiles.path(key));

        assertThat(identity.key().getAlgorithm()).isEqualTo(algorithm);
        assertThat(identity.chain()).hasSize(2);
    }

    @Test
    void g2_theOlderFormsHoldTheSameKeys() throws Exception {
        assertThat(Identity.fromPem(TestFiles.path("client.pem"), TestFiles.path("client-pkcs1.key")))
                .isEqualTo(Identity.fromPem(TestFiles.path("client.pem"), TestFiles.path("client.key")));
        assertThat(secret("client-ec-sec1.key")).isEqualTo(secret("client-ec.key"));
    }

    /** Two of these are not equal if one remembers its public key, too. */
    private static BigInteger secret(String key) throws IOException {
        return ((ECPrivateKey) Identity.fromPem(TestFiles.path("client-ec.pem"), TestFiles.path(key))
                        .key())
                .getS();
    }

    @Test
    void g2_certificateAndKeyMayBeInOneFile() throws Exception {
        Path both = file(text("client.pem") + text("client.key"));

        assertThat(Identity.fromPem(both, both))
                .isEqualTo(Identity.fromPem(TestFiles.path("client.pem"), TestFiles.path("client.key")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-encrypted.key", "client-pkcs1-encrypted.key"})
    void g2_anEncryptedKeyIsToldWithWhatWouldBeRight(String name) {
        Path key = TestFiles.path(name);

        assertThatIOException()
                .isThrownBy(() -> Identity.fromPem(TestFiles.path("client.pem"), key))
                .withMessage("the private key in " + key + " is encrypted: make a clear one with 'openssl pkey -in "
                        + key + " -out FILE', or put it into a PKCS#12 file with its certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "client.pem, server.key",
        "client.pem, client-ec.key",
        "client.pem, client-ec-sec1.key",
        "client-ec.pem, server-ec.key",
        "client-ec.pem, client-pkcs1.key",
        "client-ed25519.pem, client.key",
    })
    void g2_aKeyOfAnotherCertificateIsRefused(String certificate, String key) {
        Path chain = TestFiles.path(certificate);
        Path other = TestFiles.path(key);

        assertThatIOException()
                .isThrownBy(() -> Identity.fromPem(chain, other))
                .withMessage("the private key in " + other + " does not belong to the certificate in " + chain
                        + ", that of "
                        + CertificateWords.subject(
                                TestFiles.certificates(certificate).get(0)));
    }

    @Test
    void g2_aFileWithoutKeyIsToldByWhatOneHas() {
        Path chain = TestFiles.path("client.pem");

        assertThatIOException()
                .isThrownBy(() -> Identity.fromPem(chain, chain))
                .withMessage("there is no private key in " + chain + ": a PEM file has it between '-----BEGIN PRIVATE "
                        + "KEY-----' and '-----END PRIVATE KEY-----'");
    }

    @Test
    void g2_aKeyInAnotherFormIsToldByItsForm() throws Exception {
        Path key = file("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");

        assertThatIOException()
                .isThrownBy(() -> Identity.fromPem(TestFiles.path("client.pem"), key))
                .withMessage(
                        "the private key in " + key + " has the form 'OPENSSH PRIVATE KEY', which is not read here: "
                                + "PRIVATE KEY, RSA PRIVATE KEY and EC PRIVATE KEY are");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY"})
    void g2_aBrokenKeyIsToldByItsLine(String label) throws Exception {
        Path key = file("-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n");

        assertThatIOException()
                .isThrownBy(() -> Identity.fromPem(TestFiles.path("client.pem"), key))
                .withMessage(key + ", line 1: the " + label + " is broken: it is no key for RSA, EC or Ed25519");
    }

    // ---- PKCS#12 ----

    @Test
    void g2_aPkcs12FileHasBoth() throws Exception {
        assertThat(Identity.fromPkcs12(TestFiles.path("client.p12"), TestFiles.PASSWORD.toCharArray()))
                .isEqualTo(Identity.fromPem(TestFiles.path("client.pem"), TestFiles.path("client.key")));
    }

    private static void assertPkcs12(Path file, String password, String sentence) {
        assertThatIOException()
                .isThrownBy(() -> Identity.fromPkcs12(file, password.toCharArray()))
                .withMessage(sentence);
    }

    @Test
    void g2_anotherPasswordIsToldByTheFile() {
        Path file = TestFiles.path("client.p12");

        assertPkcs12(file, "secret", "this is not the password of " + file);
        assertPkcs12(file, "", "this is not the password of " + file);
    }

    @Test
    void g2_aPkcs12FileWithoutKeyIsRefused() {
        Path file = TestFiles.path("certificates.p12");

        assertPkcs12(file, TestFiles.PASSWORD, "there is no private key in " + file);
    }

    @Test
    void g2_aPkcs12FileWithTwoKeysIsRefused() throws Exception {
        Identity identity = Identity.fromPem(TestFiles.path("client.pem"), TestFiles.path("client.key"));
        char[] password = TestFiles.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
        store.setKeyEntry("one", identity.key(), password, chain);
        store.setKeyEntry("two", identity.key(), password, chain);
        Path file = folder.resolve("two.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, password);
        }

        assertThatIOException()
                .isThrownBy(() -> Identity.fromPkcs12(file, password))
                .withMessageMatching("there are 2 private keys in .*two.p12, where one should be: (one, two|two, one)");
    }

    @Test
    void g2_whatIsNoPkcs12FileIsRefused() {
        Path file = TestFiles.path("client.pem");

        assertThatIOException()
                .isThrownBy(() -> Identity.fromPkcs12(file, new char[0]))
                .withMessageStartingWith(file + " can't be read as a PKCS#12 file: ");
        assertPkcs12(folder.resolve("missing.p12"), "", "there is no file " + folder.resolve("missing.p12"));
    }

    @Test
    void g2_aKeyIsNeverWrittenOut() throws Exception {
        assertThat(Identity.fromPem(TestFiles.path("client.pem"), TestFiles.path("client.key")))
                .hasToString("CN=Bowline Test Client");
    }
}
