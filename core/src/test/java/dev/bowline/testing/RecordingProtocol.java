package dev.bowline.testing;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notes every callback as text, and does in it what the test says. */
public final class RecordingProtocol implements Protocol {
    /** What a test does inside a callback. */
    public interface Reaction {
        void react(Connection connection) throws Exception;
    }

    private static final String DATA = "data ";

    private final List<String> events = new ArrayList<>();
    private final Map<String, Reaction> reactions = new HashMap<>();
    private boolean keepsOpen;
    private @Nullable Connection connection;
    private @Nullable LossReason reason;

    /** When the event happens, the connection is given to the reaction. */
    public RecordingProtocol on(String event, Reaction reaction) {
        reactions.put(event, reaction);
        return this;
    }

    /** Overrides inputEnded: the connection stays open. */
    public RecordingProtocol keepOpen() {
        keepsOpen = true;
        return this;
    }

    public List<String> events() {
        return events;
    }

    /** All data, whatever the chunks it came in. */
    public String received() {
        return events.stream()
                .filter(event -> event.startsWith(DATA))
                .map(event -> event.substring(DATA.length()))
                .collect(Collectors.joining());
    }

    public Connection connection() {
        return Objects.requireNonNull(connection);
    }

    public @Nullable LossReason reason() {
        return reason;
    }

    private void note(String event) throws Exception {
        events.add(event);
        Reaction reaction = reactions.get(event);
        if (reaction != null) {
            reaction.react(connection());
        }
    }

    @Override
    public void connectionMade(Connection made) throws Exception {
        connection = made;
        note("made");
    }

    @Override
    public void dataReceived(ByteBuffer data) throws Exception {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        note(DATA + new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void inputEnded(Connection ended) throws Exception {
        note("ended");
        if (!keepsOpen) {
            Protocol.super.inputEnded(ended);
        }
    }

    @Override
    public void writabilityChanged(Connection changed, boolean writable) throws Exception {
        note("writable " + writable);
    }

    @Override
    public void connectionLost(LossReason why) throws Exception {
        reason = why;
        note("lost");
    }
}
