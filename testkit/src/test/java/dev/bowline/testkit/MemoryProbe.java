package dev.bowline.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.spi.Link;
import dev.bowline.spi.LinkHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A handler that notes every call, does in it what the test says, and fails on a call that the SPI forbids. */
final class MemoryProbe implements LinkHandler {
    private final List<String> log = new ArrayList<>();
    private final Map<String, Runnable> reactions = new HashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private @Nullable Link link;
    private @Nullable IOException cause;
    private boolean inCallOfLink;
    private boolean over;

    /** When this is reported ({@code opened}, {@code received} …) the reaction runs inside of it. */
    MemoryProbe on(String report, Runnable reaction) {
        reactions.put(report, reaction);
        return this;
    }

    Link link() {
        return Objects.requireNonNull(link, "not opened");
    }

    /** All calls so far, in order, data as {@code received x}. */
    List<String> log() {
        return log;
    }

    byte[] received() {
        return bytes.toByteArray();
    }

    String text() {
        return bytes.toString(ISO_8859_1);
    }

    /** The buffers of {@code received}, which were the engine's. */
    List<ByteBuffer> buffers() {
        return buffers;
    }

    /** What the last report of a failure, or {@code closed}, gave as the cause. */
    @Nullable
    IOException cause() {
        return cause;
    }

    /** Writes; the one report that may come inside is that of the write. */
    void write(ByteBuffer data) {
        link().write(data);
    }

    /** A call of the link inside which nothing may be reported. */
    void quietly(Runnable callOfLink) {
        inCallOfLink = true;
        try {
            callOfLink.run();
        } finally {
            inCallOfLink = false;
        }
    }

    private void note(String report, String detail) {
        if (inCallOfLink) {
            throw new AssertionError(report + " inside a call of the link, after " + log);
        }
        if (over) {
            throw new AssertionError(report + " after the last call: " + log);
        }
        log.add(report + detail);
        Runnable reaction = reactions.get(report);
        if (reaction != null) {
            reaction.run();
        }
    }

    @Override
    public void opened(Link opened) {
        link = opened;
        note("opened", "");
    }

    @Override
    public void openFailed(IOException why) {
        cause = why;
        note("openFailed", "");
        over = true;
    }

    @Override
    public void received(ByteBuffer data) {
        if (!data.hasArray() || data.isReadOnly() || !data.hasRemaining()) {
            throw new AssertionError("no such buffer: " + data);
        }
        buffers.add(data.duplicate());
        byte[] chunk = new byte[data.remaining()];
        data.get(chunk);
        bytes.writeBytes(chunk);
        note("received", chunk.length > 20 ? " " + chunk.length : " " + new String(chunk, ISO_8859_1));
    }

    @Override
    public void written() {
        note("written", "");
    }

    @Override
    public void outputFailed(IOException why) {
        cause = why;
        note("outputFailed", "");
    }

    @Override
    public void inputEnded() {
        note("inputEnded", "");
    }

    @Override
    public void closed(@Nullable IOException why) {
        cause = why;
        note("closed", "");
        over = true;
    }
}
