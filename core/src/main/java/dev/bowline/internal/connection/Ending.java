package dev.bowline.internal.connection;

import dev.bowline.LossReason;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection has come towards its end, and what began it. Event side only.
 *
 * <pre>
 *           close             FIN sent            peer's end, 10 s
 *   OPEN ──────────▶ CLOSING ──────────▶ FIN_SENT ──────────────▶ RELEASED ──▶ LOST
 *     │                 │                   │                        ▲          ▲
 *     └─────────────────┴───── abort ───────┴────────────────────────┘          │
 *     └───────────────── the link breaks, from any phase ───────────────────────┘
 *
 *   output:  OPEN ──▶ FLUSHING ──▶ SHUT         (close, shutdownOutput)
 *              └──────────┴──────▶ FAILED       (a write failed; input goes on to its end)
 * </pre>
 */
final class Ending {
    enum Phase {
        /** In use. */
        OPEN,
        /** No input is delivered; what was written is being sent. */
        CLOSING,
        /** FIN is out; what the peer still sends is discarded. */
        FIN_SENT,
        /** The link was told to close or abort. */
        RELEASED,
        /** The link is gone. */
        LOST
    }

    enum Output {
        /** Takes and sends. */
        OPEN,
        /** Sends what it has; FIN follows. */
        FLUSHING,
        /** FIN is out. */
        SHUT,
        /** A write failed. */
        FAILED
    }

    private Phase phase = Phase.OPEN;
    private Output output = Output.OPEN;

    /** The peer has half-closed. */
    private boolean inputEnded;

    private @Nullable LossReason cause;

    Phase phase() {
        return phase;
    }

    Output output() {
        return output;
    }

    /** Whether neither end has begun to leave. */
    boolean isUntouched() {
        return phase == Phase.OPEN && output == Output.OPEN && !inputEnded;
    }

    boolean inputEnded() {
        return inputEnded;
    }

    /** Notes why the connection ends; what was noted first stays. */
    void because(LossReason reason) {
        if (cause == null) {
            cause = reason;
        }
    }

    /** Notes that a timer ends it: also where it was closing in good order, which it then did not do. */
    void timedOut(LossReason reason) {
        if (cause == null || cause instanceof LossReason.ClosedHere) {
            cause = reason;
        }
    }

    /** Notes why it closes in good order: once the peer has ended, that is why, whoever says the word. */
    void closing(LossReason reason) {
        boolean peerWasFirst = inputEnded && reason instanceof LossReason.ClosedHere;
        because(peerWasFirst ? new LossReason.ClosedByPeer() : reason);
    }

    /** The first cause; without one the peer's orderly end is all that happened. */
    LossReason reason() {
        return cause != null ? cause : new LossReason.ClosedByPeer();
    }

    /** Returns whether the phase moved: only forward, so each is entered once. */
    boolean enter(Phase next) {
        if (next.compareTo(phase) <= 0) {
            return false;
        }
        phase = next;
        return true;
    }

    void flush() {
        if (output == Output.OPEN) {
            output = Output.FLUSHING;
        }
    }

    void outputShut() {
        output = Output.SHUT;
    }

    void outputFailed() {
        output = Output.FAILED;
    }

    void peerEnded() {
        inputEnded = true;
    }
}
