package dev.bowline.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.bowline.framing.MessageRefusedException;
import dev.bowline.testing.FramedHarness;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What Twisted's line receivers did with some fifty streams, and what Bowline does: the same, at every split of each chunk
 * and byte by byte, except where a rule says otherwise.
 */
class FramingVectorsTest {
    /** What a rule makes of a row instead. */
    private record Overruled(String rule, List<String> events) {}

    private static final List<String> ANNOUNCED = List.of(
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

    private static final Map<String, Overruled> OVERRULED = Map.ofEntries(
            Map.entry("LR-21", new Overruled("D2: the rest of a line too long is skipped", ANNOUNCED)),
            Map.entry("LR-22", new Overruled("D2: the rest of a line too long is skipped", ANNOUNCED)),
            Map.entry("LR-51", new Overruled("C3: nothing after close", List.of("raw zz", "loseConnection"))),
            Map.entry("LR-53", new Overruled("A5: an exception aborts", List.of("line a", "line b", "raised"))),
            Map.entry("LR-73", new Overruled("D2: once a line", List.of("exceeded", "exceeded"))),
            Map.entry("LR-74", new Overruled("D2: skip to the next delimiter", List.of("exceeded", "line ok"))),
            Map.entry("LO-12", new Overruled("D1: the limit is without the delimiter", List.of())),
            Map.entry("LO-13", new Overruled("D1: the limit is without the delimiter", List.of("line xxxx"))));

    /** Rows whose protocol itself acts on what else is in the chunk; cut elsewhere, it does something else. */
    private static final Set<String> ABOUT_THE_CHUNK = Set.of("LR-34", "LR-35", "LR-37", "LR-51");

    /** Sends a line with CRLF inside; Bowline refuses it (D4). */
    private static final String INJECTION = "LR-80";

    private static Stream<JsonObject> rows() {
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(FramingVectorsTest.class.getResourceAsStream("/framing.json")),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(file).getAsJsonObject().getAsJsonArray("vectors").asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .filter(row -> row.get("proto").getAsString().startsWith("Line"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> d1_everyRowAtEverySplit() {
        return rows().filter(row -> !id(row).equals(INJECTION))
                .map(row -> DynamicTest.dynamicTest(id(row), () -> {
                    List<String> expected = expected(row);
                    assertThat(play(row, Integer.MAX_VALUE, 0)).as("as it is").isEqualTo(expected);
                    if (ABOUT_THE_CHUNK.contains(id(row))) {
                        return;
                    }
                    assertThat(play(row, 1, 0)).as("byte by byte").isEqualTo(expected);
                    int longest = longestChunk(row);
                    IntStream.range(1, Math.min(longest, 1024))
                            .forEach(cut -> assertThat(play(row, Integer.MAX_VALUE, cut))
                                    .as("split at %d", cut)
                                    .isEqualTo(expected));
                }));
    }

    @TestFactory
    Stream<DynamicTest> d4_aLineThatContainsTheDelimiterIsRefused() {
        return rows().filter(row -> id(row).equals(INJECTION))
                .map(row -> DynamicTest.dynamicTest(id(row), () -> {
                    VectorProtocol protocol = new VectorProtocol(row);
                    FramedHarness harness = FramedHarness.open(protocol);
                    List<Throwable> refused = new ArrayList<>();
                    for (JsonElement op : row.getAsJsonArray("ops")) {
                        try {
                            protocol.perform(op);
                        } catch (MessageRefusedException refusal) {
                            refused.add(refusal);
                        }
                    }
                    harness.link().runTasks();
                    assertThat(refused).hasSize(1);
                    assertThat(harness.link().taken()).isEqualTo("x\r\n\r\n");
                }));
    }

    private static String id(JsonObject row) {
        return row.get("id").getAsString();
    }

    private static int longestChunk(JsonObject row) {
        return row.getAsJsonArray("ops").asList().stream()
                .map(JsonElement::getAsJsonArray)
                .filter(op -> op.get(0).getAsString().equals("data"))
                .mapToInt(op -> op.get(1).getAsString().length())
                .max()
                .orElse(0);
    }

    private static List<String> expected(JsonObject row) {
        Overruled overruled = OVERRULED.get(id(row));
        if (overruled != null) {
            return overruled.events();
        }
        List<String> events = new ArrayList<>();
        String delimiter = row.has("delim") ? row.get("delim").getAsString() : "\r\n";
        for (JsonElement each : row.getAsJsonArray("events")) {
            JsonArray event = each.getAsJsonArray();
            String name = event.get(0).getAsString();
            String argument = event.size() > 1 ? event.get(1).getAsString() : "";
            switch (name) {
                case "exceeded" -> events.add(name);
                case "write" -> events.add("write " + argument.substring(0, argument.length() - delimiter.length()));
                default -> events.add(event.size() > 1 ? name + " " + argument : name);
            }
        }
        return joinedRaw(events);
    }

    /** Plays a row with its chunks cut into pieces of a length, or once in two. */
    private static List<String> play(JsonObject row, int piece, int cut) {
        VectorProtocol protocol = new VectorProtocol(row);
        FramedHarness harness = FramedHarness.open(protocol);
        for (JsonElement each : row.getAsJsonArray("ops")) {
            JsonArray op = each.getAsJsonArray();
            if (op.get(0).getAsString().equals("data")) {
                receive(harness, op.get(1).getAsString(), piece, cut);
            } else {
                harness.run(() -> {
                    try {
                        protocol.perform(op);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
            }
        }
        return joinedRaw(protocol.events());
    }

    private static void receive(FramedHarness harness, String data, int piece, int cut) {
        if (cut > 0 && cut < data.length()) {
            harness.receive(data.substring(0, cut));
            harness.receive(data.substring(cut));
        } else {
            for (int at = 0; at < data.length(); at += Math.min(piece, data.length())) {
                harness.receive(data.substring(at, (int) Math.min(data.length(), (long) at + piece)));
            }
        }
    }

    /** How raw bytes were cut is the network's affair. */
    private static List<String> joinedRaw(List<String> events) {
        List<String> joined = new ArrayList<>();
        for (String event : events) {
            int last = joined.size() - 1;
            if (event.equals("raw ")) {
                continue;
            }
            if (event.startsWith("raw ") && last >= 0 && joined.get(last).startsWith("raw ")) {
                joined.set(last, joined.get(last) + event.substring(4));
            } else {
                joined.add(event);
            }
        }
        return joined;
    }
}
