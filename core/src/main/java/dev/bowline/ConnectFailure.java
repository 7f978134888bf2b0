package dev.bowline;

import dev.bowline.internal.Addresses;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt did not become a connection (rule A2).
 *
 * <pre>{@code
 * class Starting implements ClientFactory {
 *     @Override public Protocol buildProtocol(Endpoint remote) { return new Hello(); }
 *
 *     @Override public void connectFailed(Connector connector, ConnectFailure failure) {
 *         if (failure instanceof ConnectFailure.Refused) {
 *             connector.reconnect(Duration.ofSeconds(1));      // the server is about to start
 *         } else {
 *             System.err.println(failure.describe());
 *         }
 *     }
 * }
 * }</pre>
 */
public sealed interface ConnectFailure {
    /**
     * {@return one clause for people that says what failed and where, such as {@code connection refused by
     * 127.0.0.1:8001}}
     */
    String describe();

    /** {@return what was thrown, where something was; else null} */
    default @Nullable Throwable cause() {
        return null;
    }

    /**
     * One address that was tried, and what came of it.
     *
     * @param address resolved
     * @param cause what the operating system said, or that there was no answer
     */
    record Tried(SocketAddress address, IOException cause) {}

    /**
     * Every address refused: nothing listens there.
     *
     * @param tried every address, one or more
     */
    record Refused(List<Tried> tried) implements ConnectFailure {
        /**
         * With a copy of the list.
         *
         * @param tried every address
         */
        public Refused {
            tried = List.copyOf(tried);
        }

        @Override
        public String describe() {
            return "connection refused by "
                    + tried.stream().map(t -> Addresses.text(t.address())).collect(Collectors.joining(", "));
        }

        @Override
        public IOException cause() {
            return tried.get(0).cause();
        }
    }

    /**
     * No address could be connected, each for its own cause.
     *
     * @param tried every address, one or more
     */
    record Unreachable(List<Tried> tried) implements ConnectFailure {
        /**
         * With a copy of the list.
         *
         * @param tried every address
         */
        public Unreachable {
            tried = List.copyOf(tried);
        }

        @Override
        public String describe() {
            return "cannot connect: " + Causes.each(tried);
        }

        @Override
        public IOException cause() {
            return tried.get(0).cause();
        }
    }

    /**
     * Nothing answered in time.
     *
     * @param endpoint where nobody answered
     * @param limit how long it was waited for
     * @param tried the addresses tried until then, each with what came of it; empty if the name was still being resolved
     */
    record TimedOut(Endpoint endpoint, Duration limit, List<Tried> tried) implements ConnectFailure {
        /**
         * With a copy of the list.
         *
         * @param endpoint where nobody answered
         * @param limit how long it was waited for
         * @param tried {@link #tried}
         */
        public TimedOut {
            tried = List.copyOf(tried);
        }

        @Override
        public String describe() {
            String sentence = endpoint + " did not answer within " + Causes.seconds(limit);
            return tried.isEmpty() ? sentence : sentence + " (" + Causes.each(tried) + ")";
        }
    }

    /**
     * The name has no address, or the resolver failed.
     *
     * @param host the name
     * @param cause what the resolver said
     */
    record NotResolved(String host, IOException cause) implements ConnectFailure {
        @Override
        public String describe() {
            String sentence = "the name '" + host + "' does not resolve";
            return cause instanceof UnknownHostException ? sentence : sentence + ": " + Causes.sentence(cause);
        }
    }

    /**
     * The connection was there, and TLS failed on it (rules G1 to G3).
     *
     * @param endpoint of the server
     * @param cause what failed
     */
    record TlsRefused(Endpoint endpoint, TlsException cause) implements ConnectFailure {
        @Override
        public String describe() {
            return Causes.sentence(cause);
        }
    }

    /**
     * {@link ClientFactory#buildProtocol} threw, or returned null (then there is no cause).
     *
     * @param cause what it threw; null if it returned null
     */
    record FactoryFailed(@Nullable Throwable cause) implements ConnectFailure {
        @Override
        public String describe() {
            return cause == null ? "the factory returned no protocol" : "the factory failed: " + Causes.sentence(cause);
        }
    }

    /** {@link Connector#disconnect} was called, the client ended, or the transport was closed. */
    record Cancelled() implements ConnectFailure {
        @Override
        public String describe() {
            return "the attempt was cancelled";
        }
    }
}
