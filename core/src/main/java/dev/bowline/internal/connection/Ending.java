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
 *
 *   input:   OPEN ──▶ ENDED or TRUNCATED ──▶ TOLD
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

    enum Input {
        /** More may come. */
        OPEN,
        /** The peer has half-closed. */
        ENDED,
        /** The peer's end came without the word of TLS that says so (G3). */
        TRUNCATED,
        /** The end was dealt with, after all input before it. */
        TOLD
    }

    private Phase phase = Phase.OPEN;
    private Output output = Output.OPEN;
    private Input input = Input.OPEN;

    private @Nullable LossReason cause;

    Phase phase() {
        return phase;
    }

    Output output() {
        return output;
    }

    /** Whether neither end has begun to leave. */
    boolean isUntouched() {
        return phase == Phase.OPEN && output == Output.OPEN && input == Input.OPEN;
    }

    boolean inputEnded() {
        return input != Input.OPEN;
    }

    /** Whether the peer's end waits to be dealt with. */
    boolean isInputEndUntold() {
        return input == Input.ENDED || input == Input.TRUNCATED;
    }

    /** The peer's end is dealt with from here on; returns whether it was a truncation. */
    boolean tellInputEnd() {
        boolean truncated = input == Input.TRUNCATED;
        input = Input.TOLD;
        return truncated;
    }

    /** Notes why the connection ends; what was noted first stays. */
    void because(LossReason reason) {
        if (cause == null) {
            cause = reason;
        }
    }

    /** Notes what breaks it: also where it was closing in good order, which it then did not do. */
    void broken(LossReason reason) {
        if (cause == null || cause instanceof LossReason.ClosedHere) {
            cause = reason;
        }
    }

    /** Notes why it closes in good order: once the peer has ended, that is why, whoever says the word. */
    void closing(LossReason reason) {
        boolean peerWasFirst = inputEnded() && reason instanceof LossReason.ClosedHere;
        if (!peerWasFirst) {
            because(reason);
        } else {
            because(input == Input.TRUNCATED ? new LossReason.Truncated() : new LossReason.ClosedByPeer());
        }
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
        inputEnded(Input.ENDED);
    }

    void peerTruncated() {
        inputEnded(Input.TRUNCATED);
    }

    private void inputEnded(Input how) {
        if (input == Input.OPEN) {
            input = how;
        }
    }
}
