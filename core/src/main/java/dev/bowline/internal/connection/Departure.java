package dev.bowline.internal.connection;

import dev.bowline.LossReason;
import dev.bowline.internal.connection.Ending.Output;
import dev.bowline.internal.connection.Ending.Phase;
import dev.bowline.spi.Link;
import java.time.Duration;

/** Does what the {@link Ending} of a connection asks of its link, step by step (rules B3 to B5). Event side. */
final class Departure {
    /** What it leaves by. */
    interface Exit {
        /** The link, once there is one. */
        Link link();

        /** Asked before FIN, until it is so: whether all has left that has to be said before. */
        boolean isGoodbyeSaid();
    }

    /** How long a close waits for the peer's end (B3), and a broken output for the end of the input. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final Ending ending;
    private final Outgoing outgoing;
    private final Incoming incoming;
    private final Deadlines deadlines;
    private final Exit exit;

    Departure(Ending ending, Outgoing outgoing, Incoming incoming, Deadlines deadlines, Exit exit) {
        this.ending = ending;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.deadlines = deadlines;
        this.exit = exit;
    }

    /** All that was written goes, then FIN; input is over. */
    void close(LossReason reason) {
        if (ending.enter(Phase.CLOSING)) {
            ending.closing(reason);
            outgoing.cutOffSource();
            ending.flush();
        }
    }

    /** Nothing more goes. */
    void abort() {
        ending.because(new LossReason.AbortedHere());
        release(false);
    }

    /** All that was written goes, then FIN; input goes on. */
    void shutdownOutput() {
        outgoing.cutOffSource();
        ending.flush();
    }

    /** Input goes on to its end, for a while. */
    void outputFailed() {
        ending.outputFailed();
        outgoing.drop();
        deadlines.schedule(LINGER, () -> release(false));
    }

    /** Takes the next steps, as far as they can be taken now; returns whether it took one. */
    boolean advance() {
        if (ending.phase().compareTo(Phase.RELEASED) >= 0) {
            return false;
        }
        boolean inputOver = ending.inputEnded() && !incoming.holdsBack();
        if (ending.output() == Output.FAILED) {
            return (inputOver || ending.phase() != Phase.OPEN) && release(false);
        }
        if (ending.output() == Output.FLUSHING && outgoing.isDrained() && exit.isGoodbyeSaid()) {
            ending.outputShut();
            exit.link().shutdownOutput();
            return true;
        }
        if (ending.output() != Output.SHUT) {
            return false;
        }
        if (inputOver) {
            return release(true);
        }
        if (ending.phase() == Phase.CLOSING && ending.enter(Phase.FIN_SENT)) {
            deadlines.schedule(LINGER, () -> release(true));
        }
        return false;
    }

    /** Lets the link go, in good order or with a reset; returns whether it had not been let go before. */
    boolean release(boolean orderly) {
        if (!ending.enter(Phase.RELEASED)) {
            return false;
        }
        incoming.stop();
        if (orderly) {
            exit.link().close();
        } else {
            outgoing.drop();
            exit.link().abort();
        }
        return true;
    }
}
