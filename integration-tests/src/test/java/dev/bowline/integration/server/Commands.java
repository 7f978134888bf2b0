package dev.bowline.integration.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands of the operating system. */
final class Commands {
    private static final int SECONDS = 20;

    /** A command was not there, did not end, or failed; the message has its output. */
    static final class FailedException extends RuntimeException {
        FailedException(String message, Exception cause) {
            super(message, cause);
        }

        FailedException(String message) {
            super(message);
        }
    }

    private Commands() {}

    static void run(String... command) {
        String line = String.join(" ", command);
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new FailedException("'" + line + "' did not end");
            }
            if (process.exitValue() != 0) {
                throw new FailedException("'" + line + "' failed: " + output);
            }
        } catch (IOException e) {
            throw new FailedException("'" + line + "' failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted in '" + line + "'", e);
        }
    }
}
