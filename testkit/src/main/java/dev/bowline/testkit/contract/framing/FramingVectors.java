package dev.bowline.testkit.contract.framing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** Reads {@code framing.json}: what Twisted 22.4.0 did with some hundred streams. */
public final class FramingVectors {
    private static final String CRLF = "\r\n";

    private FramingVectors() {}

    /** All rows, in the order of the file. */
    public static List<FramingVector> all() {
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(FramingVectors.class.getResourceAsStream("framing.json")),
                StandardCharsets.UTF_8)) {
            JsonObject root = JsonParser.parseReader(file).getAsJsonObject();
            return elements(root, "vectors").stream()
                    .map(JsonElement::getAsJsonObject)
                    .map(FramingVectors::vector)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FramingVector vector(JsonObject row) {
        return new FramingVector(
                row.get("id").getAsString(),
                receiver(row.get("proto").getAsString()),
                row.get("src").getAsString(),
                row.has("delim") ? row.get("delim").getAsString() : CRLF,
                row.has("max") ? OptionalInt.of(row.get("max").getAsInt()) : OptionalInt.empty(),
                row.has("lenRaw"),
                row.has("lenRaw") || row.has("override_exceeded"),
                elements(row, "ops").stream().map(FramingVectors::step).toList(),
                elements(row, "script").stream()
                        .map(JsonElement::getAsJsonObject)
                        .map(FramingVectors::reaction)
                        .toList(),
                elements(row, "events").stream()
                        .map(JsonElement::getAsJsonArray)
                        .map(FramingVectors::event)
                        .toList());
    }

    private static FramingVector.Receiver receiver(String name) {
        return switch (name) {
            case "LineReceiver" -> FramingVector.Receiver.LINE_RECEIVER;
            case "LineOnlyReceiver" -> FramingVector.Receiver.LINE_ONLY_RECEIVER;
            case "Netstring" -> FramingVector.Receiver.NETSTRING;
            case "Int8" -> FramingVector.Receiver.INT8;
            case "Int16" -> FramingVector.Receiver.INT16;
            case "Int32" -> FramingVector.Receiver.INT32;
            default -> throw new IllegalArgumentException("unknown receiver " + name);
        };
    }

    private static FramingVector.Step step(JsonElement op) {
        FramingVector.Call call = call(op);
        return call.method().equals("data") ? new FramingVector.Bytes(call.argument()) : call;
    }

    /** {@code "pause"}, {@code ["pause"]} or {@code ["send", "reply"]}. */
    private static FramingVector.Call call(JsonElement call) {
        if (!call.isJsonArray()) {
            return new FramingVector.Call(call.getAsString(), "");
        }
        JsonArray parts = call.getAsJsonArray();
        return new FramingVector.Call(
                parts.get(0).getAsString(), parts.size() > 1 ? parts.get(1).getAsString() : "");
    }

    private static FramingVector.Reaction reaction(JsonObject rule) {
        return new FramingVector.Reaction(
                rule.get("on").getAsString(),
                rule.has("eq") ? Optional.of(rule.get("eq").getAsString()) : Optional.empty(),
                rule.has("once"),
                elements(rule, "do").stream().map(FramingVectors::call).toList());
    }

    private static String event(JsonArray event) {
        String name = event.get(0).getAsString();
        return event.size() > 1 ? name + " " + event.get(1).getAsString() : name;
    }

    private static List<JsonElement> elements(JsonObject holder, String name) {
        JsonArray array = holder.has(name) ? holder.getAsJsonArray(name) : new JsonArray();
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
