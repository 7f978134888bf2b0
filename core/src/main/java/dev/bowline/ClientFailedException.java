package dev.bowline;

import org.jspecify.annotations.Nullable;

/**
 * A client ended without having done what it was asked to; the message says where, why, and what was left.
 *
 * <pre>{@code
 * try {
 *     client.await(Duration.ofMinutes(1));
 * } catch (ClientFailedException failed) {
 *     System.err.println(failed.getMessage());     // 127.0.0.1:8001: gave up after 3 attempts: …; 2 messages undelivered
 * }
 * }</pre>
 */
public class ClientFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Made by the client that it is about, and in tests.
     *
     * @param message says where, why, and what was left
     * @param cause what was thrown, where something was; else null
     */
    public ClientFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
