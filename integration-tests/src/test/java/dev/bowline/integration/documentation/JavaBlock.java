package dev.bowline.integration.documentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a block of Java is: imports for what follows, classes by their names, or the statements of a {@code main}. */
sealed interface JavaBlock {
    /** Static ones, too. */
    record Imports(String text) implements JavaBlock {}

    /** Each as it stands there. */
    record Types(Map<String, String> byName) implements JavaBlock {
        /** Those in which this stands. */
        List<String> namesWith(String text) {
            return byName.entrySet().stream()
                    .filter(type -> type.getValue().contains(text))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** Neither: what the page calls a program's statements. */
    record Statements(String text) implements JavaBlock {}

    /** Types begin at the margin, as javac's own messages about misplaced ones assume, too. */
    Pattern TYPE = Pattern.compile(
            "(?:(?:public|abstract|final|sealed|non-sealed) )*(?:class|interface|record|enum|@interface) (\\w+).*");

    static JavaBlock of(String text) {
        if (text.lines().allMatch(line -> line.isBlank() || line.startsWith("import "))) {
            return new Imports(text);
        }
        if (text.lines().noneMatch(line -> TYPE.matcher(line).matches())) {
            return new Statements(text);
        }
        Map<String, String> types = new LinkedHashMap<>();
        String name = null;
        StringBuilder current = new StringBuilder();
        for (String line : text.lines().toList()) {
            Matcher begin = TYPE.matcher(line);
            if (begin.matches()) {
                name = begin.group(1);
            }
            current.append(line).append('\n');
            boolean isOver = line.equals("}") || (begin.matches() && line.endsWith("}"));
            if (name != null && isOver) {
                types.put(name, current.toString());
                name = null;
                current.setLength(0);
            }
        }
        if (!current.toString().isBlank()) {
            throw new IllegalArgumentException(
                    "classes and other statements are blocks of their own, and a class ends with a brace at the margin");
        }
        return new Types(types);
    }
}
