package dev.bowline.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.TlsException;
import dev.bowline.TlsOptions;
import java.io.IOException;
import org.assertj.core.api.AbstractThrowableAssert;

/** Handshakes of a client with given options, at mail.bowline.example:993 unless told otherwise. */
final class Shaking {
    static final Peer MAIL = Peer.at("mail.bowline.example", 993);

    private Shaking() {}

    /** Whoever has a certificate of the test CA. */
    static TlsOptions trusting() throws IOException {
        return TlsOptions.DEFAULT.trusting(TestFiles.path("ca.pem"));
    }

    static EnginePair pair(TlsOptions options, Peer peer, TestServer server) throws TlsException {
        return new EnginePair(TlsContext.of(options).prepare(peer).newEngine(), server.newEngine());
    }

    /** One that works. */
    static EnginePair succeeds(TlsOptions options, Peer peer, TestServer server) throws TlsException {
        EnginePair pair = pair(options, peer, server);
        assertThat(pair.talk()).isEmpty();
        assertThat(pair.heard()).isPositive();
        return pair;
    }

    /** One that fails at the client. */
    static AbstractThrowableAssert<?, TlsException> fails(TlsOptions options, Peer peer, TestServer server)
            throws TlsException {
        EnginePair pair = pair(options, peer, server);
        TlsException failure = pair.talk().orElseThrow(() -> new AssertionError("it works"));
        assertThat(pair.heard()).isZero();
        assertThat(failure).hasCauseInstanceOf(Throwable.class);
        return assertThat(failure);
    }

    static AbstractThrowableAssert<?, TlsException> failsAtMail(TlsOptions options, TestServer server)
            throws TlsException {
        return fails(options, MAIL, server);
    }
}
