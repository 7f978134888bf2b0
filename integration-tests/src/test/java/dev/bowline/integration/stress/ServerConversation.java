package dev.bowline.integration.stress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One connection on the server's side: checks what comes, sends, and misbehaves at random. All on the server's thread. */
final class ServerConversation {
    private static final int MOST_WAITING_LINES = 1_500;
    private static final int BYTES_IN_A_ROW = 16;

    private final String name;
    private final SocketChannel channel;
    private final Register register;
    private final Violations violations;
    private final SplittableRandom random;
    private final LineCutter cutter = new LineCutter();
    private final NumberedLines received = new NumberedLines();
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
    private final ByteBuffer buffer = ChaosServer.newBuffer();
    private @Nullable SelectionKey key;
    private long sent;
    private boolean byteByByte;
    private boolean stalled;
    private boolean inputOver;
    private boolean outputOver;
    private boolean over;

    ServerConversation(
            String name, SocketChannel channel, Register register, Violations violations, SplittableRandom random) {
        this.name = name;
        this.channel = channel;
        this.register = register;
        this.violations = violations;
        this.random = random;
    }

    boolean isOver() {
        return over;
    }

    void begin(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** The channel can do something. */
    void ready(boolean finishing) {
        step(finishing, 2);
    }

    /** Time has passed. */
    void tick(boolean finishing) {
        step(finishing, 16);
    }

    private void step(boolean finishing, int oneIn) {
        if (over) {
            return;
        }
        try {
            if (finishing) {
                stalled = false;
                waiting.clear();
                shutdownOutput();
            }
            read();
            if (!finishing && !over && random.nextInt(oneIn) == 0) {
                act();
            }
            send();
            if (!over && inputOver && outputOver && waiting.isEmpty()) {
                close();
            }
            if (!over && key != null) {
                key.interestOps((stalled || inputOver ? 0 : SelectionKey.OP_READ)
                        | (waiting.isEmpty() ? 0 : SelectionKey.OP_WRITE));
            }
        } catch (IOException reset) {
            close();
        }
    }

    private void read() throws IOException {
        if (stalled || inputOver) {
            return;
        }
        int count = channel.read(buffer.clear());
        if (count < 0) {
            inputOver = true;
            register.ended(received, cutter.isWithinALine() ? Register.End.CUT : Register.End.WHOLE);
            if (random.nextInt(8) > 0) {
                outputOver = true;
                waiting.clear();
            }
            return;
        }
        cutter.feed(buffer.flip(), this::check);
    }

    private void check(String line) {
        received.problemOf(line).ifPresent(problem -> {
            Conversation sender = register.byName(received.connection());
            String sentence = "B1: at the server, " + problem;
            if (sender == null) {
                violations.add("connection unknown: " + sentence);
            } else {
                sender.violated(sentence);
            }
        });
    }

    private void act() throws IOException {
        int what = random.nextInt(200);
        if (what < 80) {
            say(random.nextInt(1, 8));
        } else if (what < 84) {
            say(1_000);
        } else if (what < 90) {
            byteByByte = !byteByByte;
        } else if (what < 94) {
            stalled = true;
        } else if (what < 130) {
            stalled = false;
        } else if (what == 130 || (inputOver && what < 160)) {
            shutdownOutput();
        } else if (what == 131) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            close();
        } else if (what == 132) {
            close();
        }
    }

    private void say(int lines) {
        for (int i = 0; i < lines && !outputOver && waiting.size() < MOST_WAITING_LINES; i++) {
            waiting.add(ByteBuffer.wrap((NumberedLines.line(name, "s", sent++) + "\r\n").getBytes(ISO_8859_1)));
        }
    }

    private void send() throws IOException {
        for (int writes = 0; !over && !waiting.isEmpty() && writes < 64; writes++) {
            ByteBuffer first = waiting.element();
            int size = byteByByte ? 1 : first.remaining();
            int taken = channel.write(first.slice(first.position(), size));
            first.position(first.position() + taken);
            if (!first.hasRemaining()) {
                waiting.remove();
            }
            if (taken < size || (byteByByte && writes == BYTES_IN_A_ROW)) {
                return;
            }
        }
    }

    private void shutdownOutput() throws IOException {
        if (!outputOver) {
            outputOver = true;
            waiting.clear();
            channel.shutdownOutput();
        }
    }

    /** Closes; with RST where it is set to, or where something is left to read. */
    void close() {
        if (!inputOver) {
            inputOver = true;
            register.ended(received, Register.End.BROKEN);
        }
        over = true;
        try {
            channel.close();
        } catch (IOException brokenAnyway) {
            // It is closed as far as it can be.
        }
    }
}
