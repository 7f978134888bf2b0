package dev.bowline.examples.cli;

import dev.bowline.InstalledTransport;
import dev.bowline.Transport;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code bowline transports}: what is on the class path, and which one is picked. */
@Command(
        name = "transports",
        description = {
            "Lists the transports, and says which one is picked and why.",
            "",
            "Listed is what is on the class path. Picked is the usable one of the highest priority, unless the system property bowline.transport names another. "
                    + "Commands that connect take --transport, too."
        },
        footer = "  BOWLINE_OPTS=-Dbowline.transport=nio ./bowline transports")
final class Transports implements Callable<Integer> {
    private static final String PROPERTY = "bowline.transport";

    private final Output out;

    Transports(Streams streams) {
        this.out = streams.out();
    }

    @Override
    public Integer call() throws Exception {
        List<InstalledTransport> installed = Transport.installed();
        int width = installed.stream().mapToInt(t -> t.name().length()).max().orElse(0);
        for (InstalledTransport each : installed) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-" + Math.max(width, 10) + "s  priority %3s  %s",
                    each.name(),
                    // Of one that did not even load, nobody knows.
                    each.priority() == Integer.MIN_VALUE ? "?" : String.valueOf(each.priority()),
                    each.problem().map(why -> "can't be used: " + why).orElse("usable")));
        }
        out.println("picked: " + picked());
        return 0;
    }

    /** Asks the library to pick, instead of repeating here how it does. */
    private static String picked() throws CommandFailedException {
        String property = System.getProperty(PROPERTY, "");
        try (Transport transport = Transport.open()) {
            return transport.name()
                    + (property.isEmpty()
                            ? ", which has the highest priority of those that can be used"
                            : ", which -D" + PROPERTY + " names");
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }
}
