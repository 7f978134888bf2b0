package dev.bowline.internal.connection;

import org.jspecify.annotations.Nullable;

/** Batches in line, chained to each other: a line costs an idle connection next to nothing, and no garbage under load. */
final class BatchLine {
    private @Nullable Batch first;
    private @Nullable Batch last;
    private int size;

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    /** The one that joined last; null if the line is empty. */
    @Nullable
    Batch last() {
        return last;
    }

    void add(Batch batch) {
        if (last == null) {
            first = batch;
        } else {
            last.behind = batch;
        }
        last = batch;
        size++;
    }

    /** Takes the first out; null if the line is empty. */
    @Nullable
    Batch poll() {
        Batch polled = first;
        if (polled != null) {
            first = polled.behind;
            polled.behind = null;
            last = first == null ? null : last;
            size--;
        }
        return polled;
    }
}
