package dev.bowline.internal.tls;

import dev.bowline.Scheduler;
import java.util.concurrent.Executor;

/**
 * What TLS needs of a transport.
 *
 * @param scheduler its clock
 * @param tasks runs what takes long: checks of certificates, and reading files
 * @param plain buffers for what was decrypted
 * @param records buffers for records on their way out
 */
public record TlsResources(Scheduler scheduler, Executor tasks, BufferPool plain, BufferPool records) {
    /** With buffers of its own. */
    public TlsResources(Scheduler scheduler, Executor tasks) {
        this(scheduler, tasks, BufferPool.forPlainText(), BufferPool.forRecords());
    }
}
