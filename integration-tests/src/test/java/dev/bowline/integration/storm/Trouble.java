package dev.bowline.integration.storm;

import java.time.Duration;
import java.util.SplittableRandom;

/** Something that can go wrong in many ways, one at a time. */
interface Trouble {
    /**
     * One way, for a while.
     *
     * @param what in two or three words
     * @param lasts how long
     * @param begin makes it so
     * @param end makes it as it was
     */
    record Episode(String what, Duration lasts, Runnable begin, Runnable end) {}

    /** Draws the next. */
    Episode next(SplittableRandom dice);

    /** A time between the two, in milliseconds. */
    static Duration millis(SplittableRandom dice, int least, int most) {
        return Duration.ofMillis(dice.nextInt(least, most + 1));
    }
}
