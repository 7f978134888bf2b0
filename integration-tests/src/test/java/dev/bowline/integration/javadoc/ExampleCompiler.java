package dev.bowline.integration.javadoc;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles examples, all at once. One is what may stand in a file: types; or in a class: methods, fields; or in a method:
 * statements; or it is an expression. It is put where it may stand, with imports of all that is published, and, unless it is
 * a file of its own, inside of a class that extends {@link Setting}.
 */
final class ExampleCompiler {
    /** What an example may be, in the order in which it is tried: what surrounds it then. */
    private enum Form {
        TYPES("", ""),
        MEMBERS(CLASS, "\n}\n"),
        STATEMENTS(CLASS + METHOD, "\n}\n}\n"),
        EXPRESSION(CLASS + METHOD + "Object value = \n", ";\n}\n}\n");

        private final String before;
        private final String after;

        Form(String before, String after) {
            this.before = before;
            this.after = after;
        }
    }

    private static final String CLASS = "class Shown extends Setting {\n";
    private static final String METHOD = "void example() throws Exception {\n";

    /** A public type has a file of its own name. */
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public (?:final |abstract )?(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /** One for all tasks, so that each jar is looked into once. */
    private static final JavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    private final Set<String> packages;

    /** What the compiler said, by example. */
    private final Map<Example, String> complaints = new LinkedHashMap<>();

    /** The types that each example has to do with. */
    private final Map<Example, Set<String>> uses = new LinkedHashMap<>();

    /** @param packages what is imported as a whole */
    ExampleCompiler(Set<String> packages) {
        this.packages = packages;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Example example;
        private final String text;

        Source(String name, Example example, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.example = example;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private Source source(Example example, int number, Form form) {
        String folder = "example" + number;
        Matcher named = PUBLIC_TYPE.matcher(example.body());
        StringBuilder text = new StringBuilder("package " + folder + ";\n");
        packages.forEach(each -> text.append("import ").append(each).append(".*;\n"));
        Setting.IMPORTS.forEach(each -> text.append("import ").append(each).append(";\n"));
        example.imports().forEach(each -> text.append(each).append('\n'));
        text.append(form.before).append(example.body()).append(form.after);
        return new Source(folder + "/" + (named.find() ? named.group(1) : "Shown"), example, text.toString());
    }

    /** The first form in which it can be read; the last one if there is none. */
    private Source source(Example example, int number) throws IOException {
        Source source = source(example, number, Form.EXPRESSION);
        for (Form form : Form.values()) {
            source = source(example, number, form);
            DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
            task(List.of(source), problems).parse();
            if (problems.getDiagnostics().isEmpty()) {
                break;
            }
        }
        return source;
    }

    private static JavacTask task(List<Source> sources, DiagnosticCollector<JavaFileObject> problems) {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of("--release", "17", "-proc:none", "-cp", own);
        return (JavacTask) JAVAC.getTask(null, FILES, problems, options, null, sources);
    }

    /** Compiles these, once. */
    void compile(List<Example> examples) throws IOException {
        List<Source> sources = new ArrayList<>();
        Map<URI, Source> byName = new HashMap<>(); // the compiler hands out other objects than it was given
        for (Example example : examples) {
            Source source = source(example, sources.size());
            uses.put(example, new TreeSet<>());
            sources.add(source);
            byName.put(source.toUri(), source);
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task = task(sources, problems);
        Trees trees = Trees.instance(task);
        List<CompilationUnitTree> units = new ArrayList<>();
        task.parse().forEach(units::add);
        task.analyze();
        for (CompilationUnitTree unit : units) {
            Source source = byName.get(unit.getSourceFile().toUri());
            new Uses(trees, uses.get(source.example)).scan(unit, null);
        }
        for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
            if (problem.getSource() != null) {
                Source source = byName.get(problem.getSource().toUri());
                complaints.merge(source.example, text(source, problem), (one, other) -> one + "\n" + other);
            }
        }
    }

    private static String text(Source source, Diagnostic<?> problem) {
        String line = source.text
                .lines()
                .skip(Math.max(0, problem.getLineNumber() - 1))
                .findFirst()
                .orElse("");
        return problem.getMessage(Locale.ENGLISH) + "\n    " + line.strip();
    }

    /** Where each example that does not compile stands, with what the compiler says. */
    Map<String, String> complaints() {
        Map<String, String> byPlace = new TreeMap<>();
        complaints.forEach((example, text) -> byPlace.merge(example.where(), text, (one, other) -> one + "\n" + other));
        return byPlace;
    }

    /** Whether an example has to do with a type: names it, calls it, makes one or has one in its hands. */
    boolean uses(Example example, String type) {
        return uses.getOrDefault(example, Set.of()).contains(type);
    }

    /** Writes down the types, outermost ones, of all that the code names. */
    private static final class Uses extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final Set<String> found;

        Uses(Trees trees, Set<String> found) {
            this.trees = trees;
            this.found = found;
        }

        private void note() {
            note(trees.getElement(getCurrentPath()));
            TypeMirror type = trees.getTypeMirror(getCurrentPath());
            if (type instanceof DeclaredType declared) {
                note(declared.asElement());
            }
        }

        private void note(Element element) {
            for (Element at = element; at != null; at = at.getEnclosingElement()) {
                if (at instanceof TypeElement type) {
                    found.add(type.getQualifiedName().toString());
                }
            }
        }

        @Override
        public Void visitIdentifier(IdentifierTree tree, Void unused) {
            note();
            return super.visitIdentifier(tree, null);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
            note();
            return super.visitMemberSelect(tree, null);
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Void unused) {
            note();
            return super.visitNewClass(tree, null);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
            note();
            return super.visitLambdaExpression(tree, null);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
            note();
            return super.visitMemberReference(tree, null);
        }

        /** The imports are not the example's. */
        @Override
        public Void visitImport(ImportTree tree, Void unused) {
            return null;
        }
    }
}
