package dev.bowline.internal.connection;

import dev.bowline.Connection;
import dev.bowline.LossReason;
import dev.bowline.Protocol;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a connection, while it has one: what it throws goes to one place (rule A5), and once it is lost there is
 * nobody to call (rule A4). Event side only.
 */
final class Callee implements Incoming.Receiver {
    private final Connection connection;
    private final Mishaps mishaps;

    private @Nullable Protocol protocol;

    Callee(Connection connection, Mishaps mishaps) {
        this.connection = connection;
        this.mishaps = mishaps;
    }

    /** Who hears of what a protocol throws. */
    interface Mishaps {
        /** A callback threw this. */
        void callbackFailed(Throwable thrown);
    }

    private interface Call {
        void to(Protocol protocol) throws Exception;
    }

    private void call(Call call) {
        Protocol called = protocol;
        if (called == null) {
            return;
        }
        try {
            call.to(called);
        } catch (Throwable failure) {
            mishaps.callbackFailed(failure);
        }
    }

    /** The simple name of its class, for people; of the class above where it has none. */
    String name() {
        Protocol meant = protocol instanceof Delegate delegate ? delegate.principal() : protocol;
        Class<?> named = meant == null ? Protocol.class : meant.getClass();
        while (named.getSimpleName().isEmpty() && named.getSuperclass() != null) {
            named = named.getSuperclass();
        }
        return named.getSimpleName();
    }

    void made(Protocol made) {
        protocol = made;
        call(it -> it.connectionMade(connection));
    }

    @Override
    public void received(ByteBuffer data) {
        call(it -> it.dataReceived(data));
    }

    void inputEnded() {
        call(it -> it.inputEnded(connection));
    }

    void writability(boolean writable) {
        call(it -> it.writabilityChanged(connection, writable));
    }

    /** User code that is not a method of the protocol, and fails like one. */
    void run(Runnable task) {
        call(it -> task.run());
    }

    void lost(LossReason reason) {
        call(it -> it.connectionLost(reason));
    }

    /** Nobody is called any more. */
    void forget() {
        protocol = null;
    }
}
