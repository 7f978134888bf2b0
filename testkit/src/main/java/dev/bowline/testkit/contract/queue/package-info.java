/**
 * What every message queue keeps, as tests (rules E): for somebody who writes one, on disk or on a server (rule E8). One
 * abstract JUnit class per concern, whose tests carry the numbers of the rules in their names. A queue says once how it is opened,
 * and then writes a line for each:
 *
 * <pre>{@code
 * interface OnDisk extends QueueSubject {
 *     @Override
 *     default MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) throws IOException {
 *         return DiskQueue.open(Files.createTempDirectory("queue"), maxBytes, maxMessages, whenFull);
 *     }
 * }
 *
 * class DiskOrderContractTest extends OrderContract implements OnDisk {}
 * }</pre>
 *
 * <p>Where a test waits for a sender to wait, it looks at its thread: a queue lets a sender wait with a limit ({@link
 * java.lang.Thread.State#TIMED_WAITING}) when and only when it waits for room.
 */
@NullMarked
package dev.bowline.testkit.contract.queue;

import org.jspecify.annotations.NullMarked;
