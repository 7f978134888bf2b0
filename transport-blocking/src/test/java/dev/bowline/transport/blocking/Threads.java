package dev.bowline.transport.blocking;

import java.time.Duration;

/** The kinds of threads that every test here runs on. */
enum Threads {
    /** Virtual, if the JVM that runs the test has them. */
    OF_THIS_JVM,
    PLATFORM,
    /** Workers that go almost at once, so that they go while there is something to do. */
    IMPATIENT_PLATFORM;

    BlockingEngine engine() {
        return new BlockingEngine(workers());
    }

    private Workers workers() {
        return switch (this) {
            case OF_THIS_JVM -> Workers.ofThisJvm();
            case PLATFORM -> Workers.platform(Workers.PLATFORM_REST);
            case IMPATIENT_PLATFORM -> Workers.platform(Duration.ofNanos(50_000));
        };
    }
}
