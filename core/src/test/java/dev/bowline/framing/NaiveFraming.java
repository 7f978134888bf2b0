package dev.bowline.framing;

import java.util.List;

/** A framing by its definition, for whole streams: what every decoder and every chunking must agree with. */
interface NaiveFraming {
    /** The framing under test that it defines. */
    Framing framing();

    /** What a {@link ChunkFeeder} notes of a stream. */
    List<String> events(String stream);
}
