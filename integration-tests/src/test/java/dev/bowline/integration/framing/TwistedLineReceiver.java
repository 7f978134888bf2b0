package dev.bowline.integration.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bowline.integration.server.PythonWithTwisted;
import dev.bowline.testkit.contract.support.Waiting;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code line_receiver.py} in one Python process, for any number of streams. */
final class TwistedLineReceiver implements AutoCloseable {
    private final Process process;
    private final DataOutputStream streams;
    private final DataInputStream events;

    private TwistedLineReceiver(Process process) {
        this.process = process;
        this.streams = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.events = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Copies the script into the directory and starts it there. */
    static TwistedLineReceiver start(PythonWithTwisted python, Path directory) throws IOException {
        Path script = directory.resolve("line_receiver.py");
        try (InputStream resource = Objects.requireNonNull(
                TwistedLineReceiver.class.getResourceAsStream("/differential/line_receiver.py"))) {
            Files.copy(resource, script);
        }
        return new TwistedLineReceiver(new ProcessBuilder(python.executable().toString(), script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What Twisted makes of a stream, in the words of {@link BowlineLineReceiver}. */
    List<String> receive(RandomStream stream) throws IOException {
        streams.writeByte(stream.delimiter().length());
        streams.write(RandomStream.bytes(stream.delimiter()));
        streams.writeInt(stream.maxLength());
        streams.writeInt(stream.chunks().size());
        for (String chunk : stream.chunks()) {
            streams.writeInt(chunk.length());
            streams.write(RandomStream.bytes(chunk));
        }
        streams.flush();

        Events told = new Events();
        for (int count = events.readInt(); count > 0; count--) {
            byte letter = events.readByte();
            String bytes = new String(events.readNBytes(events.readInt()), ISO_8859_1);
            switch (letter) {
                case 'l' -> told.line(bytes);
                case 'r' -> told.raw(bytes);
                case 'x' -> told.exceeded();
                default -> throw new IOException("an event of kind " + letter);
            }
        }
        return new ArrayList<>(told.all());
    }

    @Override
    public void close() {
        Waiting.exitCode(process.destroyForcibly());
    }
}
