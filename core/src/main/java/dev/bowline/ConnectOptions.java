package dev.bowline;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is made, and what may end it while it is silent. {@link #DEFAULT} is right for most; the {@code with}
 * methods make others of it:
 *
 * <pre>{@code
 * ConnectOptions.DEFAULT.withConnectTimeout(Duration.ofSeconds(3)).withIdleTimeout(Duration.ofMinutes(2))
 * }</pre>
 *
 * @param connectTimeout how long an attempt may take, name resolution and all addresses included; 30 s by default, zero
 *     for no limit (rule A7)
 * @param idleTimeout a connection on which nothing is received for so long is aborted ({@link LossReason.TimedOut}); time
 *     during which reading is paused does not count. Zero, the default, for no limit (rule C4)
 * @param writeStall a connection whose output waits while the operating system takes no byte of it for so long is aborted
 *     ({@link LossReason.TimedOut}): its peer reads nothing, or is gone. 60 s by default, zero for no limit (rule B7)
 * @param tcpNoDelay TCP_NODELAY, on by default: Bowline batches by itself (rule B8)
 * @param keepAlive SO_KEEPALIVE, on by default; when the operating system probes is its own setting, two hours as a rule
 * @param sendBuffer SO_SNDBUF in bytes; zero, the default, leaves it to the operating system, which adapts it. Linux
 *     doubles what is asked for, and has a maximum
 * @param receiveBuffer SO_RCVBUF in bytes, as {@code sendBuffer}
 * @param localAddress the address to connect from, port 0 for any; null, the default, lets the operating system choose
 * @param tls how {@code tls://} endpoints are protected; {@link TlsOptions#DEFAULT} by default
 */
public record ConnectOptions(
        Duration connectTimeout,
        Duration idleTimeout,
        Duration writeStall,
        boolean tcpNoDelay,
        boolean keepAlive,
        int sendBuffer,
        int receiveBuffer,
        @Nullable InetSocketAddress localAddress,
        TlsOptions tls) {
    /** 30 s to connect, 60 s of write stall, no idle timeout; TCP_NODELAY and SO_KEEPALIVE on, all else the system's. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(
            Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(60), true, true, 0, 0, null, TlsOptions.DEFAULT);

    /**
     * With every option; {@link #DEFAULT} and the {@code with} methods are shorter.
     *
     * @param connectTimeout {@link #connectTimeout()}
     * @param idleTimeout {@link #idleTimeout()}
     * @param writeStall {@link #writeStall()}
     * @param tcpNoDelay {@link #tcpNoDelay()}
     * @param keepAlive {@link #keepAlive()}
     * @param sendBuffer {@link #sendBuffer()}
     * @param receiveBuffer {@link #receiveBuffer()}
     * @param localAddress {@link #localAddress()}
     * @param tls {@link #tls()}
     * @throws IllegalArgumentException if a time or a size is negative, or the local address is a name
     */
    public ConnectOptions {
        notNegative("a connect timeout", connectTimeout);
        notNegative("an idle timeout", idleTimeout);
        notNegative("a write stall", writeStall);
        notNegative("a send buffer", sendBuffer);
        notNegative("a receive buffer", receiveBuffer);
        if (localAddress != null && localAddress.isUnresolved()) {
            throw new IllegalArgumentException("a local address is numeric; '" + localAddress + "' is not");
        }
    }

    private static void notNegative(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " is not negative: " + duration);
        }
    }

    private static void notNegative(String what, int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(what + " is not negative: " + bytes);
        }
    }

    /**
     * {@return the same with another connect timeout}
     *
     * @param timeout zero for no limit
     */
    public ConnectOptions withConnectTimeout(Duration timeout) {
        return new ConnectOptions(
                timeout, idleTimeout, writeStall, tcpNoDelay, keepAlive, sendBuffer, receiveBuffer, localAddress, tls);
    }

    /**
     * {@return the same with an idle timeout}
     *
     * @param timeout zero for none
     */
    public ConnectOptions withIdleTimeout(Duration timeout) {
        return new ConnectOptions(
                connectTimeout,
                timeout,
                writeStall,
                tcpNoDelay,
                keepAlive,
                sendBuffer,
                receiveBuffer,
                localAddress,
                tls);
    }

    /**
     * {@return the same with another limit for output that stands still}
     *
     * @param limit zero for none
     */
    public ConnectOptions withWriteStall(Duration limit) {
        return new ConnectOptions(
                connectTimeout,
                idleTimeout,
                limit,
                tcpNoDelay,
                keepAlive,
                sendBuffer,
                receiveBuffer,
                localAddress,
                tls);
    }

    /**
     * {@return the same with TCP_NODELAY on or off}
     *
     * @param on off leaves small writes to Nagle's algorithm
     */
    public ConnectOptions withTcpNoDelay(boolean on) {
        return new ConnectOptions(
                connectTimeout, idleTimeout, writeStall, on, keepAlive, sendBuffer, receiveBuffer, localAddress, tls);
    }

    /**
     * {@return the same with SO_KEEPALIVE on or off}
     *
     * @param on whether the operating system probes a silent peer
     */
    public ConnectOptions withKeepAlive(boolean on) {
        return new ConnectOptions(
                connectTimeout, idleTimeout, writeStall, tcpNoDelay, on, sendBuffer, receiveBuffer, localAddress, tls);
    }

    /**
     * {@return the same with a send buffer of so many bytes}
     *
     * @param bytes zero leaves it to the operating system
     */
    public ConnectOptions withSendBuffer(int bytes) {
        return new ConnectOptions(
                connectTimeout,
                idleTimeout,
                writeStall,
                tcpNoDelay,
                keepAlive,
                bytes,
                receiveBuffer,
                localAddress,
                tls);
    }

    /**
     * {@return the same with a receive buffer of so many bytes}
     *
     * @param bytes zero leaves it to the operating system
     */
    public ConnectOptions withReceiveBuffer(int bytes) {
        return new ConnectOptions(
                connectTimeout, idleTimeout, writeStall, tcpNoDelay, keepAlive, sendBuffer, bytes, localAddress, tls);
    }

    /**
     * {@return the same from another local address}
     *
     * @param address numeric, port 0 for any; null for whatever the operating system chooses
     */
    public ConnectOptions withLocalAddress(@Nullable InetSocketAddress address) {
        return new ConnectOptions(
                connectTimeout,
                idleTimeout,
                writeStall,
                tcpNoDelay,
                keepAlive,
                sendBuffer,
                receiveBuffer,
                address,
                tls);
    }

    /**
     * {@return the same with other TLS options for {@code tls://} endpoints}
     *
     * @param options they say what is trusted, among other things
     */
    public ConnectOptions withTls(TlsOptions options) {
        return new ConnectOptions(
                connectTimeout,
                idleTimeout,
                writeStall,
                tcpNoDelay,
                keepAlive,
                sendBuffer,
                receiveBuffer,
                localAddress,
                options);
    }
}
