package dev.bowline.examples.cli;

import static dev.bowline.examples.cli.SerialServer.echo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndeliveredFileTest {
    private static final String NOWHERE = "127.0.0.1:1";

    @Test
    void whatWasThereStaysUntilItIsReplaced(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("left"), "of an earlier run\n");
        try (UndeliveredFile file = UndeliveredFile.open(path.toString())) {
            assertThat(path).hasContent("of an earlier run\n");
            file.replace(List.of(bytes("one"), bytes(""), bytes("three")));
        }
        assertThat(path).hasBinaryContent(bytes("one\n\nthree\n"));
    }

    @Test
    void itsLinesAreThoseOfAnInputAgain(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("left");
        List<String> lines = List.of("", "a", "b\r", "\r", "\r\r", "c\rd", "\u00ff\0");
        try (UndeliveredFile file = UndeliveredFile.open(path.toString())) {
            file.replace(lines.stream().map(UndeliveredFileTest::bytes).toList());
        }
        InputLines again = new InputLines(new ByteArrayInputStream(Files.readAllBytes(path)), 100);
        List<String> read = new ArrayList<>();
        while (again.fill()) {
            while (again.next()) {
                read.add(ISO_8859_1.decode(again.line()).toString());
            }
        }
        assertThat(read).isEqualTo(lines);
    }

    @Test
    void itIsEmptyWhenAllIsDelivered(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("left"), "of an earlier run\n");
        try (SerialServer server = SerialServer.start(client -> echo(client, 100))) {
            ProgramRun run =
                    ProgramRun.withInput(bytes("one\n"), "send", server.endpoint(), "--undelivered", path.toString());
            assertThat(run.exitCode()).isZero();
        }
        assertThat(path).isEmptyFile();
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnythingIsConnected(@TempDir Path directory) {
        assertThat(send(directory.resolve("no/file").toString()))
                .isEqualTo("bowline: there is no directory for the file '" + directory.resolve("no/file") + "'\n");
        assertThat(send(directory.toString()))
                .isEqualTo("bowline: '" + directory + "' is a directory, not a file of lines\n");
    }

    @Test
    void aMissingInputLeavesTheFileAsItWas(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("left"), "of an earlier run\n");
        ProgramRun run =
                ProgramRun.of("send", NOWHERE, directory.resolve("none").toString(), "--undelivered", path.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(path).hasContent("of an earlier run\n");
    }

    @Test
    void theInputItselfIsNotReplaced(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("lines"), "one\n");
        Path link = Files.createSymbolicLink(directory.resolve("link"), path);
        ProgramRun run = ProgramRun.of("send", NOWHERE, path.toString(), "--undelivered", link.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("it is the file to send");
        assertThat(path).hasContent("one\n");
    }

    @Test
    void aFullDiskIsToldAndTheLastLineIsTheLastAllTheSame() throws Exception {
        assumeThat(Path.of("/dev/full")).exists();
        try (SerialServer server =
                SerialServer.start(client -> client.getInputStream().read())) {
            ProgramRun run = ProgramRun.withInput(
                    bytes("one\n"),
                    "send",
                    server.endpoint(),
                    "--confirm",
                    "echo",
                    "--attempts",
                    "1",
                    "--undelivered",
                    "/dev/full");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).hasSize(3);
            assertThat(run.errLines().get(1)).startsWith("bowline: the file '/dev/full' can't be written: ");
            assertThat(run.lastErrLine()).startsWith("sent=1 delivered=0 ");
        }
    }

    private static String send(String undelivered) {
        ProgramRun run = ProgramRun.withInput(bytes("one\n"), "send", NOWHERE, "--undelivered", undelivered);
        assertThat(run.exitCode()).isEqualTo(1);
        return run.err();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
