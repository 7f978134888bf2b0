package dev.bowline.integration.tls;

import dev.bowline.testkit.TestCertificates.PemFiles;
import java.io.IOException;

/**
 * A TLS server of somebody else's that answers each line with its reverse, and ends the connection, in good order, after a
 * line {@code CLOSE}. It serves one connection at a time. That is what {@code openssl s_server -rev} does.
 */
abstract class ReversingServer implements AutoCloseable {
    /** Whose TLS it is. */
    enum Software {
        OPENSSL,
        JDK;

        /** Starts one on a free port of the loopback interface. */
        ReversingServer start(TlsSetup setup, PemFiles files) throws IOException {
            return this == OPENSSL ? OpenSslServer.start(setup, files) : JdkTlsServer.start(setup);
        }
    }

    /** The line that ends a connection. */
    static final String CLOSE = "CLOSE";

    /** Where it listens. */
    static final String HOST = "127.0.0.1";

    abstract int port();

    /** Waits until it has seen a client's certificate, which must have this name. */
    abstract void awaitClientCertificate(String name) throws Exception;

    @Override
    public abstract void close() throws IOException;
}
