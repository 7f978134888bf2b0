package dev.bowline.testkit;

/** A client does something else than the script expects; the message says what, without the place. */
final class ScriptMismatch extends Exception {
    private static final long serialVersionUID = 1;

    ScriptMismatch(String message) {
        super(message);
    }
}
