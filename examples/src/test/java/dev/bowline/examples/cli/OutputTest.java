package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 65534, 65535, 65536, 65537, 200_000})
    void linesOfAnyLengthComeOutInOrder(int length) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Output output = new Output(stream);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            String line = String.valueOf(i).repeat(length);
            output.println(ByteBuffer.wrap(line.getBytes(UTF_8)));
            expected.append(line).append('\n');
        }
        output.flush();
        assertThat(stream).hasToString(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "grün"})
    void aTextIsThereAtOnce(String text) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        new Output(stream).println(text);
        assertThat(stream.toString(UTF_8)).isEqualTo(text + "\n");
    }
}
