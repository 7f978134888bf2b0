package dev.bowline.spi;

/**
 * What an engine is told about one link, before it connects.
 *
 * @param name the endpoint as the user wrote it, for the names of threads that serve this link alone
 * @param tcpNoDelay TCP_NODELAY: small writes leave at once
 * @param keepAlive SO_KEEPALIVE: the operating system probes an idle peer
 */
public record LinkOptions(String name, boolean tcpNoDelay, boolean keepAlive) {}
