package dev.bowline.examples.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What one connection's lines mean: echoes, keeps the ledger, obeys commands. */
final class Session {
    private static final int LONGEST_FLOOD_LINE = 1048576;

    private final LineConnection connection;
    private final int number;
    private final @Nullable Ledger ledger;
    /** Where in the ledger this connection's entries can begin. */
    private final long ledgerStart;

    private final CRC32 checksum = new CRC32();
    private int lines;
    private int muted;
    private int rawLength;
    private int rawLeft;

    Session(LineConnection connection, int number, @Nullable Ledger ledger) throws IOException {
        this.connection = connection;
        this.number = number;
        this.ledger = ledger;
        ledgerStart = ledger == null ? 0 : ledger.size();
    }

    /** Takes one line, or some raw bytes; false if what is there is not enough. */
    boolean take(Input input) throws IOException {
        if (rawLeft > 0) {
            return takeRaw(input);
        }
        if (!input.findLine()) {
            return false;
        }
        takeLine(input.bytes(), input.lineStart(), input.lineEnd());
        input.removeLine();
        return true;
    }

    private boolean takeRaw(Input input) {
        rawLeft -= input.takeRaw(rawLeft, checksum);
        if (rawLeft == 0) {
            answerRaw();
            return true;
        }
        return false;
    }

    private void takeLine(byte[] bytes, int from, int to) throws IOException {
        lines++;
        if (ledger != null) {
            ledger.append(number, bytes, from, to);
        }
        if (from < to && bytes[from] == '!') {
            if (ledger != null) {
                ledger.flush(); // written before it is obeyed; other lines need it only before their answers leave
            }
            obey(new String(bytes, from, to - from, ISO_8859_1));
        } else if (muted > 0) {
            muted--;
        } else {
            connection.answer(bytes, from, to + 2);
        }
    }

    private void answer(String line) {
        byte[] bytes = (line + "\r\n").getBytes(ISO_8859_1);
        connection.answer(bytes, 0, bytes.length);
    }

    private void obey(String line) throws IOException {
        Command command = Command.of(line);
        if (command == null) {
            answer("? There is no such command.");
            return;
        }
        Matcher fields = command.fields(line);
        if (!fields.matches()) {
            answer("? Usage: " + command.usage());
            return;
        }
        int first = fields.groupCount() == 0 ? 0 : Integer.parseInt(fields.group(1));
        switch (command) {
            case CLOSE -> connection.close();
            case ABORT -> connection.abort();
            case HALF -> half();
            case FLOOD -> flood(first, Integer.parseInt(fields.group(2)));
            case LONG -> connection.feedInOrder(Pieces.fill(first), Source.Kind.ORDERED);
            case SPLIT -> split(first, fields.group(2));
            case PAUSE -> connection.pause(Duration.ofMillis(first));
            case RAW -> raw(first);
            case MUTE -> muted = first;
            case COUNT -> answer("count " + lines);
            case LEDGER -> showLedger();
            case STARTTLS -> startTls();
        }
    }

    private void half() {
        if (connection.isProtected()) {
            answer("? Under TLS nothing is half-closed.");
        } else {
            connection.half();
        }
    }

    private void startTls() {
        if (connection.isProtected()) {
            answer("? This connection speaks TLS already.");
        } else if (!connection.canBeProtected()) {
            answer("? This server speaks no TLS.");
        } else if (connection.isSending()) {
            answer("starttls");
            connection.startTls();
        }
    }

    private void flood(int count, int size) {
        if (size < String.valueOf(count).length() || size > LONGEST_FLOOD_LINE) {
            answer("? SIZE must hold the digits of N and be " + LONGEST_FLOOD_LINE + " or less.");
        } else {
            connection.feed(Pieces.together(Pieces.numberedLines(count, size)));
        }
    }

    private void split(int size, String line) {
        if (size == 0) {
            answer("? N must be 1 or more.");
        } else {
            byte[] bytes = (line + "\r\n").getBytes(ISO_8859_1);
            connection.feedInOrder(Pieces.slices(bytes, size), Source.Kind.SPACED);
        }
    }

    private void raw(int length) {
        rawLength = length;
        rawLeft = length;
        checksum.reset();
        if (length == 0) {
            answerRaw();
        }
    }

    private void answerRaw() {
        answer("raw %d %08x".formatted(rawLength, checksum.getValue()));
    }

    private void showLedger() {
        if (ledger == null) {
            answer("? This server keeps no ledger.");
            return;
        }
        answer("ledger " + number + " " + lines);
        Pieces entries = ledger.linesOf(number, ledgerStart, lines);
        connection.feedInOrder(Pieces.together(entries), Source.Kind.ORDERED);
    }
}
