package dev.bowline.integration.javadoc;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the compiler's Javadoc checker objects to. */
final class CommentCheck {
    private CommentCheck() {}

    /**
     * Goes through sources as if they were on one class path.
     *
     * @param groups as {@code -Xdoclint} takes them
     */
    static List<String> of(List<Path> sources, String groups) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, null)) {
            List<Path> types = sources.stream()
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
            JavacTask task = (JavacTask) javac.getTask(
                    null,
                    files,
                    found,
                    List.of("-proc:none", "-Xlint:none", "-Xdoclint:" + groups, "-cp", own),
                    null,
                    files.getJavaFileObjectsFromPaths(types));
            task.analyze();
        }
        return found.getDiagnostics().stream()
                .map(each ->
                        each.getMessage(Locale.ENGLISH) + " (" + each.getSource() + ":" + each.getLineNumber() + ")")
                .toList();
    }
}
