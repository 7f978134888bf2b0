package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import dev.bowline.TlsException.Problem;
import dev.bowline.TlsOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link TlsOptions} that works: it has one {@link SSLContext}, made when it is first wanted and kept, so that
 * sessions are resumed from one connection to the next; files that changed make another. From any thread.
 */
public final class TlsContext {
    private static final System.Logger LOG = System.getLogger("dev.bowline.tls");

    /** Looks inside of options. Set when their class is initialised, so before there are any. */
    private static volatile @Nullable Function<TlsOptions, TlsContext> door;

    private final Offer offer;

    /** Whether files are read again when they have changed. */
    private final boolean reloading;

    /** Guards all below; held while files are read: who comes meanwhile would have to read them, too. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Complaints complaints;

    private Credentials credentials;

    /** Made of the credentials; null until it is wanted. */
    private EngineMaker.@Nullable Keyring keyring;

    public TlsContext(Credentials credentials, Offer offer, boolean reloading) {
        this(credentials, offer, reloading, LOG);
    }

    /** With a logger for what can't be read any more. */
    TlsContext(Credentials credentials, Offer offer, boolean reloading, System.Logger log) {
        this.credentials = credentials;
        this.offer = offer;
        this.reloading = reloading;
        this.complaints = new Complaints(log);
    }

    /** For the class of options only: how core looks inside of them, and nobody else. */
    public static void setDoor(Function<TlsOptions, TlsContext> look) {
        door = look;
    }

    /** That of some options; the same for each call. */
    public static TlsContext of(TlsOptions options) {
        return Objects.requireNonNull(door, "set by TlsOptions").apply(options);
    }

    /**
     * What makes engines for a peer; for one attempt to connect, at all its addresses. On a thread that may block: it looks at
     * files, and reads those that changed, if the options say so; and the first time it reads the system's authorities.
     *
     * @throws TlsException if the peer has no name that could be checked, or the JVM can't read its own authorities
     */
    public EngineMaker prepare(Peer peer) throws TlsException {
        return new EngineMaker(keyring(peer), offer, peer);
    }

    private EngineMaker.Keyring keyring(Peer peer) throws TlsException {
        lock.lock();
        try {
            Credentials latest = reloading ? credentials.refreshed(complaints) : credentials;
            EngineMaker.Keyring made = keyring;
            if (made == null || !latest.equals(credentials)) {
                made = make(latest);
                keyring = made;
                credentials = latest;
            }
            return made;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new TlsException(
                    Problem.OTHER, "TLS with " + peer + " can't begin: " + Printable.message(unusable), unusable);
        } finally {
            lock.unlock();
        }
    }

    private static EngineMaker.Keyring make(Credentials of) throws GeneralSecurityException, IOException {
        ClientKeyManager keys = new ClientKeyManager(
                of.identity() == null ? null : of.identity().value());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {keys},
                new TrustManager[] {WitnessingTrustManager.over(of.trust().manager())},
                null);
        return new EngineMaker.Keyring(context, of.trust(), keys);
    }
}
