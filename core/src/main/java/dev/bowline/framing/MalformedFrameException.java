package dev.bowline.framing;

/**
 * The peer sent what is no frame (rule D7): a length that is no number, or another byte where a frame must end. Where the
 * next frame begins can't be known then, so this ends the connection as a protocol failure (rule A5). The message says
 * what was wrong where.
 *
 * <pre>{@code
 * void connectionLost(LossReason reason) {
 *     if (reason instanceof LossReason.ProtocolFailure failure && failure.cause() instanceof MalformedFrameException) {
 *         System.err.println("the peer does not speak netstrings: " + failure.cause().getMessage());
 *     }
 * }
 * }</pre>
 */
public class MalformedFrameException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * With a sentence that says which byte was wrong, where it was, and what was due there.
     *
     * @param message such a sentence
     */
    public MalformedFrameException(String message) {
        super(message);
    }
}
