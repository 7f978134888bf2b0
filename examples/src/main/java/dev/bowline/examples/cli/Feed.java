package dev.bowline.examples.cli;

import dev.bowline.framing.DelimiterFraming;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.line.LineClient;
import dev.bowline.queue.QueueClosedException;
import dev.bowline.queue.QueueFullException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a client from an input, on a thread of its own: reading may block for ever, on a terminal say, while the client
 * has long failed. Line by line it is settled what became of it, so that whenever it is stopped, the lines read are
 * those the client took, those refused, and at most one that the client took no more.
 */
final class Feed implements Runnable {
    /** So many refused lines get a sentence of their own. */
    private static final int TOLD = 3;

    private final InputLines lines;
    private final DelimiterFraming framing;
    private final LineClient client;
    private final OneWay protocol;
    private final PrintStream err;

    /** Of this thread alone. */
    private ByteBuffer message = ByteBuffer.allocate(512);

    /** Guarded by this, as are all below. Nothing waits under it but for room in the queue, which the client's end ends. */
    private boolean stopped;

    private boolean complete;
    private long refused;
    private long notTaken;
    private @Nullable Throwable failure;

    Feed(InputLines lines, DelimiterFraming framing, LineClient client, OneWay protocol, PrintStream err) {
        this.lines = lines;
        this.framing = framing;
        this.client = client;
        this.protocol = protocol;
        this.err = err;
    }

    /** What became of the input. */
    record Account(
            long lines,
            long refused,
            long notTaken,
            boolean complete,
            @Nullable Throwable failure) {}

    /** Reads nothing before there is a connection: a server that is not there costs no line of a pipe. */
    @Override
    public void run() {
        try {
            protocol.awaitConnected();
            if (sendAll()) {
                client.flush().get();
                protocol.endOutput();
            }
        } catch (InterruptedException | ExecutionException e) {
            // The client has ended, and whoever waited for that stopped this and tells why.
        }
    }

    /** Sends the input as far as it can be read; returns false if it was stopped before. */
    private boolean sendAll() throws InterruptedException {
        try {
            while (lines.fill()) {
                if (!sendBlock()) {
                    return false;
                }
            }
            return ended(null);
        } catch (IOException | RuntimeException | Error e) {
            return ended(e);
        }
    }

    /** Sends what was read; returns whether to go on. */
    private synchronized boolean sendBlock() throws InterruptedException {
        while (!stopped && lines.next()) {
            stopped = !sendLine();
        }
        return !stopped;
    }

    private boolean sendLine() throws InterruptedException {
        if (lines.isTooLong()) {
            refuse("it has more than " + framing.maxSendLength() + " bytes");
            return true;
        }
        try {
            client.sendRaw(encode(lines.line()));
        } catch (MessageRefusedException | QueueFullException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (QueueClosedException e) {
            notTaken++;
            return false;
        }
        return true;
    }

    private ByteBuffer encode(ByteBuffer line) {
        int length = framing.encodedLength(line.remaining());
        if (message.capacity() < length) {
            message = ByteBuffer.allocate(Math.addExact(length, length / 2));
        }
        message.clear();
        framing.encode(line, message);
        return message.flip();
    }

    private void refuse(String why) {
        if (++refused <= TOLD) {
            String more = refused == TOLD ? "; further ones are only counted" : "";
            Complaints.complain(err, "line " + lines.number() + " is refused: " + why + more);
        }
    }

    private synchronized boolean ended(@Nullable Throwable how) {
        if (!stopped) {
            failure = how;
            complete = how == null;
        }
        return !stopped;
    }

    /** Reads no further line, and tells what became of those read. Call it when the client has ended. */
    synchronized Account stop() {
        stopped = true;
        return new Account(lines.number(), refused, notTaken, complete, failure);
    }
}
