package dev.bowline.examples.cli;

import org.jspecify.annotations.Nullable;

/** A command could not do what it was asked for. The message is the sentence that the user gets; exit code 1. */
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1;

    CommandFailedException(String sentence) {
        this(sentence, null);
    }

    CommandFailedException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
