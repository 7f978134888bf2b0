package dev.bowline.examples.cli;

import dev.bowline.ClientCounters;
import dev.bowline.DrainResult;
import dev.bowline.DrainResult.Leftover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What became of the lines of an input.
 *
 * @param read what the input came to
 * @param sent what the client handed back
 * @param counters the client's, at its end
 */
record Tally(Feed.Account read, DrainResult sent, ClientCounters counters) {
    /** Whether every line that was read is delivered. */
    boolean isClean() {
        return sent.isComplete() && read.refused() == 0 && read.notTaken().isEmpty();
    }

    /**
     * The lines that may not have arrived, in the order of the input, without their ends: what was handed over went before
     * what was not.
     *
     * @param endLength how many bytes end a line on the wire
     */
    List<byte[]> leftLines(int endLength) {
        List<byte[]> lines = new ArrayList<>();
        for (Leftover each : List.of(sent.uncertain(), sent.undelivered())) {
            for (byte[] message : each.messages()) {
                lines.add(Arrays.copyOf(message, message.length - endLength));
            }
        }
        lines.addAll(read.notTaken());
        return lines;
    }

    /** How many lines may not have arrived, and are not among the {@link #leftLines} because there were too many. */
    long forgotten() {
        Leftover uncertain = sent.uncertain();
        return uncertain.count() - uncertain.messages().size();
    }

    /** The last line of a run. */
    String summary(Duration time) {
        long notTaken = read.notTaken().size();
        return String.format(
                Locale.ROOT,
                "sent=%d delivered=%d resent=%d dropped=%d refused=%d uncertain=%d undelivered=%d reconnects=%d seconds=%s",
                sent.sent() + notTaken,
                sent.delivered(),
                counters.resent(),
                sent.dropped(),
                read.refused(),
                sent.uncertain().count(),
                sent.undelivered().count() + notTaken,
                counters.reconnects(),
                Seconds.exact(time));
    }
}
