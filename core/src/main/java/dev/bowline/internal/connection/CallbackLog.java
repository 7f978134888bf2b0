package dev.bowline.internal.connection;

import dev.bowline.Endpoint;
import dev.bowline.framing.MalformedFrameException;
import dev.bowline.internal.UnsolicitedLineException;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the log what came out of a protocol's callback (rule A5): a bug with its stack; what the peer did wrong in one line,
 * since no stack explains that, and without what it sent. Its stack is there for who listens to DEBUG.
 */
final class CallbackLog {
    private static final System.Logger LOG = System.getLogger("dev.bowline.connection");

    private CallbackLog() {}

    /**
     * A callback threw.
     *
     * @param protocol the name of its protocol
     * @param consequence what follows from it, as the end of the sentence
     */
    static void failed(Endpoint endpoint, String protocol, Throwable thrown, String consequence) {
        String fault = faultOfThePeer(thrown);
        if (fault == null) {
            LOG.log(Level.ERROR, endpoint + ": a callback of " + protocol + " failed" + consequence, thrown);
            return;
        }
        Throwable shown = LOG.isLoggable(Level.DEBUG) ? thrown : null;
        LOG.log(
                Level.WARNING,
                endpoint + ": the peer broke the rules of " + protocol + ": " + fault + consequence,
                shown);
    }

    /** In words for a log; null if it was somebody else's. */
    private static @Nullable String faultOfThePeer(Throwable thrown) {
        if (thrown instanceof UnsolicitedLineException line) {
            return line.unquoted();
        }
        boolean blamesThePeer = thrown instanceof ProtocolException
                || thrown instanceof MalformedFrameException
                || thrown instanceof CharacterCodingException;
        if (!blamesThePeer) {
            return null;
        }
        String kind = thrown.getClass().getSimpleName();
        return thrown.getMessage() == null ? kind : kind + ": " + thrown.getMessage();
    }
}
