/** Pages of the documentation, held against what they say: their commands and programs are run, and what comes out is compared. */
@NullMarked
package dev.bowline.integration.documentation;

import org.jspecify.annotations.NullMarked;
