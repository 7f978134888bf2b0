package dev.bowline;

/** Something under way that can be given up. */
@FunctionalInterface
public interface Cancellable {
    /** Gives it up; does nothing if it is already over. From any thread, any number of times. */
    void cancel();
}
