package dev.bowline.examples.cli;

import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.Reconnect;
import dev.bowline.examples.clients.Greeter;
import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.examples.server.LineServer;
import dev.bowline.line.LineClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What was said on one connection: first all that the server received, then all that the client did. In this order,
 * since when the answers arrive between the messages is for the network to say, and differs from run to run.
 *
 * @param transport on which one it was said
 * @param lines each with who said it, and how it ended
 */
record Transcript(String transport, List<String> lines) {
    private static final List<String> MESSAGES = List.of("hello", "how are you?", "こんにちは", "", "goodbye");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    Transcript {
        lines = List.copyOf(lines);
    }

    /** Runs the greeting client on a transport, as the server's next connection. */
    static Transcript record(String transport, LineServer server)
            throws IOException, InterruptedException, CommandFailedException {
        int ledgerBefore = server.ledger().size();
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        InetSocketAddress address = server.address();
        Endpoint endpoint = new Endpoint.Tcp(address.getAddress().getHostAddress(), address.getPort());
        LineClient.Builder builder = LineClient.builder(endpoint, () -> new Recorder(received))
                .transport(transport)
                .reconnect(Reconnect.never());
        try (LineClient client = builder.open()) {
            for (String message : MESSAGES) {
                client.send(message);
            }
            if (!client.await(LIMIT)) {
                throw new CommandFailedException("the client on " + transport + " did not end in time");
            }
        }
        List<String> lines = new ArrayList<>();
        List<LedgerEntry> ledger = server.ledger();
        ledger.subList(ledgerBefore, ledger.size()).forEach(entry -> lines.add("> " + entry.line()));
        lines.addAll(received);
        return new Transcript(transport, lines);
    }

    private static final class Recorder extends Greeter {
        private final List<String> lines;

        Recorder(List<String> lines) {
            super(MESSAGES.size(), line -> lines.add("< " + line));
            this.lines = lines;
        }

        @Override
        public void connectionLost(LossReason reason) {
            lines.add(reason.describe());
        }
    }

    /** Where the transcripts differ from the first of them, if one does. */
    static Optional<String> difference(List<Transcript> transcripts) {
        return transcripts.stream()
                .skip(1)
                .flatMap(other -> transcripts.get(0).difference(other).stream())
                .findFirst();
    }

    private Optional<String> difference(Transcript other) {
        for (int i = 0; i < Math.max(lines.size(), other.lines.size()); i++) {
            String here = line(i);
            String there = other.line(i);
            if (!here.equals(there)) {
                return Optional.of("the transcripts differ in line " + (i + 1) + ": " + transport + " has " + here
                        + ", " + other.transport + " has " + there);
            }
        }
        return Optional.empty();
    }

    private String line(int index) {
        return index < lines.size() ? "'" + lines.get(index) + "'" : "no such line";
    }

    @Override
    public String toString() {
        return transport + "\n  " + String.join("\n  ", lines);
    }
}
