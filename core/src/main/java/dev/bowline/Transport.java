package dev.bowline;

import dev.bowline.internal.connect.DaemonScheduler;
import dev.bowline.internal.connect.EngineRoom;
import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A running IO engine with its threads, shared by any number of connectors; what Twisted calls a reactor. Which engines
 * there are is a matter of which artifacts are present: {@code bowline-transport-netty}, {@code bowline-transport-nio},
 * {@code bowline-transport-blocking}.
 *
 * <pre>{@code
 * try (Transport transport = Transport.open()) {
 *     Connector connector = transport.connect(Endpoint.parse("127.0.0.1:8001"), factory, ConnectOptions.DEFAULT);
 *     Thread.sleep(60_000);                        // the program does something else
 *     connector.disconnect();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread. All threads of a transport are daemons, named {@code bowline-…}.
 */
public final class Transport implements AutoCloseable {
    private final String name;
    private final EngineRoom room;

    private Transport(String name, EngineRoom room) {
        this.name = name;
        this.room = room;
    }

    /**
     * Opens the transport that is present: netty before nio before blocking, unless the system property {@code
     * bowline.transport} names one.
     *
     * @return with its threads, to be closed
     * @throws IllegalStateException if none is present; the message names the artifacts to add
     * @throws IllegalArgumentException if the system property names one that is not present
     */
    public static Transport open() {
        return builder().open();
    }

    /**
     * Opens a transport by name.
     *
     * @param name {@code netty}, {@code nio}, {@code blocking}, or that of somebody else's
     * @return with its threads, to be closed
     * @throws IllegalArgumentException if it is not present; the message lists those that are
     */
    public static Transport open(String name) {
        return builder().name(name).open();
    }

    /**
     * For what {@link #open()} leaves at its default.
     *
     * @return where nothing is chosen yet
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the transports that are present, the one that {@link #open()} takes first, unusable ones last} */
    public static List<InstalledTransport> installed() {
        return Providers.find().installed();
    }

    /** {@return what it was opened as: {@code netty}, {@code nio}, {@code blocking}} */
    public String name() {
        return name;
    }

    /**
     * Connects to an endpoint, and keeps at it for as long as the factory asks to. Returns at once.
     *
     * @param endpoint resolved anew at every attempt
     * @param factory makes a protocol for each connection, and hears of all that fails
     * @param options for each attempt
     * @return what ends it
     * @throws IllegalStateException if the transport is closed
     */
    public Connector connect(Endpoint endpoint, ClientFactory factory, ConnectOptions options) {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(factory, "factory");
        Objects.requireNonNull(options, "options");
        return room.connect(endpoint, factory, options);
    }

    /**
     * Runs a task once after a delay, on the transport's timer thread, as a callback: it must not block. A task about
     * one connection is better scheduled there ({@link Connection#schedule}). On a closed transport it never runs.
     *
     * @param delay zero or less means as soon as possible
     * @param task what it throws is logged
     * @return takes it back, if it has not begun
     */
    public Cancellable schedule(Duration delay, Runnable task) {
        return room.schedule(delay, task);
    }

    /**
     * Aborts all connections, cancels all attempts, and ends the threads. Each protocol and factory is told first. Inside
     * a callback it only begins; elsewhere it returns when all is over, or gives up after ten seconds for what does not
     * end. Called again, it only waits.
     */
    @Override
    public void close() {
        room.close();
    }

    @Override
    public String toString() {
        return "transport " + name;
    }

    /** Opens a transport that differs from the default. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable Engine engine;
        private @Nullable Scheduler scheduler;
        private Resolver resolver = Resolver.SYSTEM;
        private EngineOptions options = EngineOptions.DEFAULT;
        private @Nullable Executor executor;

        private Builder() {}

        /**
         * Which one; by default the one that {@link Transport#open()} picks.
         *
         * @param name as {@link Transport#open(String)} takes it
         * @return this builder
         */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /**
         * An engine that no provider made, for a test say; it is closed with the transport.
         *
         * @param engine used by this transport alone
         * @return this builder
         */
        public Builder engine(Engine engine) {
            this.engine = engine;
            return this;
        }

        /**
         * How many event threads the engine runs, if their number is fixed; 1 by default.
         *
         * @param threads 1 or more
         * @return this builder
         */
        public Builder threads(int threads) {
            this.options = new EngineOptions(threads);
            return this;
        }

        /**
         * The clock of all timeouts; closed with the transport. By default the system's, and a thread for it.
         *
         * @param scheduler used by this transport alone
         * @return this builder
         */
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        /**
         * How names become addresses; {@link Resolver#SYSTEM} by default.
         *
         * @param resolver for names; literal addresses pass through it, too
         * @return this builder
         */
        public Builder resolver(Resolver resolver) {
            this.resolver = resolver;
            return this;
        }

        /**
         * What resolves names and runs a factory's callbacks about attempts that have no connection; it may be asked to
         * block. It is not closed with the transport. By default threads of the transport's own, which come and go.
         *
         * @param executor may run several tasks at once
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * Opens it.
         *
         * @return with its threads, to be closed
         * @throws IllegalStateException if no transport is present
         * @throws IllegalArgumentException if the named one, here or in the system property, is not present
         */
        public Transport open() {
            String opened = name;
            Engine running = engine;
            if (running == null) {
                Providers.Found found = Providers.find().choose(name);
                opened = found.name();
                running = found.provider().create(options);
            }
            String label = Objects.requireNonNullElse(opened, "custom");
            Scheduler clock = scheduler != null ? scheduler : new DaemonScheduler(label);
            return new Transport(label, new EngineRoom(label, running, clock, resolver, executor));
        }
    }
}
