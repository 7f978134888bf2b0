package dev.bowline.framing;

/**
 * A message can't be sent as it is: it contains the delimiter, say, or is too long (rule D4). Nothing of it was sent.
 * The message of this exception says what was wrong where.
 *
 * <pre>{@code
 * String subject = "hello\r\nBcc: everybody@example.com";
 * try {
 *     client.send("Subject: " + subject);
 * } catch (MessageRefusedException refused) {
 *     System.err.println(refused.getMessage());    // what it contains, and where
 * }
 * }</pre>
 */
public class MessageRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * With a sentence that says what was wrong where.
     *
     * @param message such a sentence
     */
    public MessageRefusedException(String message) {
        super(message);
    }
}
