package dev.bowline.benchmarks.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.mina.core.future.ConnectFuture;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.filter.codec.textline.TextLineCodecFactory;
import org.apache.mina.filter.ssl.SslFilter;
import org.apache.mina.transport.socket.nio.NioSocketConnector;

/**
 * Apache MINA with its text line codec. Its queue has no bound and nothing to wait for, so a sender looks at how much is scheduled.
 */
final class MinaClient implements Contender {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final long MOST_SCHEDULED_BYTES = 1 << 20;
    private static final long PAUSE_NANOS = 50_000;
    private static final int LIMIT_SECONDS = 30;

    private static final AttributeKey LISTENER = new AttributeKey(MinaClient.class, "listener");

    private final NioSocketConnector connector = new NioSocketConnector(1);

    @Override
    public Session connect(Remote remote, Purpose purpose, LineListener listener) {
        if (purpose == Purpose.BYTES) {
            throw new UnsupportedOperationException("its codec gives lines as text only");
        }
        TextLineCodecFactory codec = new TextLineCodecFactory(UTF_8, "\r\n", "\r\n");
        codec.setDecoderMaxLineLength(LONGEST_LINE);
        prepare(remote.tls(), codec);
        ConnectFuture connecting =
                connector.connect(remote.address(), (session, future) -> session.setAttribute(LISTENER, listener));
        connecting.awaitUninterruptibly(LIMIT_SECONDS, TimeUnit.SECONDS);
        return new Writing(connecting.getSession());
    }

    /** Once: all connections of a contender are of one kind. */
    private void prepare(boolean tls, TextLineCodecFactory codec) {
        if (connector.getHandler() != null) {
            return;
        }
        if (tls) {
            connector.getFilterChain().addLast("tls", new SslFilter(ClientTls.context()));
        }
        connector.getFilterChain().addLast("lines", new ProtocolCodecFilter(codec));
        connector.getSessionConfig().setTcpNoDelay(true);
        connector.setHandler(new Lines());
    }

    private static final class Lines extends IoHandlerAdapter {
        @Override
        public void messageReceived(IoSession session, Object line) {
            String answer = ((LineListener) session.getAttribute(LISTENER)).line((String) line);
            if (answer != null) {
                session.write(answer);
            }
        }

        @Override
        public void exceptionCaught(IoSession session, Throwable cause) {
            session.closeNow();
        }
    }

    @Override
    public void close() {
        connector.dispose();
    }

    private record Writing(IoSession session) implements Session {
        @Override
        public void send(String line) {
            session.write(line);
        }

        @Override
        public void flush() {
            while (session.getScheduledWriteBytes() > MOST_SCHEDULED_BYTES && session.isConnected()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        @Override
        public void close() {
            session.closeNow().awaitUninterruptibly(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
