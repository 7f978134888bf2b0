package dev.bowline.examples.cli;

import java.io.IOError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** The line being edited at the bottom of a terminal, and the history behind it. */
final class Editor {
    private static final String PROMPT = "> ";

    private final HistoryFile file;
    private final Consumer<String> complaints;
    private final Pastes pastes = new Pastes();
    private final LineReaderImpl reader;
    private final TypedAhead ahead;

    /** Who reads; to be interrupted. */
    private final Thread thread = Thread.currentThread();

    private volatile boolean stopped;
    private boolean fileFailed;

    /**
     * An editor for the calling thread.
     *
     * @param complaints gets a sentence when the history can't be kept
     */
    Editor(Terminal terminal, HistoryFile file, Consumer<String> complaints) {
        this.file = file;
        this.complaints = complaints;
        // A line is a line: no quotes, escapes or brackets, and no exclamation mark that recalls another.
        DefaultParser parser = new DefaultParser()
                .quoteChars(new char[0])
                .escapeChars(new char[0])
                .lineCommentDelims(new String[0]);
        this.reader = (LineReaderImpl) LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(parser)
                .history(pastes.new History())
                .completer(new StringsCompleter(ConsoleEntry.COMMANDS))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .variable(LineReader.HISTORY_SIZE, HistoryFile.LINES)
                .variable(LineReader.BELL_STYLE, "none")
                .build();
        pastes.watch(reader);
        bindArrows();
        this.ahead = new TypedAhead(reader::peekCharacter, reader::readCharacter);
        // Between two lines, too, what is typed is not echoed, and Ctrl-C does not end the JVM at once.
        terminal.enterRawMode();
        terminal.handle(Terminal.Signal.INT, signal -> stop());
    }

    /** In both forms: a terminal that has just been told of the one may still send the other. */
    private void bindArrows() {
        KeyMap<Binding> keys = Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
        keys.bind(new Reference(LineReader.UP_LINE_OR_HISTORY), "\033[A", "\033OA");
        keys.bind(new Reference(LineReader.DOWN_LINE_OR_HISTORY), "\033[B", "\033OB");
        keys.bind(new Reference(LineReader.FORWARD_CHAR), "\033[C", "\033OC");
        keys.bind(new Reference(LineReader.BACKWARD_CHAR), "\033[D", "\033OD");
    }

    /** Prints lines, with their ends, above the one being edited. From any thread. */
    void printAbove(String lines) {
        reader.printAbove(lines);
    }

    /** Waits for the next entry; null when there is none: Ctrl-C or Ctrl-D on an empty line, or {@link #stop}. */
    @Nullable
    String next() {
        while (!stopped) {
            try {
                int latest = reader.getHistory().last();
                String entered = ahead.readLine();
                if (entered == null) {
                    entered = reader.readLine(PROMPT, (Character) null, ahead.takeRest());
                } else {
                    reader.getHistory().add(entered);
                }
                if (reader.getHistory().last() != latest) { // else it is none to remember
                    remember(entered);
                }
                return pastes.expand(entered);
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) {
                    return null;
                }
                pastes.expand(""); // forgets them
            } catch (EndOfFileException e) {
                return null;
            } catch (IOError e) {
                if (!(e.getCause() instanceof InterruptedIOException)) {
                    return null; // the terminal is gone
                }
            }
        }
        return null;
    }

    /** Ends the editing, whatever is on the line. From any thread. */
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    /** Recalls what was entered in earlier runs. */
    void loadHistory() {
        try {
            reader.getHistory().attach(reader);
            file.load().forEach(reader.getHistory()::add);
        } catch (IOException | RuntimeException e) {
            fileFailed(e);
        }
    }

    private void remember(String entered) {
        if (!fileFailed) {
            try {
                file.append(entered);
            } catch (IOException e) {
                fileFailed(e);
            }
        }
    }

    private void fileFailed(Exception e) {
        fileFailed = true;
        complaints.accept("the history is not kept: " + e.getMessage());
    }
}
