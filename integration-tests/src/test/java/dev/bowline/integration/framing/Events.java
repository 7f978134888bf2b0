package dev.bowline.integration.framing;

import java.util.ArrayList;
import java.util.List;

/** What a receiver of lines reported. Raw bytes in succession are one event: where they were cut is the network's affair. */
final class Events {
    static final String EXCEEDED = "exceeded";
    private static final String RAW = "raw bytes ";

    private final List<String> events = new ArrayList<>();

    void line(String line) {
        events.add("line " + line);
    }

    void raw(String bytes) {
        int last = events.size() - 1;
        if (last >= 0 && events.get(last).startsWith(RAW)) {
            events.set(last, events.get(last) + bytes);
        } else {
            events.add(RAW + bytes);
        }
    }

    void exceeded() {
        events.add(EXCEEDED);
    }

    List<String> all() {
        return events;
    }
}
