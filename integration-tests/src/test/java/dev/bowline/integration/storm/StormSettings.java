package dev.bowline.integration.storm;

import java.time.Duration;

/**
 * How long and how hard, and by which dice. {@code -Dbowline.storm.seed=…} throws those of another run: the same faults at
 * the same times, though what they hit is up to threads and the network.
 *
 * @param lines how many each client sends; {@code -Dbowline.storm.lines}
 * @param time how long faults go on; {@code -Dbowline.storm.seconds}. Lines are spread over it
 */
record StormSettings(long seed, int lines, Duration time) {
    static StormSettings fromProperties(int seconds) {
        return new StormSettings(
                Long.getLong("bowline.storm.seed", System.nanoTime()),
                Integer.getInteger("bowline.storm.lines", 20_000),
                Duration.ofSeconds(Integer.getInteger("bowline.storm.seconds", seconds)));
    }

    @Override
    public String toString() {
        return "-Dbowline.storm.seed=" + seed + " -Dbowline.storm.lines=" + lines + " -Dbowline.storm.seconds="
                + time.toSeconds();
    }
}
