package dev.bowline.examples.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Moves the bytes of one connection, on the loop's thread: reads, gives lines to the {@link Session}, and writes its
 * answers. Answers lie in {@link Output}; what is long or paced is a {@link Source}, asked for a piece whenever the
 * output is empty, so that a client that reads slowly costs no memory.
 */
final class LineConnection {
    private static final System.Logger LOG = System.getLogger(LineConnection.class.getName());
    private static final int OUTPUT_LIMIT = 64 << 20;
    private static final int PIECES_AT_A_TIME = 16;
    private static final Duration SPACING = Duration.ofMillis(1);

    private enum Reading {
        ON,
        /** By {@code !pause}, or while an ordered answer goes out. */
        HELD,
        /** By {@code !starttls}: TLS begins as soon as all in the clear is out. */
        AGREED_ON_TLS,
        /** By the client's end, {@code !close}, or a line that was too long. */
        ENDED
    }

    private enum Sending {
        ON,
        /** {@code !half}: FIN follows what is in the output. */
        ENDING,
        ENDED
    }

    private interface Step {
        void run() throws IOException;
    }

    private final SocketChannel channel;
    private final Connections connections;
    private final Session session;
    private final SelectionKey key;
    private final Input input = new Input();
    private final Output output = new Output();
    private final Deque<Source> sources = new ArrayDeque<>();
    private Wire wire;
    private Reading reading = Reading.ON;
    private Sending sending = Sending.ON;
    /** A piece of its own waits for its time. */
    private boolean spacing;

    LineConnection(SocketChannel channel, int number, Wire wire, Connections connections) throws IOException {
        this.channel = channel;
        this.wire = wire;
        this.connections = connections;
        session = new Session(this, number, connections.ledger());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = connections.loop().register(channel, SelectionKey.OP_READ, () -> guard(this::ready));
    }

    boolean isSending() {
        return sending == Sending.ON;
    }

    void answer(byte[] bytes, int from, int to) {
        if (isSending()) {
            output.append(bytes, from, to);
        }
    }

    /** Sends this after the answers so far; further answers may come between its pieces. */
    void feed(Pieces pieces) {
        if (isSending()) {
            sources.addLast(new Source(pieces, Source.Kind.BESIDE));
        }
    }

    /** Sends this after the answers so far and before anything else; no line is taken before its end. */
    void feedInOrder(Pieces pieces, Source.Kind kind) {
        if (isSending()) {
            sources.addFirst(new Source(pieces, kind));
            reading = Reading.HELD;
        }
    }

    void pause(Duration time) {
        reading = Reading.HELD;
        connections.loop().after(time, () -> guard(this::resume));
    }

    void close() {
        reading = Reading.ENDED;
        sources.clear();
    }

    void half() {
        if (isSending()) {
            sending = Sending.ENDING;
            sources.clear();
        }
    }

    boolean isProtected() {
        return wire.isProtected();
    }

    boolean canBeProtected() {
        return connections.canProtect();
    }

    /**
     * Once all answers so far are out; floods end where they are. What came with the command, in the clear, ends the connection
     * instead.
     */
    void startTls() {
        sources.clear();
        reading = Reading.AGREED_ON_TLS;
    }

    void abort() throws IOException {
        reading = Reading.ENDED;
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /** Every entry from the loop comes through here. */
    private void guard(Step step) {
        try {
            if (channel.isOpen()) {
                step.run();
                settle();
            }
        } catch (IOException e) {
            disconnect(); // the client is gone, or the ledger cannot be written: either way nothing can be answered
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A connection of the line server failed.", e);
            disconnect();
        }
    }

    private void ready() throws IOException {
        if (key.isReadable()) {
            ByteBuffer buffer = connections.loop().readBuffer();
            wire.read(buffer);
            input.add(buffer.flip());
            takeLines();
        }
    }

    private void resume() throws IOException {
        reading = Reading.ON;
        takeLines();
    }

    private void takeLines() throws IOException {
        while (reading == Reading.ON && session.take(input)) {
            // Each line may hold, half-close or end the connection.
        }
        boolean clearTextBehindAgreement = reading == Reading.AGREED_ON_TLS && !input.isEmpty();
        if (clearTextBehindAgreement || (reading == Reading.ON && input.isTooLong())) {
            close();
        } else if (reading == Reading.ON && wire.isInputEnded()) {
            reading = Reading.ENDED;
        }
        Ledger ledger = connections.ledger();
        if (ledger != null) {
            ledger.flush();
        }
    }

    /** Writes what can be written, and then either ends the connection or says what to wait for. */
    private void settle() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        boolean unfinished = pump();
        if (output.isEmpty() && sending == Sending.ENDING) {
            channel.shutdownOutput();
            sending = Sending.ENDED;
        }
        if (output.isEmpty() && sources.isEmpty() && reading == Reading.ENDED) {
            if (wire.announceEnd()) {
                disconnect();
            } else {
                key.interestOps(SelectionKey.OP_WRITE);
            }
            return;
        }
        int read = reading == Reading.ON && output.size() < OUTPUT_LIMIT ? SelectionKey.OP_READ : 0;
        key.interestOps(wire.interest(unfinished ? read | SelectionKey.OP_WRITE : read));
    }

    /** Returns whether to go on as soon as the channel is writable. */
    private boolean pump() throws IOException {
        for (int pieces = 0; output.writeTo(wire) && wire.flush(); ) {
            if (reading == Reading.AGREED_ON_TLS) {
                wire = connections.protect(channel);
                reading = Reading.ON;
            }
            Source source = sources.peek();
            if (source == null || spacing) {
                return false;
            }
            if (pieces++ == PIECES_AT_A_TIME) {
                return true; // others want the thread, too
            }
            byte[] piece = source.pieces().next();
            if (piece == null) {
                sources.remove();
                if (source.kind() != Source.Kind.BESIDE) {
                    resume();
                }
            } else if (source.kind() == Source.Kind.SPACED) {
                spacing = true;
                connections.loop().after(SPACING, () -> guard(() -> append(piece)));
            } else {
                append(piece);
            }
        }
        return true;
    }

    private void append(byte[] piece) {
        spacing = false;
        output.append(piece, 0, piece.length);
    }

    private void disconnect() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Closing failed", e);
        }
    }
}
