package dev.bowline.integration;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page on the architecture speaks of classes and methods that exist, and of every lock. */
class ArchitecturePageTest {
    /** A class of ours, or a member of one: {@code `Outgoing`}, {@code `Outgoing.pump`}. */
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.([a-z][A-Za-z]+))?`");

    private static final Pattern LOCK_ROW = Pattern.compile("^\\| (.*?) \\| ", Pattern.MULTILINE);

    /** Of the JDK, or what only tests have. */
    private static final Set<String> OTHERS = Set.of("ReentrantLock", "ArchitectureTest");

    private static final Pattern PARTS =
            Pattern.compile("dev\\.bowline(\\.(framing|internal|line|queue|spi|transport).*)?");

    private static String page;

    /** Those of core and of the transports. */
    private static List<JavaClass> classes;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("../docs/architecture.md"));
        classes = new ClassFileImporter()
                .importPackages("dev.bowline").stream()
                        .filter(type -> PARTS.matcher(type.getPackageName()).matches())
                        .toList();
    }

    private static List<JavaClass> called(String simpleName) {
        return classes.stream()
                .filter(type -> type.getSimpleName().equals(simpleName))
                .toList();
    }

    private static boolean hasMember(JavaClass type, String name) {
        return Stream.concat(type.getAllMethods().stream(), type.getAllFields().stream())
                .anyMatch(member -> member.getName().equals(name));
    }

    @Test
    void everyClassAndMethodThatItNamesExists() {
        Set<String> unknown = new TreeSet<>();
        Matcher names = NAME.matcher(page);
        int count = 0;
        while (names.find()) {
            count++;
            String member = names.group(2);
            boolean exists = OTHERS.contains(names.group(1))
                    || called(names.group(1)).stream().anyMatch(type -> member == null || hasMember(type, member));
            if (!exists) {
                unknown.add(names.group());
            }
        }
        assertThat(count).isGreaterThan(100);
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyLockHasARow() {
        String table = page.substring(page.indexOf("| lock of |"), page.indexOf("Where two are taken"));
        Set<String> rows = LOCK_ROW.matcher(table)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .collect(toCollection(TreeSet::new));
        Set<String> makers = classes.stream()
                .filter(type -> type.getConstructorCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ReentrantLock.class)))
                .map(JavaClass::getSimpleName)
                .collect(toCollection(TreeSet::new));
        assertThat(rows).isEqualTo(makers);
    }
}
