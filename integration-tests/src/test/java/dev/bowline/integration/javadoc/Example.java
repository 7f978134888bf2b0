package dev.bowline.integration.javadoc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Code that a Javadoc comment shows: a pre element with a code tag inside.
 *
 * @param where the comment is: a type, with the member or {@code package-info} behind it
 * @param type the full name of the type of which it is the comment's own; null elsewhere
 * @param code as it stands there
 */
record Example(String where, @Nullable String type, String code) {
    private static final String IMPORT = "import ";

    /** Those that it begins with. */
    List<String> imports() {
        return code.lines().filter(line -> line.startsWith(IMPORT)).toList();
    }

    /** What is not imports. */
    String body() {
        return String.join(
                "\n", code.lines().filter(line -> !line.startsWith(IMPORT)).toList());
    }
}
