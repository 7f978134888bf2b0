/** Queues that are wrong on purpose: the contract has to find each, and to say which rule it breaks (rule H2). */
package dev.bowline.testkit.contract.queue.wrong;
