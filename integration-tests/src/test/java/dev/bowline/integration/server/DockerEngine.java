package dev.bowline.integration.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Looks whether a container engine answers, before Testcontainers is asked, which would take minutes to say no. */
final class DockerEngine {
    private static final String DEFAULT = "unix:///var/run/docker.sock";
    private static final String UNIX = "unix://";
    private static final int MILLIS_TO_ANSWER = 1500;

    private DockerEngine() {}

    static void require() throws UnavailableException {
        if (!"true".equals(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            throw new UnavailableException(
                    "TESTCONTAINERS_RYUK_DISABLED is not true in the environment, so Testcontainers"
                            + " would pull an image; Maven sets it.");
        }
        String host = System.getenv().getOrDefault("DOCKER_HOST", DEFAULT);
        if (!host.startsWith(UNIX)) {
            throw new UnavailableException("DOCKER_HOST is " + host
                    + ", but the server's container uses the network and files of this machine: only " + UNIX
                    + " will do.");
        }
        try {
            ping(UnixDomainSocketAddress.of(host.substring(UNIX.length())));
        } catch (IOException e) {
            throw new UnavailableException("No container engine answers at " + host + " (" + e.getMessage() + ").", e);
        }
    }

    private static void ping(UnixDomainSocketAddress address) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(address);
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(MILLIS_TO_ANSWER) == 0) {
                throw new IOException("no answer in " + MILLIS_TO_ANSWER + " ms");
            }
            ByteBuffer answer = ByteBuffer.allocate(64);
            channel.read(answer);
            String status = new String(answer.array(), 0, answer.position(), ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (!status.endsWith("200 OK")) {
                throw new IOException("it answered \"" + status + "\"");
            }
        }
    }
}
