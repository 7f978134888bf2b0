package dev.bowline.internal.tls;

import dev.bowline.TlsException;

/** How the two directions of a TLS link end, and what its user knows of that (rule G3). Event side. */
final class Farewell {
    private enum End {
        NONE,
        /** It has come, or is wanted. */
        DUE,
        /** The user knows. */
        TOLD
    }

    private final TlsUser user;
    private final RecordLayer records;
    private final Peer peer;

    /** By close_notify. */
    private End output = End.NONE;

    /** By close_notify or without. */
    private End input = End.NONE;

    Farewell(TlsUser user, RecordLayer records, Peer peer) {
        this.user = user;
        this.records = records;
        this.peer = peer;
    }

    /** The input of the link below has ended; returns whether that is new. */
    boolean inputEnded() {
        boolean isNew = input == End.NONE;
        if (isNew) {
            input = End.DUE;
        }
        return isNew;
    }

    /** Says close_notify; the next steps do it. Returns whether that is new. */
    boolean endOutput() {
        boolean isNew = output == End.NONE;
        if (isNew) {
            output = End.DUE;
            records.endOutput();
        }
        return isNew;
    }

    /** Whether close_notify is out, and the user was told. */
    boolean isOutputOver() {
        return output == End.TOLD;
    }

    /** Tells the user that close_notify is out, once it is. */
    boolean tellOutput() {
        boolean due = output == End.DUE && records.isOutputOver();
        if (due) {
            output = End.TOLD;
            user.outputEnded();
        }
        return due;
    }

    /**
     * Tells the user of the input's end, once all before it was delivered.
     *
     * @param shaking whether the handshake is under way, which such an end breaks off
     */
    boolean tellInput(boolean shaking) throws TlsException {
        boolean announced = records.isInputOver();
        if (input == End.TOLD || !(announced || (input == End.DUE && records.mayDecrypt()))) {
            return false;
        }
        if (shaking) {
            throw peer.brokenOff(null);
        }
        input = End.TOLD;
        if (announced) {
            user.inputEnded();
        } else {
            user.inputTruncated();
        }
        return true;
    }
}
