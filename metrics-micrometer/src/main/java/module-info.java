/** A client's counters as Micrometer meters. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has only a name
module dev.bowline.metrics.micrometer {
    requires transitive dev.bowline;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports dev.bowline.metrics.micrometer;
}
