package dev.bowline.internal;

import dev.bowline.internal.tls.Printable;
import java.net.ProtocolException;

/** The peer sent a line that nobody awaits. The message quotes it, for the program; a log gets the words without it. */
public final class UnsolicitedLineException extends ProtocolException {
    private static final long serialVersionUID = 1;

    public UnsolicitedLineException(String line) {
        super("the server said '" + Printable.text(line) + "', which is the reply to no request");
    }

    /** What happened, without a word of the peer's. */
    public String unquoted() {
        return "the server sent a line that is the reply to no request";
    }
}
