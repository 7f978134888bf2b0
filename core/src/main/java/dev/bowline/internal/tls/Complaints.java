package dev.bowline.internal.tls;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Warns of files that have changed and can't be read: once, not at every connection. Guarded by its owner's lock. */
final class Complaints {
    private final System.Logger log;

    /** What was said last, until the files can be read again. */
    private final Map<List<Path>, String> said = new HashMap<>();

    Complaints(System.Logger log) {
        this.log = log;
    }

    void about(List<Path> files, IOException cause) {
        String sentence = Printable.message(cause);
        if (!sentence.equals(said.put(files, sentence))) {
            String names = files.stream().map(Path::toString).collect(Collectors.joining(" and "));
            log.log(Level.WARNING, names + " changed, and what was read before stays in use: " + sentence);
        }
    }

    void settled(List<Path> files) {
        said.remove(files);
    }
}
