package dev.bowline.testkit.contract.queue;

import dev.bowline.queue.MessageQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Notes what a queue tells, on whatever thread, as lines: {@code available}, {@code dropped 3 text}. */
final class RecordingListener implements MessageQueue.Listener {
    /** One thing that was told. */
    record Told(Thread on, String what) {}

    /** Guarded by itself. */
    private final List<Told> told = new ArrayList<>();

    /** A listener of this queue from now on. */
    static RecordingListener of(MessageQueue queue) {
        RecordingListener listener = new RecordingListener();
        queue.listen(listener);
        return listener;
    }

    static String dropped(long number, String text) {
        return "dropped " + number + " " + text;
    }

    @Override
    public void available() {
        note("available");
    }

    @Override
    public void dropped(long number, boolean maybeHandedBefore, ByteBuffer message) {
        note(dropped(number, Taken.text(message)));
    }

    private void note(String what) {
        synchronized (told) {
            told.add(new Told(Thread.currentThread(), what));
        }
    }

    List<Told> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /** All that was told, in order. */
    List<String> heard() {
        return told().stream().map(Told::what).toList();
    }

    /** Of that, the drops. */
    List<String> drops() {
        return heard().stream().filter(what -> what.startsWith("dropped")).toList();
    }
}
