package dev.bowline.integration.documentation;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of the pages is neither run nor compared, and why: a list that names each, so that nothing is forgotten silently. */
final class Unchecked {
    private static final Splitter COLUMNS = Splitter.on(" | ").trimResults();

    /**
     * One of them.
     *
     * @param page its name
     * @param beginning what the command, or the first line of the block, begins with
     */
    private record Entry(String page, String beginning) {}

    private final List<Entry> entries;
    private final Set<Entry> used = new HashSet<>();

    private Unchecked(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * Reads a list: a page, a beginning and a reason in each line that is not empty and no comment.
     *
     * @throws IllegalArgumentException if a line lacks one of them
     */
    static Unchecked parse(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> columns = COLUMNS.splitToList(line);
            if (columns.size() != 3 || columns.stream().anyMatch(String::isEmpty)) {
                throw new IllegalArgumentException(
                        "'" + line + "' has not got three columns: a page, what is not checked on it, and why");
            }
            entries.add(new Entry(columns.get(0), columns.get(1)));
        }
        return new Unchecked(entries);
    }

    /** Whether this command or block of a page is one of them. */
    boolean has(Page page, String beginning) {
        List<Entry> found = entries.stream()
                .filter(entry -> entry.page().equals(page.name()) && beginning.startsWith(entry.beginning()))
                .toList();
        used.addAll(found);
        return !found.isEmpty();
    }

    /** Those that no page had: what they were for is gone. */
    List<String> stale() {
        return entries.stream()
                .filter(entry -> !used.contains(entry))
                .map(entry -> "nothing on " + entry.page() + " begins with '" + entry.beginning()
                        + "', which is said not to be checked")
                .toList();
    }
}
