package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    private Path directory;

    @Test
    void itLiesWhereStateBelongs() {
        assertThat(HistoryFile.ofUser(state("/var/me")).file()).isEqualTo(Path.of("/var/me/bowline/history"));
        Path home = Path.of(System.getProperty("user.home"), ".local/state/bowline/history");
        assertThat(HistoryFile.ofUser(state("")).file()).isEqualTo(home);
        assertThat(HistoryFile.ofUser(state("not/absolute")).file()).isEqualTo(home);
    }

    @Test
    void whatIsAppendedIsLoaded() throws Exception {
        HistoryFile file = file();
        assertThat(file.load()).isEmpty();
        file.append("one");
        file.append("zwölf");
        assertThat(file().load()).containsExactly("one", "zwölf");
    }

    @Test
    void nobodyElseMayReadIt() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        file().append("password");
        Path made = file().file();
        assertThat(permissions(made)).isEqualTo("rw-------");
        assertThat(permissions(made.getParent())).isEqualTo("rwx------");
        assertThat(permissions(made.getParent().getParent())).isEqualTo("rwx------");
    }

    @Test
    void onlyTheLatestAreLoadedAndAFileThatHasGrownIsCut() throws Exception {
        HistoryFile file = file();
        Files.createDirectories(file.file().getParent());
        Files.write(
                file.file(),
                IntStream.rangeClosed(1, 2001).mapToObj(i -> "line " + i).toList());
        assertThat(file.load()).hasSize(1000).startsWith("line 1002").endsWith("line 2001");
        assertThat(Files.readAllLines(file.file())).isEqualTo(file.load());
        assertThat(permissions(file.file())).isEqualTo("rw-------");
        try (var entries = Files.list(file.file().getParent())) {
            assertThat(entries).containsExactly(file.file());
        }
    }

    @Test
    void aFileThatIsNotTooLongStaysAsItIs() throws Exception {
        HistoryFile file = file();
        Files.createDirectories(file.file().getParent());
        Files.write(file.file(), Collections.nCopies(2000, "line"));
        assertThat(file.load()).hasSize(1000);
        assertThat(Files.readAllLines(file.file())).hasSize(2000);
    }

    @Test
    void bytesThatAreNoTextDoNotMatter() throws Exception {
        HistoryFile file = file();
        Files.createDirectories(file.file().getParent());
        Files.write(file.file(), "a\u00ffb\nc\n".getBytes(ISO_8859_1));
        assertThat(file.load()).containsExactly("a\ufffdb", "c");
    }

    @Test
    void whatIsNoFileIsAnError() throws Exception {
        Files.createDirectories(file().file());
        assertThatThrownBy(() -> file().load()).isInstanceOf(IOException.class).hasMessageContaining("is no file");
    }

    private HistoryFile file() {
        return new HistoryFile(directory.resolve("state/bowline"));
    }

    private static Surroundings state(String home) {
        return new TestSurroundings(0, false, null, Map.of("XDG_STATE_HOME", home));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
