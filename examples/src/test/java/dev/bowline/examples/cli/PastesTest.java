package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jline.reader.Buffer;
import org.jline.reader.impl.BufferImpl;
import org.junit.jupiter.api.Test;

class PastesTest {
    private final Pastes pastes = new Pastes();
    private final Buffer buffer = new BufferImpl();

    @Test
    void severalLinesBecomeATokenThatStandsForThem() {
        buffer.write("before ");
        paste("one\ntwo\n");
        buffer.write(" behind");
        assertThat(buffer).hasToString("before [paste 1: 2 lines] behind");
        assertThat(pastes.expand(buffer.toString())).isEqualTo("before one\ntwo\n behind");
    }

    @Test
    void eachPasteHasATokenOfItsOwnAndNoneIsReadInsideAnother() {
        paste("[paste 2: 2 lines]\nx");
        paste("a\nb");
        assertThat(pastes.expand(buffer.toString())).isEqualTo("[paste 2: 2 lines]\nxa\nb");
    }

    @Test
    void aLineIsPastedAsTextAndItsEndIsLeftToTheUser() {
        paste("  text");
        paste(" more \n");
        assertThat(buffer).hasToString("  text more ");
    }

    @Test
    void whatIsSentIsForgotten() {
        paste("one\ntwo");
        String token = buffer.toString();
        pastes.expand("");
        assertThat(pastes.expand(token)).isEqualTo(token);
    }

    @Test
    void theHistoryHasNoPastes() {
        Pastes.History history = pastes.new History();
        paste("one\ntwo");
        history.add(Instant.EPOCH, "x " + buffer);
        history.add(Instant.EPOCH, "typed");
        assertThat(history).extracting(entry -> entry.line()).containsExactly("typed");
    }

    private void paste(String text) {
        int begin = buffer.cursor();
        buffer.write(text);
        pastes.hold(buffer, begin);
    }
}
