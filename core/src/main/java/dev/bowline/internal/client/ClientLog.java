package dev.bowline.internal.client;

import dev.bowline.ClientEvent;
import dev.bowline.ClientFailedException;
import dev.bowline.ConnectFailure;
import dev.bowline.Connection;
import dev.bowline.DrainResult;
import dev.bowline.Endpoint;
import dev.bowline.LossReason;
import dev.bowline.internal.Addresses;
import dev.bowline.internal.UnsolicitedLineException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a client says in the log. Nothing above DEBUG while all is well. Each loss is one line. Of attempts that fail in a row
 * the first is told, the first that fails for another kind of reason, and the tenth, the hundredth and so on: neither a long
 * outage nor a short delay floods a log. What was thrown here is told with its stack where it was caught, and not again.
 *
 * <p>In the connector's callbacks and on the event side of its connection, one after the other, but for what says otherwise.
 */
final class ClientLog {
    private static final System.Logger LOG = System.getLogger("dev.bowline.client");

    private final Endpoint endpoint;
    private final System.Logger log;

    /** Attempts that failed since the last connection, and how they did. */
    private int failures;

    private final Set<Class<?>> kinds = new HashSet<>();

    /** There was a connection before. */
    private boolean wasConnected;

    /** It was told, above DEBUG, that there is no connection. */
    private boolean saidDown;

    /** Messages that the loss under way leaves uncertain for good. */
    private long uncertain;

    /** Nobody looks at the result. */
    private volatile boolean unattended;

    private final AtomicBoolean toldLeftOvers = new AtomicBoolean();

    ClientLog(Endpoint endpoint) {
        this(endpoint, LOG);
    }

    ClientLog(Endpoint endpoint, System.Logger log) {
        this.endpoint = endpoint;
        this.log = log;
    }

    void connecting(int attempt) {
        say(Level.DEBUG, "attempt " + attempt);
    }

    void connected(Connection connection) {
        String times = failures == 0 ? "" : " after " + count(failures, "failed attempt");
        String again = wasConnected ? " again" : "";
        say(saidDown ? Level.INFO : Level.DEBUG, "connected" + again + times + Addresses.ends(connection));
        failures = 0;
        kinds.clear();
        wasConnected = true;
        saidDown = false;
    }

    void ready() {
        say(Level.DEBUG, "ready");
    }

    /** Another attempt follows. */
    void waiting(ClientEvent.Waiting next, @Nullable LossReason reason) {
        ConnectFailure failure = next.failure();
        String then = "; attempt " + next.attempt() + " in " + next.delay().toMillis() + " ms";
        if (failure != null) {
            failed(failure, then);
        } else if (reason != null) {
            lost(reason, then);
        }
    }

    private void lost(LossReason reason, String then) {
        boolean orderly = reason instanceof LossReason.ClosedHere
                || reason instanceof LossReason.ClosedByPeer
                || reason instanceof LossReason.AbortedHere;
        boolean thrown = reason instanceof LossReason.ProtocolFailure;
        String left = uncertain == 0 ? "" : "; " + count(uncertain, "message") + " uncertain, and not sent again";
        Level level = uncertain == 0 && (orderly || thrown) ? Level.INFO : Level.WARNING;
        say(level, "lost: " + (thrown ? "the protocol failed" : reason.describe()) + left + then);
        uncertain = 0;
        saidDown = true;
    }

    private void failed(ConnectFailure failure, String then) {
        failures++;
        boolean thrown = failure instanceof ConnectFailure.FactoryFailed factory && factory.cause() != null;
        boolean heard = kinds.add(failure.getClass()) || isPowerOfTen(failures);
        String times = failures == 1 ? "no connection" : "no connection after " + failures + " attempts";
        String why = thrown ? "the factory failed" : failure.describe();
        Level loud = thrown ? Level.INFO : Level.WARNING;
        say(heard ? loud : Level.DEBUG, times + ": " + why + then);
        saidDown |= heard;
    }

    /** Messages leave the client that may have arrived, and are not sent again: the loss tells of them. */
    void uncertain(int messages) {
        uncertain += messages;
    }

    /** The queue has dropped so many messages by now; the first, the tenth and so on are told. From any thread. */
    void dropped(long total) {
        if (isPowerOfTen(total)) {
            say(Level.WARNING, "the queue is full, and has dropped " + count(total, "message"));
        }
    }

    /** Whoever ends the client does not ask what became of its messages. From any thread, before the end. */
    void nobodyLooksAtTheResult() {
        unattended = true;
    }

    /**
     * The client has ended: one line, and what is left has been told then.
     *
     * @param failed why it did not do what it was asked to; null if it did
     * @param gaveUp whether its policy, its protocol or its queue ended it
     * @param reached how far its drain had come
     */
    void end(DrainResult result, @Nullable ClientFailedException failed, boolean gaveUp, Drain.Phase reached) {
        if (failed != null && (gaveUp || reached.compareTo(Drain.Phase.LEAVING) < 0)) {
            toldLeftOvers.set(true);
            say(gaveUp ? Level.ERROR : Level.WARNING, "failed: " + sentence(failed));
        } else if (unattended && !result.isComplete()) {
            leftOver(result);
        } else {
            say(Level.DEBUG, "ended; " + count(result.delivered(), "message") + " delivered");
        }
    }

    /** Tells what is left, if something is; once. From any thread, before a close returns: a program that ends then has said it. */
    void leftOver(DrainResult result) {
        if (!result.isComplete() && toldLeftOvers.compareAndSet(false, true)) {
            say(
                    Level.WARNING,
                    "ended with " + count(result.undelivered().count(), "message") + " undelivered, "
                            + result.dropped() + " dropped, "
                            + result.uncertain().count() + " uncertain");
        }
    }

    private String sentence(ClientFailedException failure) {
        String prefix = endpoint + ": ";
        String sentence = String.valueOf(failure.getMessage());
        String told = sentence.startsWith(prefix) ? sentence.substring(prefix.length()) : sentence;
        if (failure.getCause() instanceof UnsolicitedLineException line) {
            told = told.replace(String.valueOf(line.getMessage()), line.unquoted());
        }
        return told;
    }

    /** The queue threw; what follows is told apart. From any thread. */
    void queueFailed(Throwable thrown) {
        log.log(Level.ERROR, endpoint + ": the queue failed", thrown);
    }

    /** The policy threw where it had to give a delay. */
    void policyFailed(RuntimeException thrown) {
        log.log(Level.ERROR, endpoint + ": the reconnect policy failed", thrown);
    }

    private void say(Level level, String what) {
        log.log(level, endpoint + ": " + what);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static boolean isPowerOfTen(long number) {
        long power = 1;
        while (power < number) {
            power *= 10;
        }
        return power == number;
    }
}
