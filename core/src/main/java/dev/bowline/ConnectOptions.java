package dev.bowline;

import java.time.Duration;

/**
 * How a connector connects.
 *
 * @param connectTimeout how long an attempt may take, name resolution and all addresses included; 30 s by default, zero
 *     for no limit (rule A7)
 * @param tcpNoDelay TCP_NODELAY, on by default: Bowline batches by itself (rule B8)
 * @param keepAlive SO_KEEPALIVE, on by default; when the operating system probes is its own setting, two hours as a rule
 */
public record ConnectOptions(Duration connectTimeout, boolean tcpNoDelay, boolean keepAlive) {
    /** 30 s, TCP_NODELAY on, SO_KEEPALIVE on. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(Duration.ofSeconds(30), true, true);

    public ConnectOptions {
        if (connectTimeout.isNegative()) {
            throw new IllegalArgumentException("a connect timeout is not negative: " + connectTimeout);
        }
    }

    /** The same with another connect timeout. */
    public ConnectOptions withConnectTimeout(Duration timeout) {
        return new ConnectOptions(timeout, tcpNoDelay, keepAlive);
    }

    /** The same with TCP_NODELAY on or off. */
    public ConnectOptions withTcpNoDelay(boolean on) {
        return new ConnectOptions(connectTimeout, on, keepAlive);
    }

    /** The same with SO_KEEPALIVE on or off. */
    public ConnectOptions withKeepAlive(boolean on) {
        return new ConnectOptions(connectTimeout, tcpNoDelay, on);
    }
}
