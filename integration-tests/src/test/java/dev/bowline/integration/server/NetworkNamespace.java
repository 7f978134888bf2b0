package dev.bowline.integration.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network of its own on this machine (Linux, as root): a namespace that a pair of virtual cards joins to the rest. What
 * passes between can be dropped, packet by packet, each way alone. All rules are inside of it, and are gone with it.
 */
public final class NetworkNamespace implements AutoCloseable {
    /** A way that packets go, as the inside has it. */
    public enum Way {
        /** From clients to the server. */
        TO_SERVER("INPUT"),
        /** From the server to clients. */
        TO_CLIENT("OUTPUT");

        private final String chain;

        Way(String chain) {
            this.chain = chain;
        }
    }

    private final String name;
    private final String card;
    private final String insideAddress;

    private NetworkNamespace(int number) {
        name = "bowline-" + number;
        card = "bowl" + number;
        // 198.18.0.0/15 is for tests of networks (RFC 2544): nobody is to be found there. Four addresses each.
        insideAddress = "198.18." + number / 64 + "." + (number % 64 * 4 + 2);
    }

    /**
     * Makes one.
     *
     * @throws UnavailableException if this machine can't, or doesn't let us
     */
    public static NetworkNamespace open() throws UnavailableException {
        if (!Files.isDirectory(Path.of("/proc/self/ns"))) {
            throw new UnavailableException("Network namespaces are Linux's.");
        }
        NetworkNamespace namespace =
                new NetworkNamespace(ThreadLocalRandom.current().nextInt(64 * 256));
        try {
            namespace.make();
            return namespace;
        } catch (Commands.FailedException e) {
            namespace.close();
            throw new UnavailableException("No network namespace can be had (" + e.getMessage() + ").", e);
        }
    }

    private void make() {
        String outsideAddress = insideAddress.substring(0, insideAddress.lastIndexOf('.') + 1)
                + (Integer.parseInt(insideAddress.substring(insideAddress.lastIndexOf('.') + 1)) - 1);
        Commands.run("ip", "netns", "add", name);
        Commands.run("ip", "link", "add", card, "type", "veth", "peer", "name", "inside", "netns", name);
        Commands.run("ip", "addr", "add", outsideAddress + "/30", "dev", card);
        Commands.run("ip", "link", "set", card, "up");
        inside("ip", "addr", "add", insideAddress + "/30", "dev", "inside");
        inside("ip", "link", "set", "inside", "up");
        inside("ip", "link", "set", "lo", "up");
        pass();
    }

    private void inside(String... command) {
        String[] whole = new String[commandPrefix().size() + command.length];
        commandPrefix().toArray(whole);
        System.arraycopy(command, 0, whole, commandPrefix().size(), command.length);
        Commands.run(whole);
    }

    /** What to write before a command that is to run inside. */
    List<String> commandPrefix() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Where the rest of the machine finds what listens inside. */
    InetAddress insideAddress() throws IOException {
        return InetAddress.getByName(insideAddress);
    }

    /**
     * Drops packets from now on, at random.
     *
     * @param share how many of them: 1 for all
     */
    public void drop(Way way, double share) {
        inside(
                "iptables",
                "-A",
                way.chain,
                "-m",
                "statistic",
                "--mode",
                "random",
                "--probability",
                Double.toString(share),
                "-j",
                "DROP");
    }

    /** Drops no more. */
    public void pass() {
        inside("iptables", "-F");
    }

    /** Removes it; what runs inside is to have ended. */
    @Override
    public void close() {
        try {
            Commands.run("ip", "link", "del", card);
        } catch (Commands.FailedException neverWas) {
            // Made half, it is to be gone all the same.
        }
        try {
            Commands.run("ip", "netns", "del", name);
        } catch (Commands.FailedException neverWas) {
            // The same.
        }
    }
}
