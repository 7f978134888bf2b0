package dev.bowline.testkit.contract.subject;

/**
 * What one platform offers and another does not. A capability adds tests to a rule and is never all that a rule has: a
 * transport without any is still held against every rule.
 *
 * <pre>{@code
 * class Mine implements TransportUnderTest {
 *     @Override public String name() { return "mine"; }
 *
 *     @Override public Set<Capability> capabilities() {
 *         return EnumSet.of(Capability.INSTALLED, Capability.HALF_CLOSE, Capability.UNIX_SOCKETS);
 *     }
 * }
 * }</pre>
 */
public enum Capability {
    /** It is found by its name among the installed transports. */
    INSTALLED,
    /** Its links are sockets of this machine: the system can be asked for their options and their state. */
    SOCKETS,
    /** The local system refuses an address, 224.0.0.1, as one that can't be reached. */
    UNREACHABLE_ADDRESS,
    /** It connects to Unix domain sockets. */
    UNIX_SOCKETS,
    /**
     * One direction of a connection can end, and the other go on. So it is with sockets, and with TLS 1.3; before that the end
     * of one was the end of both.
     */
    HALF_CLOSE,
    /** A Unix domain socket can still be written to after the peer's end, as a TCP socket can. */
    UNIX_HALF_CLOSE
}
