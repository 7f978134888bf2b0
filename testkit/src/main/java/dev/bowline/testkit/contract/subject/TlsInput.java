package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.io.InputStream;

/** What comes over TLS, in the clear. */
final class TlsInput extends InputStream {
    private final TlsWire wire;
    private final RecordReader reader;

    TlsInput(TlsWire wire, RecordReader reader) {
        this.wire = wire;
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
        return most == 0 ? 0 : reader.read(into, at, most);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
