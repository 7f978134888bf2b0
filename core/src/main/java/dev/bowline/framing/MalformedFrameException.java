package dev.bowline.framing;

/**
 * The peer sent what is no frame (rule D7): a length that is no number, or another byte where a frame must end. Where the
 * next frame begins can't be known then, so this ends the connection as a protocol failure (rule A5). The message says
 * what was wrong where.
 */
public class MalformedFrameException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The message says which byte was wrong, where it was, and what was due there. */
    public MalformedFrameException(String message) {
        super(message);
    }
}
