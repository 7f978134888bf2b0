package dev.bowline.testkit.contract.framing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One row of {@code framing.json}: what arrives and what is called, what the protocol does about it, and what Twisted's
 * receiver then reported. Strings stand for bytes (ISO 8859-1).
 *
 * @param source what the row is about
 * @param announcesRaw a line {@code len N} announces N raw bytes behind the next empty line
 * @param keepsOpen the protocol does not close for a line that is too long
 * @param events in Twisted's words, each its name and what follows, as {@code line hello}
 */
public record FramingVector(
        String id,
        Receiver receiver,
        String source,
        String delimiter,
        OptionalInt maxLength,
        boolean announcesRaw,
        boolean keepsOpen,
        List<Step> steps,
        List<Reaction> script,
        List<String> events) {
    /** Inputs up to this long are split everywhere. */
    private static final int SPLIT_EVERYWHERE = 1024;

    /** Twisted's class. */
    public enum Receiver {
        LINE_RECEIVER,
        LINE_ONLY_RECEIVER,
        NETSTRING,
        INT8,
        INT16,
        INT32
    }

    /** What happens from outside. */
    public sealed interface Step {}

    /** Bytes arrive. */
    public record Bytes(String bytes) implements Step {}

    /** A method is called: from outside as a step, or by a callback as part of a reaction. */
    public record Call(String method, String argument) implements Step {}

    /**
     * What the protocol does in a callback.
     *
     * @param callback {@code line}, {@code string} or {@code raw}
     * @param content of what it is done, if not of all
     * @param once whether only the first time
     */
    public record Reaction(String callback, Optional<String> content, boolean once, List<Call> calls) {}

    /** How many bytes arrive in all. */
    public int length() {
        return steps.stream().mapToInt(FramingVector::length).sum();
    }

    private static int length(Step step) {
        return step instanceof Bytes arriving ? arriving.bytes().length() : 0;
    }

    /** The steps with all bytes between two calls in one chunk. */
    public List<Step> whole() {
        List<Step> joined = new ArrayList<>();
        for (Step step : steps) {
            int last = joined.size() - 1;
            if (step instanceof Bytes next && last >= 0 && joined.get(last) instanceof Bytes before) {
                joined.set(last, new Bytes(before.bytes() + next.bytes()));
            } else {
                joined.add(step);
            }
        }
        return joined;
    }

    /** The steps with each byte in a chunk of its own. */
    public List<Step> byteByByte() {
        List<Step> single = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Bytes arriving) {
                arriving.bytes().chars().forEach(b -> single.add(new Bytes(String.valueOf((char) b))));
            } else {
                single.add(step);
            }
        }
        return single;
    }

    /** The steps of {@link #whole}, with a cut behind so many of the bytes. */
    public List<Step> cutAt(int index) {
        List<Step> cut = new ArrayList<>();
        int before = 0;
        for (Step step : whole()) {
            int at = index - before;
            if (step instanceof Bytes arriving && at > 0 && at < length(step)) {
                cut.add(new Bytes(arriving.bytes().substring(0, at)));
                cut.add(new Bytes(arriving.bytes().substring(at)));
            } else {
                cut.add(step);
            }
            before += length(step);
        }
        return cut;
    }

    /** The steps of {@link #whole}, with a few cuts in each stretch of bytes, or none. */
    public List<Step> cutAtRandom(Random random) {
        List<Step> cut = new ArrayList<>();
        for (Step step : whole()) {
            if (step instanceof Bytes arriving) {
                String bytes = arriving.bytes();
                for (int from = 0; from < bytes.length(); ) {
                    int to = Math.min(bytes.length(), from + 1 + random.nextInt(1 << random.nextInt(15)));
                    cut.add(new Bytes(bytes.substring(from, to)));
                    from = to;
                }
            } else {
                cut.add(step);
            }
        }
        return cut;
    }

    /** Whether it is about delimited lines; else about frames behind their length. */
    public boolean receivesLines() {
        return receiver == Receiver.LINE_RECEIVER || receiver == Receiver.LINE_ONLY_RECEIVER;
    }

    /** Whether its protocol calls its own {@code dataReceived}. */
    public boolean feedsItself() {
        return script.stream()
                .flatMap(reaction -> reaction.calls().stream())
                .anyMatch(call -> call.method().equals("feed"));
    }

    /** Where to cut: everywhere up to 1 KiB; above, everywhere near both ends, and every 97th byte between. */
    public IntStream cuts() {
        int length = length();
        return IntStream.range(1, length)
                .filter(at -> length <= SPLIT_EVERYWHERE || at < 64 || at > length - 64 || at % 97 == 0);
    }
}
