package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a {@link TlsWire} as an operating system closes a socket: whoever closed it goes on, and the rest happens aside. */
final class Closing {
    private static final long MILLIS_TO_SEND = 1_000;

    private final Network.Wire beneath;
    private final RecordWriter writer;
    private final RecordReader reader;

    /** FIN is sent, or can't be. */
    private final CountDownLatch sent = new CountDownLatch(1);

    private Closing(Network.Wire beneath, RecordWriter writer, RecordReader reader) {
        this.beneath = beneath;
        this.writer = writer;
        this.reader = reader;
    }

    /** Returns when close_notify and FIN are under way; or when nobody makes room for them. */
    static void begin(Network.Wire beneath, RecordWriter writer, RecordReader reader) throws IOException {
        Closing closing = new Closing(beneath, writer, reader);
        Thread thread = new Thread(closing::close, "tls-wire-close");
        thread.setDaemon(true);
        thread.start();
        try {
            if (closing.sent.await(MILLIS_TO_SEND, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        beneath.close();
    }

    private void close() {
        try {
            send();
            if (reader.endsWithoutData()) {
                beneath.close();
            } else {
                beneath.reset();
            }
        } catch (IOException gone) {
            closeBeneath();
        }
    }

    private void send() throws IOException {
        try {
            writer.closeNotify();
            beneath.shutdownOutput();
        } finally {
            sent.countDown();
        }
    }

    private void closeBeneath() {
        try {
            beneath.close();
        } catch (IOException gone) {
            // There is nobody left to be told.
        }
    }
}
