package dev.bowline.benchmarks.measure;

import dev.bowline.benchmarks.server.FastServer;
import dev.bowline.benchmarks.server.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The {@link FastServer} in a process of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final Child child;

    /** As the server says them, and as a worker is told. */
    private final String portList;

    private final Map<Service, Integer> ports;

    private ServerProcess(Child child, String portList) {
        this.child = child;
        this.portList = portList;
        this.ports = parse(portList);
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param firstPort 0 for any
     */
    static ServerProcess start(Jvm jvm, int firstPort, Pinning pinning) throws IOException, InterruptedException {
        List<String> arguments = firstPort == 0 ? List.of() : List.of(Integer.toString(firstPort));
        Child child = new Child(jvm.start(FastServer.class, pinning, List.of(), arguments));
        try {
            return new ServerProcess(child, child.answer(START_LIMIT));
        } catch (IOException e) {
            child.close();
            throw new IOException("the server did not start: " + e.getMessage() + "\n" + jvm.lastWords(), e);
        }
    }

    static Map<Service, Integer> parse(String portList) {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        for (String entry : portList.split(" ", -1)) {
            int equals = entry.indexOf('=');
            ports.put(Service.valueOf(entry.substring(0, equals)), Integer.valueOf(entry.substring(equals + 1)));
        }
        return ports;
    }

    String portList() {
        return portList;
    }

    int port(Service service) {
        Integer port = ports.get(service);
        if (port == null) {
            throw new IllegalStateException("the server does not offer " + service);
        }
        return port;
    }

    @Override
    public void close() {
        child.close();
    }
}
