package dev.bowline;

/** A message that a flush covers left the client undelivered (rule F4): it was dropped, or is uncertain. */
public class NotDeliveredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotDeliveredException(String message) {
        super(message);
    }
}
