package dev.bowline.benchmarks.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bowline.benchmarks.LineText;
import dev.bowline.testkit.TestCertificates;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.parsetools.RecordParser;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Vert.x' NetClient with its RecordParser; a sender waits for the drain handler when the write queue is full, as its manual says. */
@SuppressWarnings("FutureReturnValueIgnored") // as in its manual: what fails, ends the socket
final class VertxClient implements Contender {
    private static final int LIMIT_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    @Override
    public Session connect(Remote remote, Purpose purpose, LineListener listener) throws Exception {
        NetClientOptions options = new NetClientOptions();
        if (remote.tls()) {
            options.setSsl(true)
                    .setHostnameVerificationAlgorithm("HTTPS")
                    .setTrustOptions(new PemTrustOptions().addCertValue(authority()));
        }
        NetClient client = vertx.createNetClient(options);
        NetSocket socket = client.connect(remote.port(), Remote.HOST)
                .onSuccess(made -> made.handler(RecordParser.newDelimited(LineText.END)
                        .handler(line -> received(made, line, purpose, listener))))
                .toCompletionStage()
                .toCompletableFuture()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return new Writing(socket);
    }

    private static Buffer authority() throws CertificateEncodingException {
        String base64 = Base64.getMimeEncoder()
                .encodeToString(TestCertificates.authority().getEncoded());
        return Buffer.buffer("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    private static void received(NetSocket socket, Buffer line, Purpose purpose, LineListener listener) {
        if (purpose == Purpose.BYTES) {
            listener.lines(1);
            return;
        }
        String answer = listener.line(line.toString(UTF_8));
        if (answer != null) {
            socket.write(answer + LineText.END);
        }
    }

    @Override
    public void close() {
        vertx.close();
    }

    private record Writing(NetSocket socket) implements Session {
        @Override
        public void send(String line) {
            socket.write(line + LineText.END);
        }

        @Override
        public void flush() throws InterruptedException {
            if (socket.writeQueueFull()) {
                Semaphore room = new Semaphore(0);
                socket.drainHandler(nothing -> room.release());
                while (socket.writeQueueFull() && !room.tryAcquire(1, TimeUnit.MILLISECONDS)) {
                    // it may have drained before the handler was there
                }
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
