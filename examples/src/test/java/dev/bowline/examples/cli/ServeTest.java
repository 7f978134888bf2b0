package dev.bowline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ServeTest {
    @Test
    void itSaysWhereItListensAndAnswersUntilItIsInterrupted() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        BufferedReader printed = new BufferedReader(new InputStreamReader(new PipedInputStream(out), UTF_8));
        FutureTask<ProgramRun> serving = new FutureTask<>(
                () -> ProgramRun.withOutput(InputStream.nullInputStream(), out, "serve", "--port", "0"));
        Thread thread = new Thread(serving, "serve");
        thread.start();

        String listening = printed.readLine();
        assertThat(listening).matches("listening on 127\\.0\\.0\\.1:[1-9][0-9]*");
        String endpoint = listening.replace("listening on ", "");
        assertThat(ProgramRun.of("hello", endpoint, "m").outLines()).hasSize(2).endsWith("m");

        thread.interrupt();
        assertThat(serving.get()).isEqualTo(new ProgramRun(0, "", ""));
        assertThat(ProgramRun.of("hello", endpoint).exitCode()).isEqualTo(1);
    }
}
