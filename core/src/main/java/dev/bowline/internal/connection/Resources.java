package dev.bowline.internal.connection;

import dev.bowline.Scheduler;
import dev.bowline.internal.tls.TlsResources;

/**
 * What the connections of one transport share.
 *
 * @param scheduler its clock
 * @param batches buffers for output
 * @param tls what TLS needs beside
 */
public record Resources(Scheduler scheduler, BatchPool batches, TlsResources tls) {}
