package dev.bowline.internal.connect;

import com.google.common.collect.MapMaker;
import com.google.common.util.concurrent.MoreExecutors;
import dev.bowline.ClientFactory;
import dev.bowline.internal.CallbackThread;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Counts the connectors that use a factory, over all transports, so that {@code started} comes before the first attempt
 * and {@code stopped} after the last (rule A1). The two are called in turn, never at once, and without a lock: whoever
 * finds nobody at it runs the steps, others only add theirs.
 */
final class FactoryUse {
    private static final System.Logger LOG = System.getLogger("dev.bowline.connection");

    private static final ConcurrentMap<ClientFactory, FactoryUse> OF =
            new MapMaker().weakKeys().makeMap();

    private final Executor inTurn = MoreExecutors.newSequentialExecutor(MoreExecutors.directExecutor());

    /** Used inside inTurn only. */
    private int connectors;

    private FactoryUse() {}

    static FactoryUse of(ClientFactory factory) {
        return OF.computeIfAbsent(factory, key -> new FactoryUse());
    }

    /** One more connector uses the factory; {@code next} runs when it has started. */
    void begin(ClientFactory factory, Runnable next) {
        inTurn.execute(() -> {
            if (connectors++ == 0) {
                guarded(() -> name(factory), factory::started);
            }
            next.run();
        });
    }

    /** One connector is done with the factory; {@code next} runs when it has stopped, if it was the last. */
    void end(ClientFactory factory, Runnable next) {
        inTurn.execute(() -> {
            if (--connectors == 0) {
                guarded(() -> name(factory), factory::stopped);
            }
            next.run();
        });
    }

    /**
     * Runs user code that has no way to fail anything: what it throws is logged.
     *
     * @param whose says whose code it is, and where: asked if it throws
     */
    static void guarded(Supplier<String> whose, Runnable callback) {
        CallbackThread.run(() -> {
            try {
                callback.run();
            } catch (Throwable thrown) {
                LOG.log(Level.ERROR, whose.get() + " failed", thrown);
            }
        });
    }

    /** Its callbacks, in the words of a log. */
    static String name(ClientFactory factory) {
        return "a callback of " + factory.getClass().getName();
    }
}
