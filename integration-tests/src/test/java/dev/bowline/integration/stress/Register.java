package dev.bowline.integration.stress;

import dev.bowline.LossReason;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All connections of a run, by name, and what the server saw of each. From any thread. */
final class Register {
    /**
     * What the server saw of a connection.
     *
     * @param lines those that came
     * @param end how it ended there
     */
    record Seen(NumberedLines lines, End end) {}

    /** How a connection ended at the server. */
    enum End {
        /** FIN came behind a whole line. */
        WHOLE,
        /** FIN came within a line. */
        CUT,
        /** RST came, or the server itself closed. */
        BROKEN
    }

    /** A run of fewer connections proves little. */
    private static final int FEWEST = 200;

    /** Every way to be lost has to occur in a run. */
    private static final Set<Class<? extends LossReason>> REASONS = Set.of(
            LossReason.ClosedHere.class,
            LossReason.ClosedByPeer.class,
            LossReason.AbortedHere.class,
            LossReason.Failed.class,
            LossReason.ProtocolFailure.class);

    /** How often each occurred. */
    private final Map<Class<? extends LossReason>, LongAdder> losses = new ConcurrentHashMap<>();

    private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    void add(Conversation conversation) {
        conversations.put(conversation.name(), conversation);
    }

    @Nullable
    Conversation byName(@Nullable String name) {
        return name == null ? null : conversations.get(name);
    }

    void lost(LossReason reason) {
        losses.computeIfAbsent(reason.getClass(), first -> new LongAdder()).increment();
    }

    /** The server has done with a connection, whose lines came in order. */
    void ended(NumberedLines lines, End end) {
        String name = lines.connection();
        if (name != null) {
            seen.put(name, new Seen(lines, end));
        }
    }

    /**
     * After the run: the server saw nothing that was not taken (B2), and all of it where FIN came (B3, B5).
     *
     * @param direct callers below this number had no proxy, which may send FIN of its own
     */
    void check(int direct, Violations violations) {
        if (conversations.size() < FEWEST || !losses.keySet().containsAll(REASONS)) {
            violations.add("the run was too tame: " + this);
        }
        seen.forEach((name, saw) -> {
            Conversation conversation = byName(name);
            if (conversation == null) {
                violations.add("a line of connection " + name + " came, which never was");
                return;
            }
            boolean isDirect = Integer.parseInt(name.substring(0, name.indexOf('.'))) < direct;
            if (isDirect && saw.end() == End.CUT) {
                conversation.violated("B3: FIN came within a line");
            }
            for (int writer = 0; writer < Conversation.WRITERS; writer++) {
                long taken = conversation.taken(writer);
                long came = saw.lines().count(Integer.toString(writer));
                if (came > taken) {
                    conversation.violated(
                            "B2: of writer " + writer + " " + came + " lines came, and " + taken + " were taken");
                }
                if (isDirect && saw.end() == End.WHOLE && came < taken) {
                    conversation.violated("B3: FIN came after " + came + " lines of writer " + writer + ", and " + taken
                            + " were taken");
                }
            }
        });
    }

    @Override
    public String toString() {
        return conversations.size() + " connections; "
                + losses.entrySet().stream()
                        .map(each -> each.getKey().getSimpleName() + " " + each.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
