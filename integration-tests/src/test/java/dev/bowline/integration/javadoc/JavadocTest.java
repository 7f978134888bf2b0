package dev.bowline.integration.javadoc;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is published shows how it is used, and what it shows compiles.
 *
 * <p>Every public type of an exported package has an example of its own that has to do with it. A type inside another one is
 * shown by that one. A contract of the testkit is extended in one line, as the page of its package shows. Two more are let off,
 * by name and with the reason.
 */
class JavadocTest {
    private static final Map<String, String> NOBODY_USES = Map.of(
            "dev.bowline.testkit.contract.NeedsCondition", "JUnit makes it, where a test has @Needs",
            "dev.bowline.testkit.contract.engine.EngineBench",
                    "the chapters of EngineContract pass it on; its methods are their own");

    private static final List<PublishedSources> MODULES = new ArrayList<>();
    private static final List<Example> EXAMPLES = new ArrayList<>();
    private static ExampleCompiler compiler;

    @BeforeAll
    static void readAndCompile() throws IOException {
        MODULES.addAll(PublishedSources.ofAllModules());
        Set<String> packages = new TreeSet<>();
        for (PublishedSources module : MODULES) {
            packages.addAll(module.exported());
            EXAMPLES.addAll(module.examples());
        }
        compiler = new ExampleCompiler(packages);
        compiler.compile(EXAMPLES);
    }

    private static boolean isContract(String type) {
        return type.startsWith("dev.bowline.testkit.contract.") && type.endsWith("Contract");
    }

    private static boolean shows(String type) {
        return EXAMPLES.stream().anyMatch(each -> type.equals(each.type()) && compiler.uses(each, type));
    }

    private static boolean hasExample(String where) {
        return EXAMPLES.stream().anyMatch(each -> where.equals(each.where()));
    }

    @Test
    void everyModuleIsThere() {
        assertThat(MODULES)
                .extracting(PublishedSources::toString)
                .contains(
                        "core",
                        "metrics-micrometer",
                        "testkit",
                        "transport-blocking",
                        "transport-netty",
                        "transport-nio");
    }

    @Test
    void everyExampleCompiles() {
        assertThat(compiler.complaints()).isEmpty();
        assertThat(EXAMPLES).isNotEmpty();
    }

    @Test
    void everyPublicTypeShowsHowItIsUsed() {
        Set<String> silent = MODULES.stream()
                .flatMap(module -> module.types().stream())
                .filter(type -> !isContract(type) && !NOBODY_USES.containsKey(type) && !shows(type))
                .collect(toCollection(TreeSet::new));
        assertThat(silent)
                .as("types without an example that has to do with them")
                .isEmpty();
    }

    @Test
    void everyPackageOfContractsShowsHowOneIsExtended() {
        Set<String> packages = MODULES.stream()
                .flatMap(module -> module.types().stream())
                .filter(JavadocTest::isContract)
                .map(PublishedSources::packageOf)
                .collect(toCollection(TreeSet::new));
        assertThat(packages)
                .hasSizeGreaterThan(1)
                .allSatisfy(
                        each -> assertThat(hasExample(each + ".package-info")).isTrue());
    }

    /** Javac itself looks at what is published, and more closely: see doclint.groups in the parent POM. */
    @Test
    void whatIsNotPublishedRefersToWhatIsThere() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (PublishedSources module : MODULES) {
            sources.addAll(module.all());
        }
        assertThat(CommentCheck.of(sources, "all/protected,-missing")).isEmpty();
    }

    @Test
    void everyModuleBeginsWithAnExample() {
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(module.examples())
                        .anyMatch(example -> example.where().startsWith("module ")));
    }
}
