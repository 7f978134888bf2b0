package dev.bowline;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a host name into addresses, anew for every attempt (rule A7). It may block: it runs on a thread of its own,
 * never on one that serves callbacks.
 *
 * <pre>{@code
 * Resolver pinned = host -> host.equals("log.example")
 *         ? List.of(InetAddress.getByName("10.0.0.7"))
 *         : Resolver.SYSTEM.resolve(host);
 * Transport transport = Transport.builder().resolver(pinned).open();
 * }</pre>
 */
@FunctionalInterface
public interface Resolver {
    /** What the JVM and the operating system do. */
    Resolver SYSTEM = host -> Arrays.asList(InetAddress.getAllByName(host));

    /**
     * All addresses of a host, in the order in which they are to be tried.
     *
     * @param host a name or an IP literal, without brackets
     * @return one or more
     * @throws UnknownHostException if there is none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
