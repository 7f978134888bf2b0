package dev.bowline.benchmarks.contender;

/** In what form a session wants the lines it receives. */
public enum Purpose {
    /** Each as a {@code String}. */
    STRINGS,
    /** Each as bytes, and only counted. */
    BYTES,
    /** Nothing will come. */
    SENDING
}
