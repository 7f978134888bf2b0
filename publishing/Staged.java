import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * Looks through a repository of one release: {@code java publishing/Staged.java DIRECTORY VERSION}. Says what is not as it
 * ought to be, a sentence each, and exits 1 if there was any.
 */
final class Staged {
    /** An artifact: its module, and what its users get with it. The list says it all, so that no dependency gets in by itself. */
    private record Artifact(String module, Set<String> dependencies) {}

    private static final Map<String, Artifact> ARTIFACTS = Map.of(
            "bowline-core",
            new Artifact("dev.bowline", Set.of("com.google.guava:guava compile", "org.jspecify:jspecify compile")),
            "bowline-transport-blocking",
            new Artifact("dev.bowline.transport.blocking", Set.of("dev.bowline:bowline-core compile")),
            "bowline-transport-nio",
            new Artifact("dev.bowline.transport.nio", Set.of("dev.bowline:bowline-core compile")),
            "bowline-transport-netty",
            new Artifact(
                    "dev.bowline.transport.netty",
                    Set.of("dev.bowline:bowline-core compile", "io.netty:netty-transport compile")),
            "bowline-testkit",
            new Artifact(
                    "dev.bowline.testkit",
                    Set.of(
                            "dev.bowline:bowline-core compile",
                            "org.junit.jupiter:junit-jupiter compile optional",
                            "org.junit.platform:junit-platform-launcher compile optional",
                            "org.assertj:assertj-core compile optional",
                            "com.google.code.gson:gson compile optional")),
            "bowline-metrics-micrometer",
            new Artifact(
                    "dev.bowline.metrics.micrometer",
                    Set.of("dev.bowline:bowline-core compile", "io.micrometer:micrometer-core compile")));

    private static final String BOM = "bowline-bom";

