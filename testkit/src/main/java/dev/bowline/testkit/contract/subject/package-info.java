/** What somebody who writes a transport tells the contract suite about it. */
@NullMarked
package dev.bowline.testkit.contract.subject;

import org.jspecify.annotations.NullMarked;
