package dev.bowline.testkit.contract.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.LossReason;
import dev.bowline.framing.DelimiterFraming;
import dev.bowline.framing.FramedProtocol;
import dev.bowline.framing.Framing;
import dev.bowline.framing.LengthPrefixFraming;
import dev.bowline.framing.MalformedFrameException;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.framing.NetstringFraming;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Does what one row of {@code framing.json} says, over any transport, and notes what happens in that file's words. All on
 * the event side.
 */
public final class VectorProtocol extends FramedProtocol {
    /** Twisted's, for lines. */
    private static final int DEFAULT_MAX_LINE = 16_384;

    private final FramingVector vector;
    private final Framing framing;
    private final List<String> events = new ArrayList<>();
    private final Set<FramingVector.Reaction> done = new HashSet<>();

    /** How many raw bytes are announced, and not there yet. */
    private int announced;

    /** For one connection. */
    public VectorProtocol(FramingVector vector) {
        this.vector = vector;
        this.framing = framing(vector);
    }

    private static Framing framing(FramingVector vector) {
        return switch (vector.receiver()) {
            case LINE_RECEIVER, LINE_ONLY_RECEIVER ->
                new DelimiterFraming(
                        vector.delimiter().getBytes(ISO_8859_1),
                        vector.maxLength().orElse(DEFAULT_MAX_LINE));
            case NETSTRING -> {
                NetstringFraming netstrings = new NetstringFraming();
                int limit = vector.maxLength().orElse(netstrings.maxLength());
                yield netstrings.withMaxLength(limit).withMaxSendLength(limit);
            }
            case INT8 -> prefixes(1, vector);
            case INT16 -> prefixes(2, vector);
            case INT32 -> prefixes(4, vector);
        };
    }

    private static Framing prefixes(int width, FramingVector vector) {
        LengthPrefixFraming prefixes = new LengthPrefixFraming(width);
        return prefixes.withMaxLength(vector.maxLength().orElse(prefixes.maxLength()));
    }

    /** What happened so far, in the words of {@link Expectation}. */
    public List<String> events() {
        return Expectation.inOurWords(events);
    }

    /** Makes a call of a step, outside of any callback. */
    public void perform(FramingVector.Call call) throws Exception {
        ByteBuffer argument = bytes(call.argument());
        switch (call.method()) {
            case "pause" -> {
                events.add("transport.pause");
                connection().pauseReading();
            }
            case "resume" -> {
                events.add("transport.resume");
                connection().resumeReading();
            }
            case "lose" -> {
                events.add("loseConnection");
                close();
            }
            case "stop" -> {
                events.add("transport.stop");
                close();
            }
            case "setRaw" -> setRawMode();
            case "setLine" -> setFrameMode(argument);
            case "send", "sendLine", "sendString" -> send(argument);
            case "feed" -> dataReceived(argument);
            case "raise" -> {
                events.add("raised");
                throw new IllegalStateException("as the script says");
            }
            default -> throw new AssertionError("unknown call " + call);
        }
    }

    private void send(ByteBuffer frame) {
        try {
            ByteBuffer wire = ByteBuffer.allocate(framing.encodedLength(frame.remaining()));
            framing.encode(frame, wire);
            sendFrame(frame);
            events.add("write " + text(wire.flip()));
        } catch (MessageRefusedException refusal) {
            events.add("refused");
        }
    }

    private void react(String callback, String content, ByteBuffer rest) throws Exception {
        for (FramingVector.Reaction reaction : vector.script()) {
            boolean meant = reaction.callback().equals(callback)
                    && reaction.content().map(content::equals).orElse(true)
                    && !(reaction.once() && done.contains(reaction));
            if (meant) {
                done.add(reaction);
                for (FramingVector.Call call : reaction.calls()) {
                    if (call.method().equals("setLineRest")) {
                        setFrameMode(rest.position(rest.position() + Integer.parseInt(call.argument())));
                    } else {
                        perform(call);
                    }
                }
            }
        }
    }

    @Override
    protected Framing framing() {
        return framing;
    }

    private boolean receivesLines() {
        return framing instanceof DelimiterFraming;
    }

    @Override
    protected void frameReceived(ByteBuffer frame) throws Exception {
        String callback = receivesLines() ? "line" : "string";
        String content = text(frame);
        events.add(callback + " " + content);
        if (vector.announcesRaw() && content.isEmpty()) {
            setRawMode();
        } else if (vector.announcesRaw() && content.startsWith("len ")) {
            announced = Integer.parseInt(content.substring("len ".length()));
        }
        react(callback, content, ByteBuffer.allocate(0));
    }

    @Override
    protected void rawReceived(ByteBuffer data) throws Exception {
        int piece = vector.announcesRaw() ? Math.min(announced, data.remaining()) : data.remaining();
        String raw = text(data.slice(data.position(), piece));
        events.add("raw " + raw);
        if (vector.announcesRaw()) {
            announced -= piece;
            if (announced == 0) {
                setFrameMode(data.position(data.position() + piece));
            }
        }
        react("raw", raw, data);
    }

    /** Twisted's netstrings have no callback of their own for it. */
    @Override
    protected void frameTooLong(int limit) throws Exception {
        if (receivesLines()) {
            events.add("exceeded");
        } else if (!(framing instanceof NetstringFraming)) {
            events.add("limit");
        }
        if (!vector.keepsOpen()) {
            events.add("loseConnection");
            super.frameTooLong(limit);
        }
    }

    /** Twisted's netstrings close the connection for what is malformed; there is no callback for it, here neither. */
    @Override
    public void connectionLost(LossReason reason) {
        if (reason.cause() instanceof MalformedFrameException) {
            events.add("loseConnection");
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private static String text(ByteBuffer bytes) {
        return ISO_8859_1.decode(bytes.duplicate()).toString();
    }
}
