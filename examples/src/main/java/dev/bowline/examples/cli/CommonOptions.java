package dev.bowline.examples.cli;

import picocli.CommandLine.Option;

/** What every command understands; {@link Program} adds it to each, and is the only one to look. */
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(names = "--verbose", description = "Show what the library logs, and stack traces.")
    boolean verbose;
}
