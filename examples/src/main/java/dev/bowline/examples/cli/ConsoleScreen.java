package dev.bowline.examples.cli;

import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** A terminal with an editor at its bottom, and above that what was sent, received and happened. Made by who reads from it. */
final class ConsoleScreen implements AutoCloseable {
    private final Palette palette;
    private final Editor editor;
    private final LinesAbove above;

    ConsoleScreen(Terminal terminal, Palette palette, HistoryFile history) {
        this.palette = palette;
        this.editor = new Editor(terminal, history, this::say);
        this.above = new LinesAbove(editor::printAbove);
        editor.loadHistory();
    }

    /**
     * Shows a line; may wait for the terminal. From any thread.
     *
     * @param text printable: what {@link Escapes} made
     */
    void show(Palette.Kind kind, String text) {
        above.add(palette.line(kind, text));
    }

    /** Tells what has happened. From any thread. */
    void say(String sentence) {
        show(Palette.Kind.STATE, Escapes.sentence(sentence));
    }

    /** See {@link Editor#next}. */
    @Nullable
    String next() {
        return editor.next();
    }

    /** Ends the editing, and interrupts who reads. From any thread. */
    void stop() {
        editor.stop();
    }

    /** Waits until all is shown. */
    @Override
    public void close() {
        above.close();
    }
}
