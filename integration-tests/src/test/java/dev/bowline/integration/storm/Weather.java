package dev.bowline.integration.storm;

import dev.bowline.integration.storm.Trouble.Episode;
import dev.bowline.integration.stress.Violations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Troubles that come and go at random, every few hundred milliseconds. Their schedule is drawn from a seed: this is the one
 * place where time is real on purpose, for a storm is made of bad moments, and no test waits for it. Each trouble has a
 * thread, so that they overlap.
 */
final class Weather {
    private static final int SECONDS_TO_CLEAR = 60;

    private final Violations violations;
    private final List<Front> fronts = new ArrayList<>();
    private final long begun = System.nanoTime();

    /** How often each thing happened. Guarded by this. */
    private final Map<String, Integer> counts = new TreeMap<>();

    /** What happened when. Guarded by this. */
    private final List<String> story = new ArrayList<>();

    Weather(List<Trouble> troubles, SplittableRandom dice, Violations violations) {
        this.violations = violations;
        for (Trouble trouble : troubles) {
            fronts.add(new Front(trouble, dice.split()));
        }
    }

    void begin() {
        fronts.forEach(Front::next);
    }

    /** Ends what is under way, and lets nothing follow. */
    void clear() throws InterruptedException {
        for (Front front : fronts) {
            front.clear();
        }
    }

    private synchronized void tell(Episode episode) {
        counts.merge(episode.what(), 1, Integer::sum);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        story.add(millis + " ms  " + episode.what() + " for " + episode.lasts().toMillis() + " ms");
    }

    /** What happened when, for who looks for a cause. */
    synchronized String story() {
        return String.join("\n    ", story);
    }

    @Override
    public synchronized String toString() {
        return counts.toString();
    }

    /** One trouble, on its thread. */
    private final class Front {
        private final Trouble trouble;
        private final SplittableRandom dice;
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "storm-trouble");
            made.setDaemon(true);
            return made;
        });

        /** Null between two. On the thread. */
        private @Nullable Episode current;

        private Front(Trouble trouble, SplittableRandom dice) {
            this.trouble = trouble;
            this.dice = dice;
        }

        private void next() {
            after(Trouble.millis(dice, 50, 400), this::enter);
        }

        private void after(Duration delay, Runnable step) {
            Runnable unlessCleared = () -> {
                if (!thread.isShutdown()) {
                    reported(step);
                }
            };
            var unused = thread.schedule(unlessCleared, delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void reported(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException broken) {
                violations.add("the weather itself failed: " + broken + "\n    " + story());
            }
        }

        private void enter() {
            Episode episode = trouble.next(dice);
            tell(episode);
            current = episode;
            episode.begin().run();
            after(episode.lasts(), this::leave);
        }

        private void leave() {
            end();
            next();
        }

        private void end() {
            Episode over = current;
            current = null;
            if (over != null) {
                over.end().run();
            }
        }

        private void clear() throws InterruptedException {
            Future<?> cleared = thread.submit(() -> {
                thread.shutdown();
                reported(this::end);
            });
            try {
                cleared.get(SECONDS_TO_CLEAR, TimeUnit.SECONDS);
                thread.shutdownNow(); // forgets what is scheduled
            } catch (ExecutionException | TimeoutException e) {
                violations.add("the weather does not clear up: " + e + "\n    " + story());
            }
        }
    }
}
