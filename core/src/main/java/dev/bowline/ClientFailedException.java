package dev.bowline;

import org.jspecify.annotations.Nullable;

/** A client ended without having done what it was asked to; the message says where, why, and what was left. */
public class ClientFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClientFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
