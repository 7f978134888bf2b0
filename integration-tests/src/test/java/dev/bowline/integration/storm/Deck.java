package dev.bowline.integration.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Cards in an order that dice decide; each comes once before one comes again, so a short storm has some of everything. */
final class Deck<T> {
    private final List<T> cards;
    private final List<T> left = new ArrayList<>();

    Deck(List<T> cards) {
        this.cards = List.copyOf(cards);
    }

    T draw(SplittableRandom dice) {
        if (left.isEmpty()) {
            left.addAll(cards);
        }
        return left.remove(dice.nextInt(left.size()));
    }
}
