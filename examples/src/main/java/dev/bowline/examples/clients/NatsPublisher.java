package dev.bowline.examples.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Publishes messages through NATS, which teaches what a queue can hold besides lines: {@code sendRaw} takes a line and a block of
 * bytes as one message, that is sent whole or not at all. A PING behind all of them shows that the server has had them.
 */
public final class NatsPublisher extends LineProtocol {
    private static final String CONNECT =
            "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"java\",\"name\":\"bowline\"}";

    private boolean greeted;
    private boolean accepted;

    private NatsPublisher() {}

    @Override
    protected void lineReceived(String line) throws ProtocolException {
        switch (line.split(" ", 2)[0]) {
            case "INFO" -> greet();
            case "PING" -> sendLine("PONG");
            case "PONG" -> pong();
            case "+OK" -> {}
            default -> throw new ProtocolException("NATS says " + line);
        }
    }

    /** The server's first word; more INFO may come later, when something has changed there. */
    private void greet() {
        if (!greeted) {
            greeted = true;
            sendLine(CONNECT);
            sendLine("PING"); // one who is not welcome gets an error, and no PONG
        }
    }

    private void pong() {
        if (accepted) {
            finish();
        } else {
            accepted = true;
            ready();
        }
    }

    @Override
    protected void inputEnded() throws IOException {
        throw new EOFException("NATS ended the connection before it had everything");
    }

    /** {@code PUB subject length}, the payload, CRLF. Nobody checks what sendRaw sends: the subject must not end its line. */
    private static ByteBuffer publication(String subject, String payload) {
        if (!subject.matches("[^\\s\\p{Cntrl}]+")) {
            throw new IllegalArgumentException("'" + subject + "' is no subject: there is a space in it, or nothing");
        }
        int length = payload.getBytes(UTF_8).length;
        return UTF_8.encode("PUB " + subject + " " + length + "\r\n" + payload + "\r\n");
    }

    /** Publishes each payload under one subject. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 3) {
            throw new IllegalArgumentException(
                    "give a server, a subject and payloads: 127.0.0.1:4222 knots.tied bowline");
        }
        List<ByteBuffer> publications = List.of(args).subList(2, args.length).stream()
                .map(payload -> publication(args[1], payload))
                .toList();
        try (LineClient client = LineClient.builder(Endpoint.parse(args[0]), NatsPublisher::new)
                .reconnect(Reconnect.never())
                .open()) {
            for (ByteBuffer each : publications) {
                client.sendRaw(each);
            }
            client.send("PING");
            if (!client.await(Duration.ofSeconds(30))) {
                throw new IOException("NATS did not answer within 30 s");
            }
        }
        System.out.println("published " + publications.size() + (publications.size() == 1 ? " message" : " messages"));
    }
}
