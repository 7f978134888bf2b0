/**
 * What every message queue keeps, as tests (rules E): for somebody who writes one, on disk or on a server (rule E8). One
 * abstract JUnit class per concern, whose tests carry the numbers of the rules in their names. {@link
 * dev.bowline.testkit.contract.queue.QueueSubject} says how to begin.
 *
 * <p>Where a test waits for a sender to wait, it looks at its thread: a queue lets a sender wait with a limit ({@link
 * java.lang.Thread.State#TIMED_WAITING}) when and only when it waits for room.
 */
@NullMarked
package dev.bowline.testkit.contract.queue;

import org.jspecify.annotations.NullMarked;
