package dev.bowline.examples.server;

/** Something long or paced that a connection sends piece by piece. */
record Source(Pieces pieces, Kind kind) {
    enum Kind {
        /** A flood: lines are taken meanwhile, and their answers go between the pieces. */
        BESIDE,
        /** An answer too long to lie in memory: no line is taken before its end. */
        ORDERED,
        /** The same, and each piece leaves alone, with some time before it. */
        SPACED
    }
}
