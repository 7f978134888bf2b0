package dev.bowline.integration.documentation;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The Java of a page, as its reader collects it: all imports, and each class as it was last shown. A block of statements is the
 * body of a {@code main}, in a class {@code Main}.
 */
final class Sources {
    static final String MAIN = "Main";

    /** What a page that shows no imports leaves to its reader. */
    private static final String COMMON = """
            import dev.bowline.*;
            import dev.bowline.line.*;
            import java.time.Duration;
            """;

    private static final List<String> OPTIONS =
            List.of("--release", "17", "-proc:none", "-Xlint:deprecation,unchecked,rawtypes,cast", "-Werror");

    /** It can't be compiled; the message says why. */
    static final class RefusedException extends Exception {
        RefusedException(String message) {
            super(message);
        }
    }

    /** One of them. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("page:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private final Path directory;
    private final Map<String, String> types = new LinkedHashMap<>();
    private String imports = "";

    /** Each compilation has a directory of its own in this one. */
    Sources(Path directory) {
        this.directory = directory;
    }

    void add(JavaBlock.Imports more) {
        imports += more.text();
    }

    void add(JavaBlock.Types shown) {
        types.putAll(shown.byName());
    }

    /**
     * Compiles the classes.
     *
     * @param statements of a program that uses them; null for none
     * @param ports to be named in them
     * @return where they are now
     */
    Path compile(JavaBlock.@Nullable Statements statements, Ports ports) throws IOException, RefusedException {
        Map<String, String> all = new LinkedHashMap<>(types);
        if (statements != null) {
            all.put(
                    MAIN,
                    "public class " + MAIN + " {\n    public static void main(String[] args) throws Exception {\n"
                            + statements.text() + "    }\n}\n");
        }
        List<Source> sources = new ArrayList<>();
        all.forEach((name, text) ->
                sources.add(new Source(name, ports.here((imports.isEmpty() ? COMMON : imports) + text))));
        Path classes = Files.createTempDirectory(directory, "classes");
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of("-d", classes.toString(), "-cp", Processes.classPath()));
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
        StringWriter others = new StringWriter();
        if (!javac.getTask(others, null, messages, options, null, sources).call()) {
            throw new RefusedException(
                    messages.getDiagnostics().isEmpty()
                            ? others.toString()
                            : sentence(messages.getDiagnostics().get(0)));
        }
        return classes;
    }

    private static String sentence(Diagnostic<? extends JavaFileObject> first) throws IOException {
        String where = "";
        if (first.getSource() != null && first.getLineNumber() != Diagnostic.NOPOS) {
            List<String> lines =
                    first.getSource().getCharContent(true).toString().lines().toList();
            where = " in '" + lines.get((int) first.getLineNumber() - 1).strip() + "'";
        }
        return "does not compile: " + first.getMessage(null).lines().findFirst().orElse("") + where;
    }
}
