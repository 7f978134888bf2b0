package dev.bowline.integration.choice;

import dev.bowline.Endpoint;
import dev.bowline.InstalledTransport;
import dev.bowline.Transport;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import java.time.Duration;

/**
 * What a child JVM runs: {@code installed} lists the transports, {@code open [NAME]} says which one was opened, {@code echo
 * PORT} sends a line to an echo server over it. An exception is one line of output.
 */
public final class Probe {
    private Probe() {}

    /** Prints {@code opened NAME}, {@code got LINE}, or the class and message of what was thrown. */
    public static void main(String[] args) throws InterruptedException {
        try {
            switch (args[0]) {
                case "installed" -> Transport.installed().forEach(Probe::print);
                case "open" -> open(args);
                case "echo" -> echo(Integer.parseInt(args[1]));
                default -> throw new IllegalArgumentException(args[0]);
            }
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static void print(InstalledTransport installed) {
        System.out.println(installed.name() + " " + (installed.isUsable() ? "usable" : "unusable"));
    }

    private static void open(String[] args) {
        try (Transport transport = args.length > 1 ? Transport.open(args[1]) : Transport.open()) {
            System.out.println("opened " + transport.name());
        }
    }

    private static void echo(int port) throws InterruptedException {
        try (LineClient client = LineClient.builder(new Endpoint.Tcp("127.0.0.1", port), Echoed::new)
                .open()) {
            client.send("a line");
            System.out.println("ended " + client.await(Duration.ofSeconds(20)));
        }
    }

    private static final class Echoed extends LineProtocol {
        @Override
        protected void connectionMade() {
            ready();
        }

        @Override
        protected void lineReceived(String line) {
            System.out.println("got " + line);
            finish();
        }
    }
}