    /** What Central asks of every POM, and where problems are told. */
    private static final List<String> DEMANDED = List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url",
            "issueManagement/url");

    /** What is this build's business and no user's. */
    private static final List<String> UNWANTED = List.of(
            "parent",
            "build",
            "profiles",
            "properties",
            "repositories",
            "pluginRepositories",
            "distributionManagement");

    private final Path group;
    private final String version;
    private final List<String> problems = new ArrayList<>();

    private Staged(Path repository, String version) {
        group = repository.resolve("dev/bowline");
        this.version = version;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("Say which repository and which version: java publishing/Staged.java DIRECTORY VERSION");
            System.exit(2);
        }
        Staged staged = new Staged(Path.of(arguments[0]), arguments[1]);
        staged.look();
        staged.problems.forEach(System.err::println);
        if (!staged.problems.isEmpty()) {
            System.exit(1);
        }
        System.out.println(ARTIFACTS.size() + " artifacts and their bill of materials are complete, "
                + (staged.signed().isEmpty() ? "and not signed" : "and signed"));
    }

    private void look() throws IOException, ParserConfigurationException, SAXException {
        Set<String> expected = new TreeSet<>(ARTIFACTS.keySet());
        expected.add(BOM);
        Set<String> found = directories();
        expect(found.equals(expected), group + " has " + found + " and should have " + expected);
        if (!problems.isEmpty()) {
            return;
        }
        for (String name : expected) {
            Path file = file(name, ".pom");
            if (!Files.isRegularFile(file)) {
                problems.add(file + " is missing");
                continue;
            }
            Pom pom = Pom.read(file);
            lookAtPom(name, pom);
            if (name.equals(BOM)) {
                lookAtBill(pom);
            } else {
                lookAtDependencies(name, pom);
                lookAtJars(name, ARTIFACTS.get(name).module());
            }
        }
        lookAtSignatures();
    }

    private Set<String> directories() throws IOException {
        if (!Files.isDirectory(group)) {
            return Set.of();
        }
        try (Stream<Path> each = Files.list(group)) {
            return each.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private Path file(String name, String suffix) {
        return group.resolve(name).resolve(version).resolve(name + "-" + version + suffix);
    }

    private void lookAtPom(String name, Pom pom) {
        expect(pom.text("groupId").equals("dev.bowline"), pom + " is of the group '" + pom.text("groupId") + "'");
        expect(pom.text("artifactId").equals(name), pom + " calls itself '" + pom.text("artifactId") + "'");
        expect(pom.text("version").equals(version), pom + " is of the version '" + pom.text("version") + "'");
        expect(!version.endsWith("-SNAPSHOT"), pom + " is a snapshot, which no release is");
        DEMANDED.forEach(element -> expect(!pom.text(element).isBlank(), pom + " has no " + element));
        UNWANTED.forEach(element -> expect(pom.count(element) == 0, pom + " has a " + element));
    }

    private void lookAtBill(Pom bill) {
        Set<String> managed = new TreeSet<>();
        for (int i = 1; i <= bill.count("dependencyManagement/dependencies/dependency"); i++) {
            String at = "dependencyManagement/dependencies/dependency[" + i + "]/";
            managed.add(bill.text(at + "artifactId"));
            String its = bill.text(at + "version");
            // A bill's own properties are known wherever it is imported.
            expect(
                    its.equals(version) || its.equals("${project.version}"),
                    bill + " gives " + bill.text(at + "artifactId") + " the version '" + its + "'");
        }
        expect(
                managed.equals(ARTIFACTS.keySet()),
                bill + " lists " + managed + " and should list " + new TreeSet<>(ARTIFACTS.keySet()));
    }

    private void lookAtDependencies(String name, Pom pom) {
        Set<String> dependencies = new TreeSet<>();
        for (int i = 1; i <= pom.count("dependencies/dependency"); i++) {
            String at = "dependencies/dependency[" + i + "]/";
            String dependency = pom.text(at + "groupId") + ":" + pom.text(at + "artifactId");
            String scope = pom.text(at + "scope").isEmpty() ? "compile" : pom.text(at + "scope");
            String optional = pom.text(at + "optional").equals("true") ? " optional" : "";
            dependencies.add(dependency + " " + scope + optional);
            String its = pom.text(at + "version");
            expect(its.matches("[0-9][^${}]*"), pom + " wants " + dependency + " in the version '" + its + "'");
            expect(!its.endsWith("-SNAPSHOT"), pom + " wants a snapshot of " + dependency);
        }
        Set<String> expected = ARTIFACTS.get(name).dependencies();
        expect(
                dependencies.equals(expected),
                pom + " depends on " + dependencies + " and should on " + new TreeSet<>(expected));
    }

    private void lookAtJars(String name, String module) throws IOException {
        Path jar = file(name, ".jar");
        Path sources = file(name, "-sources.jar");
        Path javadoc = file(name, "-javadoc.jar");
        List<Path> missing = Stream.of(jar, sources, javadoc)
                .filter(path -> !Files.isRegularFile(path))
                .toList();
        missing.forEach(path -> problems.add(path + " is missing"));
        if (!missing.isEmpty()) {
            return;
        }
        expect(entries(jar).contains("META-INF/LICENSE"), jar + " has no META-INF/LICENSE");
        Set<String> known = entries(sources);
        entries(jar).stream()
                .filter(entry -> entry.endsWith(".class") && !entry.contains("$"))
                .map(entry -> entry.replaceAll("class$", "java"))
                .filter(source -> !known.contains(source))
                .forEach(source -> problems.add(sources + " has no " + source));
        Set<String> pages = entries(javadoc);
        lookAtModule(jar, module).stream()
                .map(exported -> module + "/" + exported.source().replace('.', '/') + "/package-summary.html")
                .filter(page -> !pages.contains(page))
                .forEach(page -> problems.add(javadoc + " has no " + page));
    }

    /** The packages that everybody may use. */
    private Set<ModuleDescriptor.Exports> lookAtModule(Path jar, String expected) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            String automatic = open.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
            expect(automatic == null, jar + " has an Automatic-Module-Name, and should have a module-info only");
        }
        ModuleDescriptor module;
        try {
            module = ModuleFinder.of(jar).findAll().stream()
                    .map(ModuleReference::descriptor)
                    .findFirst()
                    .orElseThrow();
        } catch (FindException e) {
            problems.add(jar + " is no module: " + e.getMessage());
            return Set.of();
        }
        expect(!module.isAutomatic(), jar + " has no module-info");
        expect(module.name().equals(expected), jar + " is the module " + module.name() + " and should be " + expected);
        expect(module.rawVersion().orElse("").equals(version), jar + " does not tell the module system its version");
        return module.exports().stream()
                .filter(exports -> !exports.isQualified())
                .collect(Collectors.toSet());
    }

    private static Set<String> entries(Path jar) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            return open.stream().map(ZipEntry::getName).collect(Collectors.toSet());
        }
    }

    private void lookAtSignatures() throws IOException {
        Set<Path> signed = signed();
        if (signed.isEmpty()) {
            return;
        }
        files().filter(path -> path.toString().matches(".*\\.(jar|pom)"))
                .filter(path -> !signed.contains(path))
                .forEach(path -> problems.add(path + " is not signed, and others are"));
    }

    /** What has a signature beside it. */
    private Set<Path> signed() throws IOException {
        return files().filter(path -> path.toString().endsWith(".asc"))
                .map(path -> Path.of(path.toString().replaceAll("\\.asc$", "")))
                .collect(Collectors.toSet());
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(group)) {
            return all.filter(Files::isRegularFile).toList().stream();
        }
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    /** A POM's elements, by their paths below its root. */
    private record Pom(Path file, Document document) {
        private static final XPath PATHS = XPathFactory.newInstance().newXPath();

        static Pom read(Path file) throws IOException, ParserConfigurationException, SAXException {
            return new Pom(
                    file,
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
        }

        String text(String path) {
            return evaluate("normalize-space(/project/" + path + ")");
        }

        int count(String path) {
            return Integer.parseInt(evaluate("count(/project/" + path + ")"));
        }

        private String evaluate(String expression) {
            try {
                return PATHS.evaluate(expression, document);
            } catch (XPathExpressionException e) {
                throw new IllegalArgumentException(expression, e);
            }
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
