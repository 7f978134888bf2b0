package dev.bowline.examples.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.TlsOptions;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.line.Reply;
import dev.bowline.line.ReplyParser;
import dev.bowline.line.RequestProtocol;
import dev.bowline.line.StartTls;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Hands a mail to an SMTP server, which teaches STARTTLS, and a dialogue in which each request waits for the reply before. Nothing is
 * said in the clear but the request for TLS. No address and no line of the mail can smuggle in a command: what would end its
 * line is refused, and a line that begins with a dot gets another one (RFC 5321, section 4.5.2).
 */
public final class MailSender extends RequestProtocol {
    private final String from;
    private final String to;
    private final List<String> mail;

    /** The mail; set in a callback. */
    private volatile CompletableFuture<Void> done =
            CompletableFuture.failedFuture(new IOException("the server ended the connection at once"));

    private MailSender(String from, String to, List<String> mail) {
        this.from = from;
        this.to = to;
        this.mail = mail;
    }

    /** TLS has begun: the builder in main saw to that. */
    @Override
    protected void connectionMade() {
        ready();
        boolean isAscii = mail.stream().allMatch(US_ASCII.newEncoder()::canEncode);
        done = request("EHLO [127.0.0.1]", reply('2'))
                .thenCompose(
                        hello -> request("MAIL FROM:<" + from + ">" + (isAscii ? "" : " BODY=8BITMIME"), reply('2')))
                .thenCompose(sender -> request("RCPT TO:<" + to + ">", reply('2')))
                .thenCompose(recipient -> request("DATA", reply('3')))
                .thenCompose(goAhead -> {
                    mail.forEach(this::sendLine);
                    return request(".", reply('2'));
                })
                .thenAccept(System.out::println)
                .whenComplete((sent, failure) -> {
                    var unused = request("QUIT", reply('2')).whenComplete((bye, ignored) -> finish());
                });
    }

    /** A reply has more lines while a dash follows its code, and is good if the code begins with this digit. */
    private static ReplyParser<String> reply(char digit) {
        return line -> {
            if (line.startsWith("-", 3)) {
                return new Reply.MoreLines<>();
            }
            return line.indexOf(digit) == 0
                    ? new Reply.Complete<>(line)
                    : new Reply.Failed<>(new IOException("the server says: " + line));
        };
    }

    private static String address(String text) {
        if (!text.matches("[!-~&&[^<>@]]+@[!-~&&[^<>@]]+")) {
            throw new IllegalArgumentException("'" + text + "' is no mail address such as me@mail.example");
        }
        return text;
    }

    /** The lines of a file, whatever ends them there, as they go between DATA and the dot. */
    private static List<String> linesOf(String file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new FileReader(file, ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                // RFC 5321 has lines of 998 bytes; a connection takes less than 16 MiB to be sent later.
                if (line.length() > 998 || lines.size() == 16_000) {
                    throw new IllegalArgumentException(file + " is too much from line " + (lines.size() + 1)
                            + " on: a mail has 16000 lines of 998 bytes at most");
                }
                lines.add(line.startsWith(".") ? "." + line : line);
            }
        }
        return lines;
    }

    /** Sends a file, which is a mail with its headers. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 4 || args.length > 5) {
            throw new IllegalArgumentException(
                    "give a server, a sender, a recipient, a file, and whom to trust if not the "
                            + "public authorities: 127.0.0.1:25 me@mail.example you@mail.example mail.txt ca.pem");
        }
        MailSender sender = new MailSender(address(args[1]), address(args[2]), linesOf(args[3]));
        TlsOptions tls = args.length == 4 ? TlsOptions.DEFAULT : TlsOptions.DEFAULT.trusting(Path.of(args[4]));
        try (LineClient client = LineClient.builder(Endpoint.parse(args[0]), () -> sender)
                .format(LineFormat.crlf().withCharset(ISO_8859_1)) // a mail is bytes
                .connectOptions(ConnectOptions.DEFAULT.withTls(tls))
                .startTls(StartTls.SMTP)
                .reconnect(Reconnect.never())
                .open()) {
            client.await(Duration.ofSeconds(60));
        }
        sender.done.join();
    }
}
