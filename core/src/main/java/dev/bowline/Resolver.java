package dev.bowline;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a host name into addresses, anew for every attempt (rule A7). It may block: it runs on a thread of its own,
 * never on one that serves callbacks.
 */
@FunctionalInterface
public interface Resolver {
    /** What the JVM and the operating system do. */
    Resolver SYSTEM = host -> Arrays.asList(InetAddress.getAllByName(host));

    /**
     * All addresses of a host, in the order in which they are to be tried.
     *
     * @param host a name or an IP literal, without brackets
     * @throws UnknownHostException if there is none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
