package dev.bowline.examples.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What the bytes of one connection go through, in the clear or under TLS. No method waits. */
interface Wire {
    /** Reads what is there; with room for 64 KiB nothing of it stays behind. */
    void read(ByteBuffer into) throws IOException;

    /** Whether the client's end was read, after all that came before it. */
    boolean isInputEnded();

    /** Takes what can be sent just now; returns how many bytes that was. */
    int write(ByteBuffer from) throws IOException;

    /** Whether all that was taken has gone to the operating system. */
    boolean flush() throws IOException;

    /** Says that nothing more follows, where there is a word for it; returns whether that has gone, as {@link #flush} does. */
    boolean announceEnd() throws IOException;

    /** What to wait for when these operations are wanted, both sets as a {@link java.nio.channels.SelectionKey} has them. */
    int interest(int wanted);

    /** Whether nobody but the client can read what is sent. */
    boolean isProtected();
}
