package dev.bowline.framing;

/**
 * A message can't be sent as it is: it contains the delimiter, say, or is too long (rule D4). Nothing of it was sent.
 * The message of this exception says what was wrong where.
 */
public class MessageRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public MessageRefusedException(String message) {
        super(message);
    }
}
