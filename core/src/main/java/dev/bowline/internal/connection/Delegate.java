package dev.bowline.internal.connection;

import dev.bowline.Protocol;

/** A protocol that speaks for another one: people know that one's name. */
public interface Delegate {
    /** For whom it speaks. */
    Protocol principal();
}
