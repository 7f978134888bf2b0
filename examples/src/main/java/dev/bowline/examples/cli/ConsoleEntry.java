package dev.bowline.examples.cli;

import java.nio.ByteBuffer;
import java.util.List;

/** What somebody entered at the console. */
sealed interface ConsoleEntry {
    /** What {@code /help} says. */
    List<String> HELP = List.of(
            "what you enter is sent as a line; //text sends the line /text",
            "/raw TEXT   send bytes without a line end; \\r \\n \\t \\\\ and \\x1b stand for what can't be typed",
            "/tls        protect the open connection with TLS",
            "/quit       deliver what was entered, and end; Ctrl-D does the same",
            "a paste of several lines waits for Enter, and its lines are sent as they are",
            "Ctrl-C clears the line, and quits on an empty one; a line that begins with a space is not remembered");

    /** The words that begin with a slash, for completion. */
    List<String> COMMANDS = List.of("/help", "/quit", "/raw", "/tls");

    /** Lines to send, as they are. */
    record Lines(List<String> lines) implements ConsoleEntry {}

    /** Bytes to send without a line end. */
    record Raw(ByteBuffer bytes) implements ConsoleEntry {}

    /** Begin TLS. */
    record Tls() implements ConsoleEntry {}

    /** End. */
    record Quit() implements ConsoleEntry {}

    /** Show {@link #HELP}. */
    record Help() implements ConsoleEntry {}

    /** Nothing that can be done; a sentence says why. */
    record Wrong(String sentence) implements ConsoleEntry {}

    /** Reads an entry. One of several lines was pasted, and holds no commands: nobody meant its slashes for us. */
    static ConsoleEntry parse(String text) {
        if (text.indexOf('\n') >= 0) {
            return new Lines(text.lines().toList());
        }
        if (!text.startsWith("/")) {
            return new Lines(List.of(text));
        }
        if (text.startsWith("//")) {
            return new Lines(List.of(text.substring(1)));
        }
        return command(text);
    }

    private static ConsoleEntry command(String text) {
        String word = text.split(" ", 2)[0];
        String rest = text.substring(word.length());
        if (word.equals("/raw")) {
            return raw(rest.isEmpty() ? rest : rest.substring(1));
        }
        if (COMMANDS.contains(word) && !rest.isBlank()) {
            return new Wrong(word + " takes nothing behind it");
        }
        return switch (word) {
            case "/tls" -> new Tls();
            case "/quit" -> new Quit();
            case "/help" -> new Help();
            default ->
                new Wrong("there is no command '" + word + "'; /help lists them, and //text sends the line /text");
        };
    }

    private static ConsoleEntry raw(String text) {
        if (text.isEmpty()) {
            return new Wrong("/raw needs something to send, such as /raw EHLO me\\r\\n");
        }
        try {
            return new Raw(ByteBuffer.wrap(Escapes.read(text)));
        } catch (Escapes.MalformedException e) {
            return new Wrong(String.valueOf(e.getMessage()));
        }
    }
}
