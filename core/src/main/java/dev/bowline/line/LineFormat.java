package dev.bowline.line;

import dev.bowline.framing.DelimiterFraming;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a line is on the wire: what ends it, how its text is encoded, how long it may be. A line ends in CRLF, is UTF-8
 * and has at most 16384 bytes each way unless told otherwise (rules D1 and D5).
 *
 * <pre>{@code
 * LineFormat format = LineFormat.lf().withCharset(ISO_8859_1).withMaxLength(1024);
 * }</pre>
 *
 * <p>Immutable; the methods that begin with {@code with} and {@code refuse} return another format. For any number of
 * clients, connections and threads.
 */
public final class LineFormat {
    /** The longest line unless told otherwise, in bytes without its end: Twisted's. */
    private static final int DEFAULT_MAX_LENGTH = 16384;

    /** What nearly all speak: one for all, for a protocol has one before its client gives it another. */
    private static final LineFormat CRLF = delimitedBy((byte) '\r', (byte) '\n');

    private final DelimiterFraming framing;
    private final Charset charset;
    private final boolean refusesMalformed;
    /** What a decoder of this charset puts in place of what it can't read, nearly always U+FFFD. */
    private final String replacement;

    private final byte[] delimiter;
    private final LineEncoder.Pool encoders = new LineEncoder.Pool(this);

    private LineFormat(DelimiterFraming framing, Charset charset, boolean refusesMalformed) {
        this.framing = framing;
        this.charset = charset;
        this.refusesMalformed = refusesMalformed;
        this.replacement = charset.newDecoder().replacement();
        this.delimiter = framing.delimiter();
    }

    /**
     * Lines that end in CRLF, as most protocols of the internet want it. A lone CR or LF belongs to the line received.
     *
     * @return the default
     */
    public static LineFormat crlf() {
        return CRLF;
    }

    /**
     * Lines that end in LF. A CR before it belongs to the line received.
     *
     * @return the format of most files and pipes
     */
    public static LineFormat lf() {
        return delimitedBy((byte) '\n');
    }

    /**
     * Lines that end in a zero byte.
     *
     * @return a format for text that may contain line ends
     */
    public static LineFormat nul() {
        return delimitedBy((byte) 0);
    }

    /**
     * Lines that end in CRLF or LF as they come, and in CRLF as they are sent.
     *
     * @return a format for whatever people and servers send
     */
    public static LineFormat lenient() {
        return of(DelimiterFraming.lenient(DEFAULT_MAX_LENGTH));
    }

    /**
     * Lines that end in these bytes, whatever the charset; at least one.
     *
     * @param delimiter such as {@code (byte) ';'}
     * @return a format of UTF-8
     */
    public static LineFormat delimitedBy(byte... delimiter) {
        return of(new DelimiterFraming(delimiter, DEFAULT_MAX_LENGTH));
    }

    private static LineFormat of(DelimiterFraming framing) {
        return new LineFormat(framing, StandardCharsets.UTF_8, false);
    }

    /**
     * Text in this charset instead of UTF-8.
     *
     * @param charset whatever it is, the delimiter's bytes stay as they are
     * @return another format
     * @throws IllegalArgumentException if the charset can only be read
     */
    public LineFormat withCharset(Charset charset) {
        if (!charset.canEncode()) {
            throw new IllegalArgumentException(
                    "Charset " + charset + " can only be read; lines need one that can be written too");
        }
        return new LineFormat(framing, charset, refusesMalformed);
    }

    /**
     * Refuses bytes that are no text in the charset, and text that the charset has no bytes for. Otherwise both are
     * replaced: by U+FFFD in what is received, and mostly by a question mark in what is sent.
     *
     * @return another format
     */
    public LineFormat refuseMalformed() {
        return new LineFormat(framing, charset, true);
    }

