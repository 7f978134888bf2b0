package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.Delivery;
import dev.bowline.framing.DelimiterFraming;
import dev.bowline.line.LineClient;
import dev.bowline.line.LineProtocol;
import dev.bowline.queue.MessageQueue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes a line for delivered when it comes back, byte for byte. Any other answer ends the client: it proves that the
 * server is not the one it was taken for, and sending everything again would bring the same answer again.
 */
final class Echoes implements Answers {
    /** So many characters of a line are shown. */
    private static final int SHOWN = 60;

    /** How many bytes end a line on the wire. */
    private final int endLength;

    private final CompletableFuture<LineClient> opened = new CompletableFuture<>();

    /** Set once, on a connection's event side. */
    private volatile @Nullable String failure;

    /** Set before there is a connection; used on its event side only. */
    private @Nullable EchoQueue sent;

    Echoes(DelimiterFraming framing) {
        this.endLength = framing.encodedLength(0);
    }

    @Override
    public Delivery delivery() {
        return Delivery.confirmed();
    }

    @Override
    public MessageQueue watch(MessageQueue queue) {
        EchoQueue watched = new EchoQueue(queue);
        sent = watched;
        return watched;
    }

    @Override
    public LineProtocol newProtocol() {
        EchoQueue queue = sent;
        if (queue == null) {
            throw new IllegalStateException("there is no queue yet");
        }
        return new Echo(queue);
    }

    @Override
    public void opened(LineClient client) {
        opened.complete(client);
    }

    @Override
    public void finish(LineClient client) {
        Shipment.end(client, Seconds.FOREVER);
    }

    @Override
    public @Nullable String failure() {
        return failure;
    }

    private void noEcho(String what) {
        if (failure == null) {
            failure = "the server is no echo server: it " + what;
            var unused = opened.thenAccept(client -> Shipment.end(client, Duration.ZERO));
        }
    }

    private static String quote(ByteBuffer line) {
        String text = UTF_8.decode(line.duplicate()).toString();
        return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "'";
    }

    private final class Echo extends LineProtocol {
        private final EchoQueue queue;

        Echo(EchoQueue queue) {
            this.queue = queue;
        }

        @Override
        protected void connectionMade() {
            ready();
        }

        @Override
        protected void lineReceived(ByteBuffer line) {
            if (failure != null) {
                return;
            }
            byte[] message = queue.nextOnItsWay();
            if (message == null) {
                noEcho("sent " + quote(line) + " before it got a line");
                return;
            }
            ByteBuffer expected = ByteBuffer.wrap(message, 0, message.length - endLength);
            if (expected.equals(line)) {
                confirm(1);
            } else {
                noEcho("answered " + quote(line) + " to " + quote(expected));
            }
        }

        @Override
        protected void lineReceived(String line) {
            throw new AssertionError("lines are taken as bytes");
        }

        @Override
        protected void lineLengthExceeded(int limit) {
            noEcho("answered a line of more than " + limit + " bytes");
        }
    }
}
