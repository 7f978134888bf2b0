package dev.bowline.integration.storm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.examples.server.LedgerEntry;
import dev.bowline.integration.storm.StormLine.Mode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparison finds in ledgers that are as they must not be, and that it finds nothing in one that is right. */
class LedgerAuditTest {
    private static final int THREADS = 2;
    private static final int LINES = 4;

    private final List<LedgerEntry> ledger = new ArrayList<>();

    private static LedgerEntry entry(int connection, String text) {
        return new LedgerEntry(connection, ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private void greeted(int connection, Mode mode) {
        ledger.add(entry(connection, StormLine.greeting(mode).text()));
    }

    /** These lines of a thread came. */
    private void came(int connection, Mode mode, int thread, int... numbers) {
        for (int number : numbers) {
            ledger.add(entry(connection, new StormLine(mode, thread, number).text()));
        }
    }

    private List<String> confirmed(long resent) {
        return new LedgerAudit(ledger, Mode.CONFIRMED, THREADS, LINES).confirmed(resent);
    }

    private List<String> written(long uncertain) {
        return new LedgerAudit(ledger, Mode.WRITTEN, THREADS, LINES).written(uncertain);
    }

    private void threadOneIsComplete(Mode mode) {
        greeted(1, mode);
        came(1, mode, 1, 0, 1, 2, 3);
    }

    @Test
    void f3_nothingIsWrongWithRepetitionsThatWereToldOf() {
        threadOneIsComplete(Mode.CONFIRMED);
        came(1, Mode.CONFIRMED, 0, 0, 1);
        greeted(2, Mode.WRITTEN);
        greeted(3, Mode.CONFIRMED);
        came(3, Mode.CONFIRMED, 0, 1, 2, 3);
        came(2, Mode.WRITTEN, 0, 3);
        assertThat(confirmed(1)).isEmpty();
    }

    @Test
    void f3_nothingIsWrongWithWhatALateConnectionRepeatsInItsOwnOrder() {
        threadOneIsComplete(Mode.CONFIRMED);
        greeted(2, Mode.CONFIRMED);
        came(2, Mode.CONFIRMED, 0, 0, 1, 2);
        came(1, Mode.CONFIRMED, 0, 0, 1, 2);
        came(2, Mode.CONFIRMED, 0, 3);
        assertThat(confirmed(3)).isEmpty();
    }

    @Test
    void f3_aConfirmedLineThatIsMissingIsNamed() {
        threadOneIsComplete(Mode.CONFIRMED);
        came(1, Mode.CONFIRMED, 0, 0, 1);
        greeted(2, Mode.CONFIRMED);
        came(2, Mode.CONFIRMED, 0, 3);
        assertThat(confirmed(99)).containsExactly("F3: 1 lines are missing, line 2 of thread 0 is the first");
    }

    @Test
    void f3_aSwappedPairIsSeenInEitherMode() {
        threadOneIsComplete(Mode.CONFIRMED);
        came(1, Mode.CONFIRMED, 0, 0, 2, 1, 3);
        greeted(2, Mode.WRITTEN);
        came(2, Mode.WRITTEN, 0, 0, 2, 1, 3);
        assertThat(confirmed(99)).contains("F3: line 1 of thread 0 came for the first time after line 2");
        assertThat(written(99)).contains("F3: on connection 2 line 1 of thread 0 came after line 2");
    }

    @Test
    void f3_firstArrivalsOnDifferentConnectionsAreInOrderToo() {
        threadOneIsComplete(Mode.CONFIRMED);
        greeted(2, Mode.CONFIRMED);
        came(2, Mode.CONFIRMED, 0, 2, 3);
        came(1, Mode.CONFIRMED, 0, 0, 1);
        assertThat(confirmed(99))
                .containsExactly(
                        "F3: line 0 of thread 0 came for the first time after line 3",
                        "F3: line 1 of thread 0 came for the first time after line 3");
    }

    @Test
    void f3_moreRepetitionsThanHandoversAreTooMany() {
        threadOneIsComplete(Mode.CONFIRMED);
        came(1, Mode.CONFIRMED, 0, 0, 1, 2, 3);
        greeted(2, Mode.CONFIRMED);
        came(2, Mode.CONFIRMED, 0, 2, 3);
        assertThat(confirmed(2)).isEmpty();
        assertThat(confirmed(1)).containsExactly("F3: 2 lines came again, and only 1 were sent again");
    }

    @Test
    void f3_nothingIsWrongWithWrittenLinesThatMayHaveBeenLost() {
        threadOneIsComplete(Mode.WRITTEN);
        came(1, Mode.WRITTEN, 0, 0);
        greeted(2, Mode.WRITTEN);
        came(2, Mode.WRITTEN, 0, 3);
        assertThat(written(2)).isEmpty();
    }

    @Test
    void f3_moreMissingThanTheWindowsSaidIsTooMany() {
        threadOneIsComplete(Mode.WRITTEN);
        came(1, Mode.WRITTEN, 0, 0);
        greeted(2, Mode.WRITTEN);
        came(2, Mode.WRITTEN, 0, 3);
        assertThat(written(1))
                .containsExactly("F3: 2 lines are missing, line 1 of thread 0 is the first, and only 1 were uncertain");
    }

    @Test
    void f3_aWrittenLineNeverComesTwice() {
        threadOneIsComplete(Mode.WRITTEN);
        came(1, Mode.WRITTEN, 0, 0, 1);
        greeted(2, Mode.WRITTEN);
        came(2, Mode.WRITTEN, 0, 1, 2, 3);
        assertThat(written(99)).containsExactly("F3: line 1 of thread 0 came twice, at last on connection 2");
    }

    @Test
    void f3_writtenLinesAreInOrderConnectionByConnectionNotByArrival() {
        threadOneIsComplete(Mode.WRITTEN);
        greeted(2, Mode.WRITTEN);
        came(2, Mode.WRITTEN, 0, 2, 3);
        came(1, Mode.WRITTEN, 0, 0, 1);
        assertThat(written(0)).isEmpty();

        greeted(3, Mode.WRITTEN);
        ledger.removeIf(entry -> entry.line().equals(new StormLine(Mode.WRITTEN, 0, 1).text()));
        came(3, Mode.WRITTEN, 0, 1);
        assertThat(written(0)).containsExactly("F3: on connection 3 line 1 of thread 0 came after line 3");
    }

    @Test
    void f3_oneConnectionHasNoGaps() {
        threadOneIsComplete(Mode.WRITTEN);
        came(1, Mode.WRITTEN, 0, 0, 1, 3);
        assertThat(written(1)).containsExactly("F3: on connection 1 line 3 of thread 0 follows line 1");
    }

    @Test
    void f1_aConnectionBeginsWithItsGreeting() {
        came(1, Mode.WRITTEN, 0, 0, 1, 2, 3);
        greeted(2, Mode.WRITTEN);
        came(2, Mode.WRITTEN, 1, 0, 1, 2, 3);
        greeted(2, Mode.WRITTEN);
        assertThat(written(0))
                .containsExactly(
                        "F1: connection 1 began with line 0 of thread 0, not with its greeting",
                        "F1: connection 2 was greeted twice");
    }

    @Test
    void e5_aLineThatIsNotWholeIsNobodys() {
        threadOneIsComplete(Mode.CONFIRMED);
        came(1, Mode.CONFIRMED, 0, 0, 1, 2, 3);
        String whole = new StormLine(Mode.CONFIRMED, 0, 3).text();
        ledger.add(entry(1, whole.substring(0, 3) + whole));
        came(1, Mode.CONFIRMED, 0, LINES);
        assertThat(confirmed(0))
                .containsExactly(
                        "nobody sent 'con" + whole + "', which came on connection 1",
                        "line 4 of thread 0 came, and was never sent");
    }
}
