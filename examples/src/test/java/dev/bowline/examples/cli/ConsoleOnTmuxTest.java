package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.server.LineServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code console} on a real terminal, in a process of its own. Skipped where there is no tmux. */
class ConsoleOnTmuxTest {
    private static final String LONG = "a text that is too long for a terminal of forty columns";

    @TempDir
    private Path directory;

    @Test
    void aLineIsPaintedAgainWhenTheTerminalChangesItsSize() throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT);
                Tmux terminal = console(server.address())) {
            terminal.type(LONG);
            terminal.awaitLast("> " + LONG);
            terminal.resize(40, 12);
            terminal.awaitLast(("> " + LONG).substring(40));
            terminal.resize(80, 24);
            String entered = paintedOnOneRow(terminal, LONG);
            terminal.press("Enter");
            terminal.await("< " + entered);
        }
    }

    /**
     * A terminal that becomes wider joins the rows of a line by itself, before the console knows of it: so the line is cleared and
     * painted until the console does it on one row. What is typed behind tells the one painting from the other.
     */
    private static String paintedOnOneRow(Tmux terminal, String line) throws Exception {
        String typed = "";
        String last;
        do {
            typed += "!";
            terminal.press("C-l");
            terminal.type("!");
            last = terminal.awaitLastEndingIn(typed);
        } while (!last.equals("> " + line + typed));
        return line + typed;
    }

    @Test
    void tenThousandLinesCanBePasted() throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT);
                Tmux terminal = console(server.address())) {
            terminal.paste(tenThousandLines(), true);
            terminal.awaitLast("> [paste 1: 10000 lines]");
            terminal.press("Enter");
            terminal.await("< line 10000");
            terminal.awaitLast(">");
        }
    }

    @Test
    void tenThousandLinesCanBePastedWhereNobodyMarksThem() throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT);
                Tmux terminal = console(server.address())) {
            terminal.paste(tenThousandLines(), false);
            terminal.await("< line 10000");
            terminal.awaitLast(">");
            assertThat(terminal.scrollback())
                    .as("nothing is echoed while no line is edited")
                    .allMatch(line -> line.matches("(\\* .*|[<>] line [0-9]+|>|)"));
        }
    }

    @Test
    void aServerThatDiesAndComesBackIsShownAndTheLineBeingEditedStays() throws Exception {
        LineServer first = LineServer.start(SerialServer.ANY_PORT);
        try (Tmux terminal = console(first.address())) {
            terminal.type("half a li");
            terminal.awaitLast("> half a li");
            first.close();
            terminal.await("* connection lost: ");
            terminal.await("refused by ");
            terminal.awaitLast("> half a li");
            terminal.type("ne");
            terminal.press("Enter");
            terminal.await("* there is no connection: what is entered waits for one");
            try (LineServer second = LineServer.start(first.address())) {
                terminal.await("again; the line that waited can go");
                terminal.await("< half a line");
            }
        } finally {
            first.close();
        }
    }

    @Test
    void ctrlCClearsThenQuitsAndTheTerminalIsAsItWas() throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT);
                Tmux terminal = console(server.address())) {
            terminal.type("abandoned");
            terminal.awaitLast("> abandoned");
            terminal.press("C-c");
            terminal.awaitLast(">");
            terminal.press("C-c");
            terminal.await("exit code 0: icanon echo");
        }
    }

    @Test
    void ctrlDQuits() throws Exception {
        try (LineServer server = LineServer.start(SerialServer.ANY_PORT);
                Tmux terminal = console(server.address())) {
            terminal.type("hello");
            terminal.press("Enter");
            terminal.await("< hello");
            terminal.awaitLast(">");
            terminal.press("C-d");
            terminal.await("exit code 0: icanon echo");
        }
    }

    private Path tenThousandLines() throws Exception {
        String lines = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
        return Files.writeString(directory.resolve("lines"), lines);
    }

    /** Connected, and ready for keys. At its end it tells the exit code and how the terminal is set. */
    private Tmux console(InetSocketAddress server) throws Exception {
        String run = "XDG_STATE_HOME='" + directory + "' " + Shell.command() + " console 127.0.0.1:" + server.getPort();
        String end = "echo exit code $?: $(stty -a | grep -o -w -e '[-]*icanon' -e '[-]*echo'); exec cat";
        Path script = Files.writeString(directory.resolve("script"), "trap : INT\n" + run + "\n" + end + "\n");
        Tmux terminal = Tmux.start(directory, "exec sh '" + script + "'");
        terminal.await("* connected to ");
        terminal.awaitLast(">");
        return terminal;
    }
}
