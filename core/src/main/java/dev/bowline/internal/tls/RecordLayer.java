package dev.bowline.internal.tls;

import dev.bowline.TlsException;
import dev.bowline.spi.Link;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The TLS engine of one connection, with the records that go in and come out of it. It does no IO: its owner asks for one
 * step after the other for as long as one gets anywhere. Event side.
 */
final class RecordLayer {
    /** So many records that want an answer are read while none can be written: a peer could go on asking for ever. */
    private static final int MOST_ANSWERS_OWED = 64;

    /** Who hears of what comes of the steps; the steps go on when it returns, unless it has stopped them. */
    interface Listener {
        /** The handshake is over; called once. */
        void finished();

        /** The engine's tasks have run: there are steps to take. */
        void tasksDone();

        /** One of the engine's tasks threw, which it should not. */
        void taskFailed(Throwable thrown);

        /** Gets what was in some records; valid during the call. */
        void deliver(ByteBuffer plain);
    }

    private final Handshake handshake;
    private final SSLEngine engine;
    private final Listener listener;
    private final CipherInput input;
    private final CipherOutput output;
    private final DelegatedTasks tasks;

    /** The handshake is over. */
    private boolean open;

    /** A record came. */
    private boolean heard;

    /** No step gets anywhere any more. */
    private boolean stopped;

    /** The peer is to be told what went wrong. */
    private boolean broken;

    /** Records that want an answer, since one could be written. */
    private int answersOwed;

    /** @param eventSide where it goes on when the engine's tasks have run elsewhere */
    RecordLayer(Handshake handshake, TlsResources resources, Listener listener, Executor eventSide) {
        this.handshake = handshake;
        this.engine = handshake.client().engine();
        this.listener = listener;
        this.input = new CipherInput(resources.plain());
        this.output = new CipherOutput(resources.records());
        this.tasks = new DelegatedTasks(engine, resources.tasks(), eventSide, listener);
    }

    CipherInput input() {
        return input;
    }

    CipherOutput output() {
        return output;
    }

    /** From now on nothing is encrypted or decrypted. */
    void stop() {
        stopped = true;
        input.discard();
    }

    /** The link is done with the records that it had. */
    void written() {
        output.release();
        answersOwed = 0;
    }

    /** Whether the peer has said anything in TLS. */
    boolean hasHeard() {
        return heard;
    }

    boolean isInputOver() {
        return engine.isInboundDone();
    }

    /** Whether close_notify has left, or nothing can any more. */
    boolean isOutputOver() {
        return engine.isOutboundDone() && !output.isOutstanding() && !output.hasRecords();
    }

    /** Whether the peer's end left the user with a write that nothing more of can be sent. */
    boolean isWriteCutOff() {
        return engine.isOutboundDone() && output.hasUnencrypted();
    }

    /** Says close_notify, by the next steps. Not while the user has a write outstanding. */
    void endOutput() {
        if (!output.isAccepted() && !engine.isOutboundDone()) {
            engine.closeOutbound();
        }
    }

    /** Whether the engine waits for something that takes long; it is begun elsewhere. */
    boolean waits() throws TlsException {
        if (!tasks.areRunning() && engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            if (open) {
                throw handshake.peer().renegotiation();
            }
            tasks.run();
        }
        return tasks.areRunning();
    }

    /** Makes records, as many as there is something for, and room. */
    boolean encrypt() throws SSLException {
        boolean moved = false;
        while (!stopped && !output.isOutstanding() && hasSomethingToSay()) {
            SSLEngineResult result = output.wrap(engine);
            if (result.bytesProduced() == 0) {
                break;
            }
            moved = true;
            noteEnd(result);
        }
        return moved;
    }

    private boolean hasSomethingToSay() {
        return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                || (open && output.hasUnencrypted() && !engine.isOutboundDone());
    }

    private void noteEnd(SSLEngineResult result) {
        if (!open && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            open = true;
            listener.finished();
        }
    }

    /** TLS is broken: no more of the user's bytes go, and the peer is to be told why. */
    void breakOff() {
        broken = true;
        output.seal();
    }

    /**
     * Gives the link what has to leave before it closes: the records that were made and, behind them, the alert that says what
     * broke, if there is one. To be called again when the link has written.
     *
     * @return whether the link is writing
     */
    boolean sayLastWords(Link link) {
        if (!output.isOutstanding()) {
            if (broken) {
                encryptAlert();
            }
            output.writeTo(link);
        }
        return output.isOutstanding();
    }

    /** While the engine's tasks run, it would wait. */
    private void encryptAlert() {
        try {
            boolean more = !tasks.areRunning();
            while (more && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                more = output.wrap(engine).bytesProduced() > 0;
            }
        } catch (SSLException sameAgain) {
            // What broke the engine, once more.
        }
    }

    /** Decrypts what arrived, as far as it can be now, and delivers it. */
    boolean decrypt() throws SSLException {
        return !input.isEmpty() && input.decrypt(engine, reader);
    }

    /** Whether what arrives can be decrypted now. */
    boolean mayDecrypt() {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (stopped || engine.isInboundDone() || status == HandshakeStatus.NEED_TASK) {
            return false;
        }
        return open ? answersOwed < MOST_ANSWERS_OWED : status != HandshakeStatus.NEED_WRAP;
    }

    private final CipherInput.Reader reader = new CipherInput.Reader() {
        @Override
        public boolean mayDecrypt() {
            return RecordLayer.this.mayDecrypt();
        }

        @Override
        public void look(ByteBuffer records) throws TlsException {
            if (!open) {
                handshake.peer().checkSpeaksTls(records);
            }
        }

        @Override
        public void decrypted(SSLEngineResult result) {
            heard = true;
            boolean wantsAnswer = result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
            if (open && wantsAnswer && result.bytesProduced() == 0) {
                answersOwed++; // to an update of keys
            }
            noteEnd(result);
        }

        @Override
        public void deliver(ByteBuffer plain) {
            if (!stopped) {
                listener.deliver(plain);
            }
        }
    };
}
