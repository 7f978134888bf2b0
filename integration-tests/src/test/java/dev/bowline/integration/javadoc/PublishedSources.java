package dev.bowline.integration.javadoc;

import static java.util.stream.Collectors.toCollection;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The sources of one published module, which is one that has a {@code module-info.java}, and the examples in their comments.
 * Parsed, not compiled: whether names are right is the compiler's business.
 */
final class PublishedSources {
    private static final Path ROOT = Path.of("..");
    private static final Path SOURCES = Path.of("src", "main", "java");

    private final Path directory;
    private final Set<String> exported = new TreeSet<>();
    private final Set<String> types = new TreeSet<>();
    private final List<Example> examples = new ArrayList<>();

    private PublishedSources(Path directory) throws IOException {
        this.directory = directory;
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    javac.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(all()));
            Comments comments = new Comments(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                comments.scan(unit, null);
            }
        }
    }

    /** All modules that are published. */
    static List<PublishedSources> ofAllModules() throws IOException {
        List<PublishedSources> all = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path sources = module.resolve(SOURCES);
                if (Files.exists(sources.resolve("module-info.java"))) {
                    all.add(new PublishedSources(sources));
                }
            }
        }
        return all;
    }

    /** Every source file. */
    List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** The packages that anybody may use. */
    Set<String> exported() {
        return exported;
    }

    /** The full names of public types in those packages, without nested ones. */
    Set<String> types() {
        return types.stream().filter(type -> exported.contains(packageOf(type))).collect(toCollection(TreeSet::new));
    }

    /** The examples in comments that are published, and in others. */
    List<Example> examples() {
        return examples;
    }

    static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    @Override
    public String toString() {
        return ROOT.relativize(directory).getName(0).toString();
    }

    /** Goes through all that can have a comment. */
    private final class Comments extends TreePathScanner<Void, Void> {
        private final DocTrees trees;

        Comments(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitModule(ModuleTree module, Void unused) {
            collect("module " + module.getName(), null);
            return super.visitModule(module, null);
        }

        @Override
        public Void visitExports(ExportsTree exports, Void unused) {
            exported.add(exports.getPackageName().toString());
            return null;
        }

        @Override
        public Void visitPackage(PackageTree tree, Void unused) {
            collect(tree.getPackageName() + ".package-info", null);
            return null;
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            boolean isNested = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
            if (!isNested && tree.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                types.add(name());
            }
            collect(name(), isNested ? null : name());
            return super.visitClass(tree, null);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            collect(name() + "#" + tree.getName(), null);
            return null;
        }

        @Override
        public Void visitVariable(VariableTree tree, Void unused) {
            collect(name() + "#" + tree.getName(), null);
            return null;
        }

        /** The type that encloses the current tree, or is it. */
        private String name() {
            StringBuilder name = new StringBuilder();
            for (TreePath at = getCurrentPath(); at != null; at = at.getParentPath()) {
                Tree tree = at.getLeaf();
                if (tree instanceof ClassTree type) {
                    name.insert(0, "." + type.getSimpleName());
                } else if (tree instanceof CompilationUnitTree unit) {
                    name.insert(0, unit.getPackageName());
                }
            }
            return name.toString();
        }

        private void collect(String where, @Nullable String type) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                new Blocks(where, type).scan(comment, null);
            }
        }
    }

    /** Finds pre elements with a code tag inside. */
    private final class Blocks extends DocTreeScanner<Void, Void> {
        private final String where;
        private final @Nullable String type;
        private boolean inPre;

        Blocks(String where, @Nullable String type) {
            this.where = where;
            this.type = type;
        }

        @Override
        public Void visitStartElement(StartElementTree element, Void unused) {
            inPre = element.getName().contentEquals("pre");
            return null;
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void unused) {
            if (inPre && literal.getKind() == DocTree.Kind.CODE) {
                examples.add(new Example(
                        where, type, literal.getBody().getBody().stripIndent().strip()));
            }
            inPre = false;
            return null;
        }
    }
}
