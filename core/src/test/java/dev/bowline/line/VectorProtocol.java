package dev.bowline.line;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Plays the script of one row of framing.json, and notes events in that file's words. */
final class VectorProtocol extends LineProtocol {
    private final List<String> events = new ArrayList<>();
    private final JsonArray script;
    private final boolean keepsOpenWhenTooLong;

    /** In rows with {@code lenRaw}: a line {@code len N} announces N raw bytes after the next empty line. */
    private final boolean announcesRaw;

    private int announced;

    VectorProtocol(JsonObject row) {
        super(format(row));
        script = row.has("script") ? row.getAsJsonArray("script") : new JsonArray();
        announcesRaw = row.has("lenRaw");
        keepsOpenWhenTooLong = announcesRaw || row.has("override_exceeded");
    }

    static LineFormat format(JsonObject row) {
        String delimiter = row.has("delim") ? row.get("delim").getAsString() : "\r\n";
        LineFormat format = LineFormat.delimitedBy(bytes(delimiter)).withCharset(StandardCharsets.ISO_8859_1);
        return row.has("max") ? format.withMaxLength(row.get("max").getAsInt()) : format;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    List<String> events() {
        return events;
    }

    /** A call from outside of a callback, or one of a script. */
    void perform(JsonElement call) throws Exception {
        String name = call.isJsonArray() ? call.getAsJsonArray().get(0).getAsString() : call.getAsString();
        String argument = call.isJsonArray() && call.getAsJsonArray().size() > 1
                ? call.getAsJsonArray().get(1).getAsString()
                : "";
        switch (name) {
            case "pause" -> {
                events.add("transport.pause");
                connection().pauseReading();
            }
            case "resume" -> {
                events.add("transport.resume");
                connection().resumeReading();
            }
            case "lose", "stop" -> {
                events.add(name.equals("lose") ? "loseConnection" : "transport.stop");
                close();
            }
            case "setRaw" -> setRawMode();
            case "setLine" -> setLineMode(ByteBuffer.wrap(bytes(argument)));
            case "send", "sendLine" -> {
                sendLine(argument);
                events.add("write " + argument);
            }
            case "feed" -> dataReceived(ByteBuffer.wrap(bytes(argument)));
            case "raise" -> {
                events.add("raised");
                throw new IllegalStateException("as the script says");
            }
            default -> throw new AssertionError("unknown call " + call);
        }
    }

    private void react(String callback, ByteBuffer data, String content) throws Exception {
        for (JsonElement each : script) {
            JsonObject rule = each.getAsJsonObject();
            boolean meant = rule.get("on").getAsString().equals(callback)
                    && (!rule.has("eq") || rule.get("eq").getAsString().equals(content));
            if (meant) {
                for (JsonElement call : rule.getAsJsonArray("do")) {
                    if (call.isJsonArray()
                            && call.getAsJsonArray().get(0).getAsString().equals("setLineRest")) {
                        int used = call.getAsJsonArray().get(1).getAsInt();
                        setLineMode(data.position(data.position() + used));
                    } else {
                        perform(call);
                    }
                }
            }
        }
    }

    @Override
    protected void lineReceived(String line) throws Exception {
        events.add("line " + line);
        if (announcesRaw && line.isEmpty()) {
            setRawMode();
        } else if (announcesRaw && line.startsWith("len ")) {
            announced = Integer.parseInt(line.substring(4));
        }
        react("line", ByteBuffer.allocate(0), line);
    }

    @Override
    protected void rawReceived(ByteBuffer data) throws Exception {
        int piece = announcesRaw ? Math.min(announced, data.remaining()) : data.remaining();
        String raw = StandardCharsets.ISO_8859_1
                .decode(data.slice(data.position(), piece))
                .toString();
        events.add("raw " + raw);
        announced -= announcesRaw ? piece : 0;
        if (announcesRaw && announced == 0) {
            setLineMode(data.position(data.position() + piece));
        }
        react("raw", data, raw);
    }

    @Override
    protected void lineLengthExceeded(int limit) throws Exception {
        events.add("exceeded");
        if (!keepsOpenWhenTooLong) {
            events.add("loseConnection");
            super.lineLengthExceeded(limit);
        }
    }
}
