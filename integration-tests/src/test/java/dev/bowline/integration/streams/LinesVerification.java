package dev.bowline.integration.streams;

import dev.bowline.Endpoint;
import dev.bowline.Transport;
import dev.bowline.line.LineConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeClass;

/** The rules of Reactive Streams for publishers, held against the lines of real connections. */
abstract class LinesVerification extends FlowPublisherVerification<String> {
    /** For what must happen on a machine under load; for what must not, long enough to be seen. */
    private static final long PATIENCE_MILLIS = 3_000;

    private static final long SILENCE_MILLIS = 100;

    private final String name;

    /** What the test of the moment opened; closed the other way round. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private Transport transport;

    LinesVerification(String transport) {
        super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS), PATIENCE_MILLIS);
        this.name = transport;
    }

    @BeforeClass
    public void open() {
        transport = Transport.open(name);
    }

    @AfterClass
    public void close() {
        transport.close();
    }

    @AfterMethod
    public void closeWhatTheTestOpened() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Override
    public Flow.Publisher<String> createFlowPublisher(long lines) {
        return connect(lines).lines();
    }

    /** One whose connection is over already. */
    @Override
    public Flow.Publisher<String> createFailedFlowPublisher() {
        LineConnection over = connect(1);
        over.close();
        return over.lines();
    }

    private LineConnection connect(long lines) {
        try {
            LineSource source = new LineSource(lines);
            opened.push(source);
            LineConnection connection = LineConnection.builder(Endpoint.parse(source.endpoint()))
                    .transport(transport)
                    .open();
            opened.push(connection);
            return connection;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
