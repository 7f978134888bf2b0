package dev.bowline.examples.cli;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ExitCode;

/**
 * Lets a command come to an orderly end when the JVM is told to stop, by SIGTERM or Ctrl-C say: the JVM waits until the
 * command has said how it ended. Its exit code is then the one of the signal, 143 or 130, unless the command failed.
 */
final class Interruption implements AutoCloseable {
    private final Runnable end;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "bowline-interruption");
    private volatile boolean interrupted;
    private volatile boolean failed;

    /** @param end makes the command end soon, and may wait a little */
    Interruption(Runnable end) {
        this.end = end;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // It comes too late to be orderly.
        }
    }

    private void stop() {
        interrupted = true;
        end.run();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failed) {
            Runtime.getRuntime().halt(ExitCode.SOFTWARE); // exit would wait for this very hook
        }
    }

    /** Whether the JVM was told to stop. */
    boolean hasHappened() {
        return interrupted;
    }

    /** The command has failed: so its exit code is 1, even if it was interrupted. */
    void fail() {
        failed = true;
    }

    /** The command has ended, and has said all that it had to say. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // It is at work, and ends now.
        }
    }
}
