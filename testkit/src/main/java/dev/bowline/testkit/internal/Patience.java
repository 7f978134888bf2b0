package dev.bowline.testkit.internal;

import java.time.Duration;

/** How long whatever waits in a test does so before it gives up: for a machine under load, in real time. */
public final class Patience {
    /** Seconds, as a system property; 30 where it is not set. */
    public static final String PROPERTY = "bowline.testkit.patience";

    private static final int DEFAULT_SECONDS = 30;

    private Patience() {}

    /** Asked anew for each wait. */
    public static Duration get() {
        return Duration.ofSeconds(Long.getLong(PROPERTY, DEFAULT_SECONDS));
    }
}
