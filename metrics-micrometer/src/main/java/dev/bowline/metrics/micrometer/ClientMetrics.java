package dev.bowline.metrics.micrometer;

import dev.bowline.ClientCounters;
import dev.bowline.ClientState;
import dev.bowline.line.LineClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * The counters of one client ({@link LineClient#counters}) in a registry. Nothing is counted twice: meters read what the
 * client counts anyway, when the registry asks.
 *
 * <pre>{@code
 * MeterRegistry registry = new SimpleMeterRegistry();
 * new ClientMetrics(client, Tags.of("server", "logs.example")).bindTo(registry);
 * }</pre>
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>name</th><th>kind</th><th>counts</th></tr>
 *   <tr><td>{@code bowline.messages}</td><td>counter, tag {@code outcome}: {@code delivered}, {@code dropped}, {@code
 *   uncertain}</td><td>messages that left the client</td></tr>
 *   <tr><td>{@code bowline.messages.handed.over}</td><td>counter</td><td>messages the operating system took, each
 *   time</td></tr>
 *   <tr><td>{@code bowline.messages.confirmed}</td><td>counter</td><td>messages confirmed by the protocol</td></tr>
 *   <tr><td>{@code bowline.messages.resent}</td><td>counter</td><td>messages handed over again</td></tr>
 *   <tr><td>{@code bowline.queue.messages}, {@code bowline.queue.bytes}</td><td>gauge</td><td>what waits</td></tr>
 *   <tr><td>{@code bowline.attempts}, {@code bowline.connections}, {@code bowline.losses}</td><td>counter</td><td>attempts
 *   to connect, those that did, connections that are over</td></tr>
 *   <tr><td>{@code bowline.ready}</td><td>gauge</td><td>1 while messages flow, else 0</td></tr>
 * </table>
 *
 * <p>The registry does not keep the client alive: once nobody else holds it, its gauges are {@code NaN}.
 */
public final class ClientMetrics implements MeterBinder {
    private final LineClient client;
    private final Iterable<Tag> tags;

    /**
     * Meters of this client.
     *
     * @param client whose counters they are
     * @param tags tell its meters from those of other clients in the registry, which keeps only the first of meters that
     *     are equal
     */
    public ClientMetrics(LineClient client, Iterable<Tag> tags) {
        this.client = client;
        this.tags = tags;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        outcome(registry, "delivered", ClientCounters::delivered);
        outcome(registry, "dropped", ClientCounters::dropped);
        outcome(registry, "uncertain", ClientCounters::uncertain);
        counter("bowline.messages.handed.over", "messages", ClientCounters::handedOver)
                .description("Messages that the operating system took, each time one was")
                .register(registry);
        counter("bowline.messages.confirmed", "messages", ClientCounters::confirmed)
                .description("Messages that the protocol confirmed")
                .register(registry);
        counter("bowline.messages.resent", "messages", ClientCounters::resent)
                .description("Messages handed over again after a loss")
                .register(registry);
        counter("bowline.attempts", "attempts", ClientCounters::attempts)
                .description("Attempts to connect")
                .register(registry);
        counter("bowline.connections", "connections", ClientCounters::connections)
                .description("Attempts that led to a connection")
                .register(registry);
        counter("bowline.losses", "connections", ClientCounters::losses)
                .description("Connections that are over")
                .register(registry);
        gauge("bowline.queue.messages", "messages", it -> it.counters().waiting())
                .description("Messages in the queue, those on their way included")
                .register(registry);
        gauge("bowline.queue.bytes", "bytes", it -> it.counters().waitingBytes())
                .description("What the messages in the queue count against its bound")
                .register(registry);
        Gauge.builder("bowline.ready", client, it -> it.state() == ClientState.READY ? 1 : 0)
                .description("Whether messages flow")
                .tags(tags)
                .register(registry);
    }

    private void outcome(MeterRegistry registry, String outcome, ToDoubleFunction<ClientCounters> value) {
        counter("bowline.messages", "messages", value)
                .description("Messages that left the client")
                .tags(Tags.of("outcome", outcome))
                .register(registry);
    }

    private FunctionCounter.Builder<LineClient> counter(
            String name, String unit, ToDoubleFunction<ClientCounters> value) {
        return FunctionCounter.builder(name, client, it -> value.applyAsDouble(it.counters()))
                .baseUnit(unit)
                .tags(tags);
    }

    private Gauge.Builder<LineClient> gauge(String name, String unit, ToDoubleFunction<LineClient> value) {
        return Gauge.builder(name, client, value).baseUnit(unit).tags(tags);
    }
}
