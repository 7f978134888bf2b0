/** What a user's program logs, wherever {@link System.Logger} leads, held against docs/logging.md. */
package dev.bowline.integration.logging;
