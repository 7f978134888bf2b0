package dev.bowline.integration.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.ClientFactory;
import dev.bowline.ConnectOptions;
import dev.bowline.Endpoint;
import dev.bowline.Protocol;
import dev.bowline.Transport;
import dev.bowline.line.LineFormat;
import dev.bowline.line.LineProtocol;
import dev.bowline.testkit.ManualClock;
import java.nio.ByteBuffer;
import java.util.List;

/** What {@code line_receiver.py} does, on Bowline: a connection for each stream, over an engine without a network. */
final class BowlineLineReceiver implements AutoCloseable {
    private static final Endpoint ENDPOINT = Endpoint.parse("127.0.0.1:1");

    private final ChunkEngine engine = new ChunkEngine();
    private final Transport transport = Transport.builder()
            .engine(engine)
            .scheduler(new ManualClock())
            .executor(Runnable::run)
            .open();

    List<String> receive(RandomStream stream) {
        Receiver receiver = new Receiver(
                LineFormat.delimitedBy(RandomStream.bytes(stream.delimiter())).withMaxLength(stream.maxLength()));
        ClientFactory factory = new ClientFactory() {
            @Override
            public Protocol buildProtocol(Endpoint remote) {
                return receiver;
            }
        };
        transport.connect(ENDPOINT, factory, ConnectOptions.DEFAULT);
        ChunkEngine.ChunkLink link = engine.open();
        for (String chunk : stream.chunks()) {
            resume(receiver, link);
            link.receive(RandomStream.bytes(chunk));
        }
        resume(receiver, link);
        link.endInput();
        return receiver.events.all();
    }

    private static void resume(Receiver receiver, ChunkEngine.ChunkLink link) {
        while (receiver.paused) {
            link.run(receiver::resume);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private static final class Receiver extends LineProtocol {
        private final Events events = new Events();
        private boolean paused;
        private int wanted;

        Receiver(LineFormat format) {
            super(format.withCharset(ISO_8859_1));
        }

        void resume() {
            paused = false;
            connection().resumeReading();
        }

        @Override
        protected void lineReceived(String line) {
            events.line(line);
            if (line.equals("pause")) {
                paused = true;
                connection().pauseReading();
            } else if (line.equals("close")) {
                close();
            } else if (line.startsWith("raw ")) {
                wanted = Integer.parseInt(line.substring("raw ".length()));
                setRawMode();
            }
        }

        @Override
        protected void rawReceived(ByteBuffer data) {
            byte[] taken = new byte[Math.min(wanted, data.remaining())];
            data.get(taken);
            events.raw(new String(taken, ISO_8859_1));
            wanted -= taken.length;
            if (wanted == 0) {
                setLineMode(data);
            }
        }

        @Override
        protected void lineLengthExceeded(int limit) throws Exception {
            events.exceeded();
            super.lineLengthExceeded(limit);
        }
    }
}
