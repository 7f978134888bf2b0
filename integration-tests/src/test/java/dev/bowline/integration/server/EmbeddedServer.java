package dev.bowline.integration.server;

import dev.bowline.examples.server.LineServer;
import dev.bowline.testkit.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** The twin, in this JVM. */
final class EmbeddedServer extends ReferenceServer {
    private LineServer server;

    private EmbeddedServer(LedgerDirectory directory, LineServer server) {
        super(directory);
        this.server = server;
    }

    static EmbeddedServer start(LedgerDirectory directory) throws IOException {
        return new EmbeddedServer(directory, start(directory, ServerPorts.free(LOOPBACK)));
    }

    private static LineServer start(LedgerDirectory directory, ServerPorts ports) throws IOException {
        LineServer.Tls tls = new LineServer.Tls(ports.tls(), TestCertificates.serverContext(SHOWN));
        return LineServer.start(ports.clear(), directory.ledger(), tls);
    }

    @Override
    public int port() {
        return server.address().getPort();
    }

    @Override
    public int tlsPort() {
        return server.tlsAddress().getPort();
    }

    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }

    @Override
    public String description() {
        return "embedded (LineServer, Java " + Runtime.version().feature() + ")";
    }

    @Override
    public void kill() {
        server.close();
    }

    /** As {@link #kill}: there is no process to be asked. */
    @Override
    public void terminate() {
        kill();
    }

    @Override
    public Set<Suspension> suspensions() {
        return Set.of();
    }

    @Override
    public void suspend(Suspension how) {
        throw new UnsupportedOperationException("a server in this JVM is not suspended alone");
    }

    @Override
    public void resume() {}

    @Override
    public void restart() {
        try {
            server = start(directory, new ServerPorts(server.address(), server.tlsAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
