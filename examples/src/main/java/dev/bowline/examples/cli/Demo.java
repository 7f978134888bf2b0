package dev.bowline.examples.cli;

import dev.bowline.InstalledTransport;
import dev.bowline.Transport;
import dev.bowline.examples.server.LineServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code bowline demo}: one client, every transport, and nothing to tell them apart. */
@Command(
        name = "demo",
        description = {
            "Runs the greeting client on every transport, and compares.",
            "",
            "It starts a line server of its own, and prints a transcript for each transport: '>' marks what the server received, '<' what the client received. The last line is '3 transports, "
                    + "transcripts equal', or the difference, and the exit code is 1."
        },
        footer = "  ./bowline demo")
final class Demo implements Callable<Integer> {
    private static final List<String> TRANSPORTS = List.of("blocking", "nio", "netty");

    private final Output out;

    Demo(Streams streams) {
        this.out = streams.out();
    }

    @Override
    public Integer call() throws Exception {
        List<String> usable = Transport.installed().stream()
                .filter(InstalledTransport::isUsable)
                .map(InstalledTransport::name)
                .toList();
        List<Transcript> transcripts = record(usable);
        for (Transcript each : transcripts) {
            out.println(each.toString());
        }
        Optional<String> difference = Transcript.difference(transcripts);
        if (difference.isPresent()) {
            throw new CommandFailedException(difference.get());
        }
        List<String> missing =
                TRANSPORTS.stream().filter(name -> !usable.contains(name)).toList();
        out.println(usable.size() + " transports, transcripts equal");
        if (!missing.isEmpty()) {
            throw new CommandFailedException(
                    "these transports are missing: " + String.join(", ", missing) + "; 'bowline transports' shows why");
        }
        return 0;
    }

    private static List<Transcript> record(List<String> transports) throws Exception {
        Path ledger = Files.createTempFile("bowline-demo", ".ledger");
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (LineServer server = LineServer.start(anyPort, ledger)) {
            List<Transcript> transcripts = new ArrayList<>();
            for (String transport : transports) {
                transcripts.add(Transcript.record(transport, server));
            }
            return transcripts;
        } finally {
            Files.delete(ledger);
        }
    }
}
