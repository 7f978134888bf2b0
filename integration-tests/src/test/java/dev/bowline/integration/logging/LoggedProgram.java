package dev.bowline.integration.logging;

import dev.bowline.Endpoint;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A program with one client, started for what it logs: sends each line that it reads, and ends when there are no more. */
final class LoggedProgram {
    private LoggedProgram() {}

    private static final class Shipper extends LineProtocol {
        @Override
        protected void connectionMade() {
            ready();
        }

        @Override
        protected void lineReceived(String line) {
            System.out.println("got " + line);
        }
    }

    /** Runs it, with the server's endpoint as its only argument. */
    public static void main(String... endpoint) throws Exception {
        try (LineClient client = LineClient.builder(Endpoint.parse(endpoint[0]), Shipper::new)
                        .transport("nio")
                        .open();
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                client.send(line);
            }
        }
    }
}
