package dev.bowline.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void textKeepsLettersOfAllLanguagesAndNothingThatATerminalObeys() {
        assertThat(Printable.text("CN=M\u00fcller & S\u00f6hne")).isEqualTo("CN=M\u00fcller & S\u00f6hne");
        assertThat(Printable.text("a\u001b[31m\r\n\tb\u202e")).isEqualTo("a\\x1b[31m\\r\\n\\tb\\u202e");
    }

    @Test
    void textIsNotLongerThanASentenceMayBe() {
        assertThat(Printable.text("a".repeat(200))).hasSize(200);
        assertThat(Printable.text("a".repeat(201))).isEqualTo("a".repeat(200) + "...");
    }

    @Test
    void anExcerptIsTheFirstLineOrItsBeginning() {
        assertThat(Printable.excerpt(ByteBuffer.allocate(0))).isEqualTo("\"\"");
        assertThat(Printable.excerpt(ByteBuffer.wrap(new byte[40]))).hasSize(2 + 40 * 4);
        assertThat(Printable.excerpt(ByteBuffer.wrap(new byte[41]))).endsWith("\\x00...\"");
    }

    @Test
    void anExceptionWithoutAMessageIsToldByItsClass() {
        assertThat(Printable.message(new IOException("reset"))).isEqualTo("reset");
        assertThat(Printable.message(new IOException())).isEqualTo("IOException");
    }
}
