package dev.bowline.examples.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.Delivery;
import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.Reconnect;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import dev.bowline.queue.QueueClosedException;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.time.Duration;

/**
 * Ships the lines of a log to a server that answers each, which teaches confirmed delivery: a line is delivered when it was
 * answered, what was not is sent again after a loss, and at the end every line is accounted for.
 */
public final class LogShipper extends LineProtocol {
    /** Lines are bytes here, whatever their charset. */
    private static final LineFormat FORMAT =
            LineFormat.crlf().withCharset(ISO_8859_1).withMaxSendLength(65536);

    private LogShipper() {}

    @Override
    protected void connectionMade() {
        ready();
    }

    /** Answers come in the order of the lines: this is one to the oldest that has none. */
    @Override
    protected void lineReceived(String answer) {
        confirm(1);
    }

    /** Ships a file; {@code /dev/stdin} is one, too, behind {@code tail -F app.log |}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 3 || !args[2].matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(
                    "give a server, a file, and after how many attempts in a row to give up: 127.0.0.1:8001 app.log 10");
        }
        try (BufferedReader log = new BufferedReader(new FileReader(args[1], ISO_8859_1));
                LineClient client = LineClient.builder(Endpoint.parse(args[0]), LogShipper::new)
                        .format(FORMAT)
                        .delivery(Delivery.confirmed())
                        .reconnect(Reconnect.exponential().withMaxAttempts(Integer.parseInt(args[2])))
                        .sendWait(Duration.ofDays(1))
                        .open()) {
            long refused = ship(log, client);
            DrainResult result = client.drain(Duration.ofSeconds(30)).join();
            System.out.println("delivered " + result.delivered() + " of " + result.sent() + " lines, "
                    + client.counters().resent() + " sent again");
            client.await(Duration.ZERO); // throws, and says why, if not all was delivered
            if (refused > 0) {
                throw new IOException("lines left out, for they are longer than 64 KiB: " + refused);
            }
        }
    }

    /** Reads until the log ends, or the client has failed; returns how many lines could not be sent. */
    private static long ship(BufferedReader log, LineClient client) throws IOException, InterruptedException {
        long refused = 0;
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            try {
                client.send(line);
            } catch (MessageRefusedException tooLong) {
                refused++;
            } catch (QueueClosedException failed) {
                break; // what became of the lines before this one, the client tells all the same
            }
        }
        return refused;
    }
}
