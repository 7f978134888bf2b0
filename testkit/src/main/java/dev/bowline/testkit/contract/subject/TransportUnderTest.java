package dev.bowline.testkit.contract.subject;

import dev.bowline.spi.Engine;
import dev.bowline.spi.EngineOptions;
import dev.bowline.spi.EngineProvider;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * A transport that the contracts are held against. Its name is enough where its {@link EngineProvider} is installed and
 * its links are sockets; whatever differs is overridden here, in one place, so that differences show.
 *
 * <pre>{@code
 * class Mine implements TransportUnderTest {
 *     @Override public String name() { return "mine"; }
 *
 *     @Override public String label() { return "mine, three threads"; }
 *
 *     @Override public Engine start(EngineOptions options) { return new MyEngine(3); }
 * }
 * }</pre>
 */
public interface TransportUnderTest extends AutoCloseable {
    /**
     * Its short name in lower case, {@code nio} for one. The names of all its threads begin with {@code bowline-} and this
     * name.
     *
     * @return by which its provider is found
     */
    String name();

    /** {@return the column of the rule table: its name, and what else a variant has to say} */
    default String label() {
        return name();
    }

    /**
     * Starts an engine of its own for a test, which closes it. By default the provider of this name does it.
     *
     * @param options what the test asks for; a variant that always runs three threads says so here
     * @return running
     */
    default Engine start(EngineOptions options) {
        return provider().create(options);
    }

    /**
     * The installed provider of this name. Asked for by the default of {@link #start} and with {@link
     * Capability#INSTALLED} only.
     *
     * @return one of its own at each call
     * @throws IllegalStateException if none is installed
     */
    default EngineProvider provider() {
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider of a transport '" + name() + "'"));
    }

    /** {@return what lies beneath it; by default the loopback interface of this machine} */
    default Network network() {
        return Network.loopback();
    }

    /**
     * {@return what it can do beyond the rules; each adds tests} By default these are {@link Capability#INSTALLED}
     * and {@link Capability#HALF_CLOSE}.
     */
    default Set<Capability> capabilities() {
        return Set.of(Capability.INSTALLED, Capability.HALF_CLOSE);
    }

    /** Ends what the tests of one class needed beneath the engines, a thread that drives a network say. By default nothing. */
    @Override
    default void close() {}

    /**
     * Reads back a socket option of an open link. Asked with {@link Capability#SOCKETS} only.
     *
     * @param <T> the option's type
     * @param local the link's own address
     * @param remote the peer's address
     * @param option which one
     * @return its value, as the system has it now
     * @throws IOException if the link is closed
     */
    default <T> T socketOption(SocketAddress local, SocketAddress remote, SocketOption<T> option) throws IOException {
        throw new UnsupportedOperationException("without the capability SOCKETS nobody asks");
    }
}
