package dev.bowline.integration.server;

import org.jspecify.annotations.Nullable;

/** A form of the reference server cannot be had on this machine; the message is a sentence that says why. */
public final class UnavailableException extends Exception {
    UnavailableException(String why) {
        this(why, null);
    }

    UnavailableException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
