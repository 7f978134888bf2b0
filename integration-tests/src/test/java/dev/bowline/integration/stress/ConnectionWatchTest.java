package dev.bowline.integration.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.integration.stress.ConnectionWatch.Kind;
import org.junit.jupiter.api.Test;

/** What the checker says to callbacks that come wrong on purpose. */
class ConnectionWatchTest {
    private final Violations violations = new Violations();
    private final Trail trail = new Trail();
    private final ConnectionWatch watch = new ConnectionWatch("17.3", trail, violations);

    private void callback(Kind kind) {
        watch.enter(kind);
        watch.leave();
    }

    private void callbacks(Kind... kinds) {
        for (Kind kind : kinds) {
            callback(kind);
        }
    }

    private void assertViolated(String sentence) {
        assertThat(violations.sentences()).hasSize(1);
        assertThat(violations.sentences().get(0)).startsWith("connection 17.3: " + sentence + "\n");
    }

    @Test
    void aWholeLifeInOrderIsRight() throws Exception {
        callbacks(Kind.MADE, Kind.DATA, Kind.TASK);
        Thread other = new Thread(() -> callbacks(Kind.DATA, Kind.INPUT_ENDED));
        other.start();
        other.join();
        callbacks(Kind.TASK, Kind.LOST);
        watch.factoryTold();
        watch.nextBegins("connecting");
        assertThat(violations.sentences()).isEmpty();
    }

    @Test
    void a4_anOverlapIsSeen() throws Exception {
        callback(Kind.MADE);
        watch.enter(Kind.DATA);
        Thread other = new Thread(() -> callback(Kind.TASK), "intruder");
        other.start();
        other.join();
        assertViolated("A4: TASK on intruder overlaps a callback on "
                + Thread.currentThread().getName());
    }

    @Test
    void a4_aCallbackInsideAnotherIsSeen() {
        callback(Kind.MADE);
        watch.enter(Kind.DATA);
        watch.enter(Kind.LOST);
        assertThat(violations.sentences()).hasSize(1);
        assertThat(violations.sentences().get(0)).contains("A4: LOST", "overlaps");
    }

    @Test
    void a4_aCallbackThatDoesNotSeeTheOneBeforeIsSeen() {
        callback(Kind.MADE);
        watch.enter(Kind.DATA);
        watch.leaveUnseen();
        callback(Kind.DATA);
        assertViolated("A4: DATA sees 1 callbacks before it, not 2");
    }

    @Test
    void a3_dataAfterTheLossIsSeen() {
        callbacks(Kind.MADE, Kind.LOST, Kind.DATA);
        assertViolated("A3: DATA while LOST");
    }

    @Test
    void a3_aTaskAfterTheLossIsSeen() {
        callbacks(Kind.MADE, Kind.LOST);
        watch.factoryTold();
        callback(Kind.TASK);
        assertViolated("A3: TASK while TOLD");
    }

    @Test
    void a3_aSecondLossIsSeen() {
        callbacks(Kind.MADE, Kind.LOST, Kind.LOST);
        assertViolated("A3: LOST while LOST");
    }

    @Test
    void a3_dataBeforeConnectionMadeIsSeen() {
        callback(Kind.DATA);
        assertViolated("A3: DATA while BUILT");
    }

    @Test
    void a3_connectionMadeTwiceIsSeen() {
        callbacks(Kind.MADE, Kind.MADE);
        assertViolated("A3: MADE while OPEN");
    }

    @Test
    void a3_dataAfterTheEndOfTheInputIsSeen() {
        callbacks(Kind.MADE, Kind.INPUT_ENDED, Kind.DATA);
        assertViolated("A3: DATA while INPUT_OVER");
    }

    @Test
    void a3_aFactoryThatHearsFirstIsSeen() {
        callback(Kind.MADE);
        watch.factoryTold();
        assertViolated("A3: the factory hears of the loss while OPEN");
    }

    @Test
    void a3_aFactoryThatHearsTwiceIsSeen() {
        callbacks(Kind.MADE, Kind.LOST);
        watch.factoryTold();
        watch.factoryTold();
        assertViolated("A3: the factory hears of the loss while TOLD");
    }

    @Test
    void a3_anAttemptBeforeTheFactoryHeardIsSeen() {
        callbacks(Kind.MADE, Kind.LOST);
        watch.nextBegins("connecting");
        assertViolated("A3: connecting while LOST");
    }

    @Test
    void c3_dataAfterACloseInsideIsSeen() {
        callback(Kind.MADE);
        watch.enter(Kind.DATA);
        watch.closedInside();
        watch.leave();
        callback(Kind.TASK);
        assertThat(violations.sentences()).isEmpty();
        callback(Kind.DATA);
        assertViolated("C3: DATA after a close or abort inside a callback");
    }

    @Test
    void c2_dataAfterAPauseInsideIsSeenUntilSomebodyResumes() {
        callback(Kind.MADE);
        watch.enter(Kind.DATA);
        watch.pausedInside();
        watch.leave();
        callback(Kind.TASK);
        watch.resumes();
        callback(Kind.DATA);
        assertThat(violations.sentences()).isEmpty();
        watch.pausedInside();
        callback(Kind.DATA);
        assertViolated("C2: DATA after a pause inside a callback");
    }

    @Test
    void aViolationTellsTheLastEventsOfTheConnection() {
        trail.add("connectionMade");
        callback(Kind.LOST);
        assertThat(violations.sentences().get(0)).containsPattern("\n    \\d+ µs  connectionMade  \\[.*]");
    }
}
