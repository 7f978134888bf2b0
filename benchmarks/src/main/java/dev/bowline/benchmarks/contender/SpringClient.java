package dev.bowline.benchmarks.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.integration.ip.tcp.connection.DefaultTcpNetSSLSocketFactorySupport;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpNetClientConnectionFactory;
import org.springframework.integration.ip.tcp.serializer.ByteArrayCrLfSerializer;
import org.springframework.integration.support.MessageBuilder;

/** Spring Integration's connection factory over {@code java.net}, with its CRLF serializer, used without channels around it. */
final class SpringClient implements Contender {
    private static final int LONGEST_LINE = 16 * 1024;

    private final GenericApplicationContext context = new GenericApplicationContext();

    SpringClient() {
        context.refresh();
    }

    @Override
    public Session connect(Remote remote, Purpose purpose, LineListener listener) throws Exception {
        TcpNetClientConnectionFactory factory = new TcpNetClientConnectionFactory(Remote.HOST, remote.port());
        if (remote.tls()) {
            factory.setTcpSocketFactorySupport(new DefaultTcpNetSSLSocketFactorySupport(ClientTls::context));
        }
        ByteArrayCrLfSerializer lines = new ByteArrayCrLfSerializer();
        lines.setMaxMessageSize(LONGEST_LINE);
        factory.setSerializer(lines);
        factory.setDeserializer(lines);
        factory.setSoTcpNoDelay(true);
        factory.setApplicationContext(context);
        factory.setApplicationEventPublisher(context);
        factory.setBeanFactory(context.getBeanFactory());
        TcpConnectionSupport[] connection = new TcpConnectionSupport[1];
        factory.registerListener(message -> {
            byte[] line = (byte[]) message.getPayload();
            if (purpose == Purpose.BYTES) {
                listener.lines(1);
                return;
            }
            String answer = listener.line(new String(line, UTF_8));
            if (answer != null) {
                send(connection[0], answer);
            }
        });
        factory.afterPropertiesSet();
        factory.start();
        connection[0] = factory.getConnection();
        return new Writing(factory, connection[0]);
    }

    private static void send(TcpConnectionSupport connection, String line) {
        connection.send(MessageBuilder.withPayload(line).build());
    }

    @Override
    public void close() {
        context.close();
    }

    private record Writing(TcpNetClientConnectionFactory factory, TcpConnectionSupport connection) implements Session {
        @Override
        public void send(String line) {
            SpringClient.send(connection, line);
        }

        @Override
        public void close() throws IOException {
            connection.close();
            factory.stop();
        }
    }
}
