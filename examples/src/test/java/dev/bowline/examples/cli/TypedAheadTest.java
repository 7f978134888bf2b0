package dev.bowline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class TypedAheadTest {
    /** What a terminal says when nothing comes in time. */
    private static final int EXPIRED = -2;

    private final Deque<Integer> typed = new ArrayDeque<>();
    private final TypedAhead ahead = new TypedAhead(millis -> typed.isEmpty() ? EXPIRED : typed.peek(), typed::remove);

    @Test
    void wholeLinesAreReadOneByOne() {
        type("one\rtwo\n\r");
        assertThat(ahead.readLine()).isEqualTo("one");
        assertThat(ahead.readLine()).isEqualTo("two");
        assertThat(ahead.readLine()).isEmpty();
        assertThat(ahead.readLine()).isNull();
        assertThat(ahead.takeRest()).isEmpty();
    }

    @Test
    void anUnfinishedLineIsForTheEditorOnce() {
        type("one\rtw");
        ahead.readLine();
        assertThat(ahead.readLine()).isNull();
        assertThat(ahead.takeRest()).isEqualTo("tw");
        assertThat(ahead.takeRest()).isEmpty();
    }

    @Test
    void aKeyThatEditsIsLeftInPlaceForTheEditor() {
        type("ab\177\r");
        assertThat(ahead.readLine()).isNull();
        assertThat(ahead.takeRest()).isEqualTo("ab");
        assertThat(typed).containsExactly(127, (int) '\r');
    }

    private void type(String text) {
        text.chars().forEach(typed::add);
    }
}
