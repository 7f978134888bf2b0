package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** What goes over TLS, in the clear. Each write makes records of its own. */
final class TlsOutput extends OutputStream {
    private final TlsWire wire;
    private final RecordWriter writer;

    TlsOutput(TlsWire wire, RecordWriter writer) {
        this.wire = wire;
        this.writer = writer;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int at, int count) throws IOException {
        wire.handshake();
        writer.write(ByteBuffer.wrap(from, at, count));
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
