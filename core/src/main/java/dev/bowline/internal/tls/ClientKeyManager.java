package dev.bowline.internal.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the one client certificate that there is, or none, and remembers of which peers it was asked for: a refusal tells
 * nothing of that. From any thread.
 *
 * <p>It is shown also to a peer that names other issuers than its own, as OpenSSL does: who configured it meant this peer,
 * such lists are often incomplete, and if it is refused, the refusal can say so.
 */
final class ClientKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    /** What became of a peer's wish for a certificate. */
    enum Answer {
        /** It did not ask. */
        NOT_ASKED,
        /** There was none, or none of a kind that it takes. */
        NONE,
        /** It was shown. */
        SHOWN
    }

    private final @Nullable Identity identity;

    private final Map<SSLEngine, Answer> answers = Collections.synchronizedMap(new WeakHashMap<>());

    ClientKeyManager(@Nullable Identity identity) {
        this.identity = identity;
    }

    @Nullable
    Identity identity() {
        return identity;
    }

    /** What an engine's peer got. */
    Answer answerOf(SSLEngine engine) {
        return answers.getOrDefault(engine, Answer.NOT_ASKED);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        String alias = choose(keyTypes);
        answers.put(engine, alias == null ? Answer.NONE : Answer.SHOWN);
        return alias;
    }

    private @Nullable String choose(String[] keyTypes) {
        return identity != null
                        && Arrays.asList(keyTypes).contains(identity.key().getAlgorithm())
                ? ALIAS
                : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyTypes);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = choose(new String[] {keyType});
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return identity == null ? null : identity.key();
    }

    // ---- this side is no server ----

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
