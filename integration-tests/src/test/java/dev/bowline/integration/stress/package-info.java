/** Many connections, faults at random, and rules that are checked at every callback. */
package dev.bowline.integration.stress;
