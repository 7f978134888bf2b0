package dev.bowline.testkit.contract.support;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What happened, in order, written down by callbacks on any thread and awaited by a test. */
public final class EventLog {
    private final Object lock = new Object();

    /** Guarded by lock. */
    private final List<String> events = new ArrayList<>();

    /** Something happened. */
    public void add(String event) {
        synchronized (lock) {
            events.add(event);
            lock.notifyAll();
        }
    }

    /** Forgets all so far. */
    public void clear() {
        synchronized (lock) {
            events.clear();
        }
    }

    /** All so far. */
    public List<String> events() {
        synchronized (lock) {
            return List.copyOf(events);
        }
    }

    /** How often it happened so far. */
    public int count(String event) {
        synchronized (lock) {
            return (int) events.stream().filter(event::equals).count();
        }
    }

    /** Waits until it has happened. */
    public EventLog await(String event) {
        return await(event, 1);
    }

    /** Waits until it has happened so often. */
    public EventLog await(String event, int times) {
        Waiting.until(lock, () -> count(event) >= times, () -> times + " × '" + event + "' in " + events);
        return this;
    }

    /** Waits until what has happened is as a test wants it; looked at whenever something happens. */
    public List<String> awaitThat(Predicate<List<String>> wanted) {
        Waiting.until(lock, () -> wanted.test(events), () -> "what was awaited in " + events);
        return events();
    }

    /** Waits until so many things have happened in all. */
    public List<String> awaitSize(int size) {
        Waiting.until(lock, () -> events.size() >= size, () -> size + " events in " + events);
        return events();
    }

    @Override
    public String toString() {
        return events().toString();
    }
}
