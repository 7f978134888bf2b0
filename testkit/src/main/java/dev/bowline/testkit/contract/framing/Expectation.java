package dev.bowline.testkit.contract.framing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Bowline makes of a row: what Twisted made of it, unless a rule says otherwise. Two things of Twisted's are left out
 * everywhere: what it passes along with {@code exceeded} and {@code limit} (Bowline tells the limit instead), and where raw
 * bytes were cut, which is the network's affair.
 *
 * @param rule the rule that overrules Twisted, and why; empty if none does
 */
public record Expectation(String rule, List<String> events) {
    private static final Map<String, Expectation> OVERRULED = overruled();

    /** Rows whose protocol itself acts on what else is in the chunk, and how; cut elsewhere, it does something else. */
    private static final Map<String, String> ABOUT_THE_CHUNK = Map.of(
            "LR-34", "what setLineMode is given goes behind the rest of the chunk",
            "LR-35", "raw data is the rest of the chunk",
            "LR-37", "what is fed inside a callback goes behind the rest of the chunk",
            "LR-51", "it closes in the first raw data, however much that is");

    /** For one row. */
    public static Expectation of(FramingVector vector) {
        Expectation overruled = OVERRULED.get(vector.id());
        return overruled != null ? overruled : new Expectation("", inOurWords(vector.events()));
    }

    /** The rows for which a rule says otherwise. */
    public static Set<String> overruledIds() {
        return OVERRULED.keySet();
    }

    /** Whether the row means the same however its bytes are cut. */
    public static boolean holdsForEveryCut(FramingVector vector) {
        return !ABOUT_THE_CHUNK.containsKey(vector.id());
    }

    /** What the row is about, the rule that overrules Twisted in it, and why it holds for one cut only, if so. */
    public static String title(FramingVector vector) {
        String rule = of(vector).rule();
        String why = ABOUT_THE_CHUNK.get(vector.id());
        return vector.id() + " " + (rule.isEmpty() ? vector.source() : rule)
                + (why == null ? "" : " [in one chunk: " + why + "]");
    }

    /** What the peer gets. */
    public String written() {
        return events.stream()
                .filter(event -> event.startsWith("write "))
                .map(event -> event.substring("write ".length()))
                .collect(Collectors.joining());
    }

    /** Whether it is this end that ends the connection. */
    public boolean isEndedHere() {
        return events.stream().anyMatch(List.of("loseConnection", "transport.stop", "raised")::contains);
    }

    /** Events without what is not compared. */
    public static List<String> inOurWords(List<String> events) {
        List<String> words = new ArrayList<>();
        for (String event : events) {
            int last = words.size() - 1;
            if (event.startsWith("raw ") && last >= 0 && words.get(last).startsWith("raw ")) {
                words.set(last, words.get(last) + event.substring("raw ".length()));
            } else if (event.startsWith("exceeded ")) {
                words.add("exceeded");
            } else if (event.startsWith("limit ")) {
                words.add("limit");
            } else if (event.equals("StringTooLongError")) {
                words.add("refused");
            } else if (!event.equals("raw ")) {
                words.add(event);
            }
        }
        return words;
    }

    private static Map<String, Expectation> overruled() {
        Map<String, Expectation> rows = new HashMap<>();

        String skipped = "D2: the rest of a line that is too long is skipped, and the next line follows";
        Expectation announced = new Expectation(skipped, announcedEvents());
        rows.put("LR-21", announced);
        rows.put("LR-22", announced);
        rows.put("LR-73", new Expectation("D2: lineLengthExceeded once a line", List.of("exceeded", "exceeded")));
        rows.put("LR-74", new Expectation(skipped, List.of("exceeded", "line ok")));

        String onlyTheLine = "D1: the limit is without the delimiter, in every form of line";
        rows.put("LO-12", new Expectation(onlyTheLine, List.of()));
        rows.put("LO-13", new Expectation(onlyTheLine, List.of("line xxxx")));

        String nothingAfterClose = "C3: nothing is delivered after close";
        rows.put("LR-51", new Expectation(nothingAfterClose, List.of("raw zz", "loseConnection")));
        for (String id : List.of("I8-41", "I16-41", "I32-41")) {
            rows.put(id, new Expectation(nothingAfterClose, List.of("string a", "loseConnection")));
        }
        for (String id : List.of("I8-11", "I16-11", "I16-20", "I32-11", "I32-20")) {
            rows.put(id, new Expectation(nothingAfterClose, List.of("limit", "loseConnection")));
        }
        rows.put("I8-20", new Expectation(nothingAfterClose, List.of("string ", "string ", "limit", "loseConnection")));
        rows.put("NS-31", new Expectation(nothingAfterClose, List.of("loseConnection")));
        rows.put("NS-5g", new Expectation(nothingAfterClose, List.of("loseConnection")));
        rows.put(
                "LR-53",
                new Expectation("A5: an exception aborts the connection", List.of("line a", "line b", "raised")));

        rows.put(
                "NS-5c",
                new Expectation("D7: malformed at the first byte that can't be there", List.of("loseConnection")));
        for (String id : List.of("I8-42", "I16-42", "I32-42")) {
            rows.put(
                    id,
                    new Expectation(
                            "C2: what a pause holds back is delivered once",
                            List.of(
                                    "string a",
                                    "transport.pause",
                                    "transport.resume",
                                    "string b",
                                    "transport.resume")));
        }

        rows.put(
                "LR-80",
                new Expectation(
                        "D4: a line with CR or LF is refused", List.of("write x\r\n", "write \r\n", "refused")));
        rows.put("NS-62", new Expectation("D4: a message over the limit is refused", List.of("refused")));
        return Map.copyOf(rows);
    }

    private static List<String> announcedEvents() {
        return List.of(
                "line len 10",
                "line ",
                "raw 0123456789",
                "line len 5",
                "line ",
                "raw 1234\n",
                "line len 20",
                "line foo 123",
                "line ",
                "raw 0123456789\n012345678",
                "line len 0",
                "line foo 5",
                "line ",
                "exceeded",
                "line len 1",
                "line ",
                "raw a");
    }
}
