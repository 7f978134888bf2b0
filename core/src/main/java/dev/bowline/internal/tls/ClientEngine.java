package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import javax.net.ssl.SSLEngine;

/** The TLS engine of one connection, and who can say what it means when that engine throws. */
public final class ClientEngine {
    private final SSLEngine engine;
    private final Explainer explainer;

    ClientEngine(SSLEngine engine, Explainer explainer) {
        this.engine = engine;
        this.explainer = explainer;
    }

    /** In client mode, all set, its handshake not begun. */
    public SSLEngine engine() {
        return engine;
    }

    /**
     * What was thrown by the engine, by one of its tasks, or by {@link Peer}, in a sentence. From any thread, and it never
     * fails.
     */
    public TlsException explain(Throwable thrown) {
        return explainer.explain(thrown);
    }
}
