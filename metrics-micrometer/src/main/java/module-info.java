/**
 * A client's counters as Micrometer meters.
 *
 * <pre>{@code
 * MeterRegistry registry = new SimpleMeterRegistry();
 * new ClientMetrics(client, Tags.empty()).bindTo(registry);
 * }</pre>
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has only a name
module dev.bowline.metrics.micrometer {
    requires transitive dev.bowline;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports dev.bowline.metrics.micrometer;
}
