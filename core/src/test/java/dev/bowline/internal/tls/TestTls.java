package dev.bowline.internal.tls;

import dev.bowline.Endpoint;
import dev.bowline.TlsException;
import dev.bowline.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLEngine;

/** Both ends of a connection that have nothing to say against each other. */
final class TestTls {
    private static final TlsOptions OPTIONS = trusting("ca.pem");
    private static final TestServer SERVER = server("server-ec.pem", "server-ec.key");

    private TestTls() {}

    private static TlsOptions trusting(String authority) {
        try {
            return TlsOptions.DEFAULT.trusting(TestFiles.path(authority));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static TestServer server(String certificate, String key) {
        try {
            return TestServer.with(certificate, key, "ca.pem");
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    static TlsOptions options() {
        return OPTIONS;
    }

    static SSLEngine server() {
        return SERVER.newEngine();
    }

    /** A handshake with {@code localhost}, by this version of TLS. */
    static Handshake handshake(String version) throws TlsException {
        return Handshake.maker(OPTIONS.withProtocols(version), new Endpoint.Tls("localhost", 1))
                .get();
    }
}
