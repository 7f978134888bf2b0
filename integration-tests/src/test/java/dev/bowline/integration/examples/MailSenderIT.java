package dev.bowline.integration.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.testkit.TestCertificates;
import dev.bowline.testkit.TestCertificates.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server wants TLS before it takes any mail, so one that it stored came under TLS. */
class MailSenderIT {
    private static final String FROM = "me@mail.example";

    @TempDir
    private Path directory;

    private PemFiles certificates;
    private ServerProcess server;

    @BeforeEach
    void startTheServer() throws Exception {
        certificates = TestCertificates.writeTo(directory);
        server = RealServers.shared(
                RealServer.AIOSMTPD,
                "--tlscert=" + certificates.certificate(TestCertificates.Server.RSA),
                "--tlskey=" + certificates.key(TestCertificates.Server.RSA));
    }

    private String mail(String text) throws IOException {
        return Files.write(directory.resolve("mail.txt"), text.getBytes(UTF_8)).toString();
    }

    private ExampleRun send(ServerProcess to, String recipient, String text) throws IOException {
        return ExampleRun.of(
                "mail",
                to.endpoint(),
                FROM,
                recipient,
                mail(text),
                certificates.authority().toString());
    }

    /** Each with the headers that the server adds, and as the bytes it is. */
    private static List<String> mailsTo(ServerProcess server, String recipient) throws IOException {
        Path received = server.directory().resolve(RealServer.MAILBOX).resolve("new");
        if (!Files.exists(received)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(received)) {
            return files.map(MailSenderIT::read)
                    .filter(mail -> mail.contains("\nX-RcptTo: " + recipient + "\n"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(String mail) {
        return mail.substring(mail.indexOf("\n\n") + 2);
    }

    @Test
    void whatThePageShowsIsWhatComesOut() throws Exception {
        DocumentedRun.of("mail")
                .comesTrue(Map.of(
                        "127.0.0.1:25",
                        server.endpoint(),
                        "mail.txt",
                        mail("Subject: knots\n\nOver, under.\n"),
                        "ca.pem",
                        certificates.authority().toString()));
    }

    @Test
    void theMailIsStoredAsItIsTheDotsIncluded() throws Exception {
        String text = "over, under\n.\n..\n...\n.QUIT\nQUIT\n\nMAIL FROM:<evil@mail.example>\n  grüße  \n";
        String head = "From: me <me@mail.example>\nSubject: knots\n";
        assertThat(send(server, "dots@mail.example", head + "\n" + text)).isEqualTo(ExampleRun.good("250 OK"));
        assertThat(mailsTo(server, "dots@mail.example"))
                .singleElement()
                .satisfies(mail -> assertThat(mail)
                        .startsWith(head)
                        .contains("\nX-MailFrom: " + FROM + "\n")
                        .doesNotContain("evil@mail.example\nX-"))
                .extracting(MailSenderIT::body)
                .isEqualTo(new String(text.getBytes(UTF_8), ISO_8859_1));
    }

    @Test
    void aLineEndOfAnyKindIsOneAndNoneEndsTheMail() throws Exception {
        String text = "Subject: smuggled\r\n\r\none\n.\rtwo\r.\nthree\n.\r\nMAIL FROM:<evil@mail.example>\r\n"
                + "RCPT TO:<smuggled@mail.example>\r\nDATA\r\nSubject: gotcha\r\n\r\n.\r\nlast";
        assertThat(send(server, "ends@mail.example", text)).isEqualTo(ExampleRun.good("250 OK"));
        assertThat(mailsTo(server, "ends@mail.example"))
                .singleElement()
                .extracting(MailSenderIT::body)
                .isEqualTo("""
                        one
                        .
                        two
                        .
                        three
                        .
                        MAIL FROM:<evil@mail.example>
                        RCPT TO:<smuggled@mail.example>
                        DATA
                        Subject: gotcha

                        .
                        last
                        """);
        assertThat(mailsTo(server, "smuggled@mail.example")).isEmpty();
    }

    @Test
    void aServerWithoutStarttlsGetsNothing() throws Exception {
        try (ServerProcess clear = RealServers.start(RealServer.AIOSMTPD)) {
            ExampleRun run = send(clear, "clear@mail.example", "Subject: secret\n\nsecret\n");
            assertThat(run)
                    .isEqualTo(ExampleRun.failed("TLS failed: " + clear.endpoint()
                            + " does not agree on TLS: it answered \"454 TLS not available\""));
            assertThat(mailsTo(clear, "clear@mail.example")).isEmpty();
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        ExampleRun run = ExampleRun.of(
                "mail", server.endpoint(), FROM, "untrusted@mail.example", mail("Subject: secret\n\nsecret\n"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("bowline: ").contains("certificate").hasLineCount(1);
        assertThat(mailsTo(server, "untrusted@mail.example")).isEmpty();
    }

    @Test
    void whatTheServerRefusesIsTheSentence() throws Exception {
        try (ServerProcess small = RealServers.start(
                RealServer.AIOSMTPD,
                "--size=100",
                "--tlscert=" + certificates.certificate(TestCertificates.Server.EC),
                "--tlskey=" + certificates.key(TestCertificates.Server.EC))) {
            ExampleRun run = send(small, "small@mail.example", "Subject: large\n\n" + "a line\n".repeat(1000));
            assertThat(run).isEqualTo(ExampleRun.failed("the server says: 552 Error: Too much mail data"));
            assertThat(mailsTo(small, "small@mail.example")).isEmpty();
        }
    }
}
