package dev.bowline.testkit.contract.subject;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A network whose peers are servers that speak TLS. */
record SecuredNetwork(Network beneath, SSLContext context, SSLParameters parameters) implements Network {
    @Override
    public Listener listen(SocketAddress at, int window) throws IOException {
        return new SecuredListener(this, beneath.listen(at, window));
    }

    @Override
    public Listener silent() throws IOException {
        return beneath.silent();
    }

    private record SecuredListener(SecuredNetwork network, Listener beneath) implements Listener {
        @Override
        public SocketAddress address() {
            return beneath.address();
        }

        @Override
        public Wire accept(Duration patience) throws IOException {
            return TlsWire.server(beneath.accept(patience), network.context, network.parameters);
        }

        @Override
        public void close() throws IOException {
            beneath.close();
        }
    }
}