    /**
     * With another limit for what is received; a longer line ends the connection (rule D2).
     *
     * @param maxLength bytes without the line's end, 1 to 2³⁰; 16384 unless told otherwise
     * @return another format
     */
    public LineFormat withMaxLength(int maxLength) {
        return new LineFormat(framing.withMaxLength(maxLength), charset, refusesMalformed);
    }

    /**
     * With another limit for what is sent; a longer line is refused (rule D4).
     *
     * @param maxSendLength bytes without the line's end, 1 to 2³⁰; 16384 unless told otherwise
     * @return another format
     */
    public LineFormat withMaxSendLength(int maxSendLength) {
        return new LineFormat(framing.withMaxSendLength(maxSendLength), charset, refusesMalformed);
    }

    /** {@return how lines lie in the byte stream} */
    public DelimiterFraming framing() {
        return framing;
    }

    /** {@return how their text is encoded} */
    public Charset charset() {
        return charset;
    }

    /**
     * Refuses what can't be sent as one line, as everything that sends one does: for who wants to know before anything is
     * sent, or even connected.
     *
     * @param line without its end
     * @throws dev.bowline.framing.MessageRefusedException if the line contains the delimiter, for CRLF and LF any CR or LF, or
     *     is too long (rule D4), or if the charset has no bytes for it and malformed text is refused (rule D5)
     */
    public void check(String line) {
        encode(line, message -> true);
    }

    /**
     * The text of a line that was received.
     *
     * @param line from position to limit, without the line's end; the position does not move
     * @return decoded
     * @throws CharacterCodingException if malformed lines are refused and this is one
     */
    public String decode(ByteBuffer line) throws CharacterCodingException {
        String text = decodeReplacing(line);
        // Strict decoding is slow and needs a decoder of its own, so it is left for lines that seem to need it.
        if (refusesMalformed && text.contains(replacement)) {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(line.duplicate())
                    .toString();
        }
        return text;
    }

    /**
     * The text of a message that a client hands back: one delimiter is taken off its end, if there is one, and what is
     * malformed is always replaced.
     *
     * @param message of {@link dev.bowline.DrainResult}, say
     * @return decoded
     */
    public String decodeMessage(byte[] message) {
        int length = message.length - delimiter.length;
        boolean ended = length >= 0 && Arrays.equals(message, length, message.length, delimiter, 0, delimiter.length);
        return new String(message, 0, ended ? length : message.length, charset);
    }

    private String decodeReplacing(ByteBuffer line) {
        if (line.hasArray()) {
            return new String(line.array(), line.arrayOffset() + line.position(), line.remaining(), charset);
        }
        CharBuffer text = charset.decode(line.duplicate());
        return text.toString();
    }

    /**
     * Encodes a line, with its delimiter, into a buffer that is lent to the sink; nothing is allocated.
     *
     * @return what the sink returned
     * @throws dev.bowline.framing.MessageRefusedException if it can't be sent as one line (rule D4), or the charset has no
     *     bytes for it and malformed text is refused (rule D5); the sink is not called then
     */
    <E extends Exception> boolean encode(String line, Sink<E> sink) throws E {
        try (LineEncoder encoder = encoders.borrow()) {
            return sink.accept(encoder.encode(line));
        }
    }

    /** Where encoded lines go. */
    @FunctionalInterface
    interface Sink<E extends Exception> {
        /** Takes a message, from position to limit; it is valid during the call only. */
        boolean accept(ByteBuffer message) throws E;
    }

    boolean refusesMalformed() {
        return refusesMalformed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LineFormat that
                && framing.equals(that.framing)
                && charset.equals(that.charset)
                && refusesMalformed == that.refusesMalformed;
    }

    @Override
    public int hashCode() {
        return framing.hashCode() * 31 + charset.hashCode();
    }

    /** Such as {@code UTF-8, frames that end in 0x0D 0x0A, up to 16384 bytes received and 16384 sent}. */
    @Override
    public String toString() {
        return charset + (refusesMalformed ? ", malformed refused, " : ", ") + framing;
    }
}
