package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.RecordingListener.dropped;
import static dev.bowline.testkit.contract.queue.Taken.message;
import static dev.bowline.testkit.contract.queue.Taken.take;
import static dev.bowline.testkit.contract.queue.Taken.takeAll;
import static dev.bowline.testkit.contract.queue.Taken.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.MessageQueue.Size;
import dev.bowline.queue.WhenFull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a full queue drops that makes its room so, and whom it tells (rules E3 and E4). */
public abstract class DropContract extends MessageQueueContract {
    /** For a queue's own class. */
    protected DropContract() {}

    /** An empty queue with room for so many messages. */
    private MessageQueue roomFor(int messages, WhenFull policy) throws IOException {
        return queue(16 << 20, messages, policy);
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_dropOldestMakesRoomByDroppingTheOldest() throws Exception {
        MessageQueue queue = roomFor(3, WhenFull.DROP_OLDEST);
        List<Long> numbers = addAll(queue, "a", "b", "c");
        RecordingListener listener = RecordingListener.of(queue);

        addAll(queue, "d", "e");

        assertThat(listener.drops()).containsExactly(dropped(numbers.get(0), "a"), dropped(numbers.get(1), "b"));
        assertThat(texts(takeAll(queue))).containsExactly("c", "d", "e");
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_dropOldestDropsAsManyAsItNeedsAndNoMore() throws Exception {
        long each = cost(100, WhenFull.DROP_OLDEST);
        MessageQueue queue = queue(4 * each, UNLIMITED, WhenFull.DROP_OLDEST);
        for (String text : List.of("a", "b", "c", "d")) {
            queue.add(message(text.repeat(100)), Duration.ZERO);
        }
        RecordingListener listener = RecordingListener.of(queue);

        queue.add(message("e".repeat(101)), Duration.ZERO);

        assertThat(listener.drops()).hasSize(2);
        assertThat(texts(takeAll(queue))).containsExactly("c".repeat(100), "d".repeat(100), "e".repeat(101));
        assertThat(queue.size()).isEqualTo(new Size(3, 2 * each + cost(101, WhenFull.DROP_OLDEST)));
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_dropOldestDropsNothingWhileThereIsRoom() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_OLDEST, "a", "b");
        takeAll(queue);
        queue.delivered(queue.newest());
        RecordingListener listener = RecordingListener.of(queue);

        addAll(queue, "c", "d");

        assertThat(listener.drops()).isEmpty();
        assertThat(drain(queue)).containsExactly("c", "d");
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_dropOldestDropsOnlyWhatIsNotTaken() throws Exception {
        MessageQueue queue = roomFor(4, WhenFull.DROP_OLDEST);
        List<Long> numbers = addAll(queue, "a", "b", "c", "d");
        take(queue, 2);
        RecordingListener listener = RecordingListener.of(queue);

        addAll(queue, "e");

        assertThat(listener.drops()).containsExactly(dropped(numbers.get(2), "c"));
        assertThat(texts(takeAll(queue))).containsExactly("d", "e");
        queue.rewind();
        assertThat(texts(takeAll(queue))).containsExactly("a", "b", "d", "e");
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_whereAllIsTakenTheNewOneIsDropped() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_OLDEST, "a", "b");
        takeAll(queue);
        RecordingListener listener = RecordingListener.of(queue);

        long number = addAll(queue, "c").get(0);

        assertThat(listener.heard()).containsExactly(dropped(number, "c"));
        assertThat(drain(queue)).containsExactly("a", "b");
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_whereDroppingAllWouldNotMakeRoomTheOldOnesStay() throws Exception {
        long each = cost(100, WhenFull.DROP_OLDEST);
        MessageQueue queue = queue(3 * each, UNLIMITED, WhenFull.DROP_OLDEST);
        for (String text : List.of("a", "b", "c")) {
            queue.add(message(text.repeat(100)), Duration.ZERO);
        }
        take(queue, 1);
        int tooLong = 101;
        while (cost(tooLong, WhenFull.DROP_OLDEST) <= 2 * each) {
            tooLong++;
        }
        RecordingListener listener = RecordingListener.of(queue);

        long number = queue.add(message("d".repeat(tooLong)), Duration.ZERO);

        assertThat(listener.heard()).containsExactly(dropped(number, "d".repeat(tooLong)));
        assertThat(drain(queue)).containsExactly("a".repeat(100), "b".repeat(100), "c".repeat(100));
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_whatIsBeingOfferedIsNotDropped() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_OLDEST, "a", "b");
        RecordingListener listener = RecordingListener.of(queue);
        List<String> offered = new ArrayList<>();

        queue.take((number, before, message) -> {
            elsewhere(() -> addAll(queue, "c", "d"));
            offered.add(text(message));
            return false;
        });

        assertThat(offered).containsExactly("a");
        assertThat(listener.drops()).hasSize(2).noneMatch(drop -> drop.endsWith("a"));
        assertThat(drain(queue)).hasSize(2).startsWith("a");
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_whatATakerAcceptedIsNotDroppedWhileItGoesOn() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_OLDEST, "a", "b", "c");
        RecordingListener listener = RecordingListener.of(queue);
        List<String> accepted = new ArrayList<>();

        queue.take((number, before, message) -> {
            if (accepted.size() == 3) {
                return false;
            }
            accepted.add(text(message));
            elsewhere(() -> addAll(queue, "later"));
            return true;
        });

        assertThat(accepted).startsWith("a");
        assertThat(listener.drops()).noneMatch(drop -> accepted.contains(drop.substring(drop.length() - 1)));
        queue.rewind();
        assertThat(texts(takeAll(queue))).startsWith(accepted.toArray(new String[0]));
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_whatWasRewoundCanBeDroppedAgain() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_OLDEST, "a", "b");
        List<Taken> taken = takeAll(queue);
        queue.rewind();
        RecordingListener listener = RecordingListener.of(queue);

        addAll(queue, "c");

        assertThat(listener.drops()).containsExactly(dropped(taken.get(0).number(), "a"));
        List<Taken> left = takeAll(queue);
        assertThat(texts(left)).containsExactly("b", "c");
        assertThat(left).extracting(Taken::maybeHandedBefore).containsExactly(true, false);
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e4_deliveredPassesOverTheGapsThatDropsLeave() throws Exception {
        MessageQueue queue = roomFor(3, WhenFull.DROP_OLDEST);
        List<Long> numbers = addAll(queue, "a", "b", "c");
        take(queue, 1);
        numbers.addAll(addAll(queue, "d", "e"));
        assertThat(texts(take(queue, 1))).containsExactly("d");

        queue.delivered(numbers.get(1));
        assertThat(queue.size().messages())
                .as("after the number of one dropped")
                .isEqualTo(2);
        queue.delivered(numbers.get(3));

        assertThat(drain(queue)).containsExactly("e");
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_NEWEST)
    void e3_dropNewestKeepsWhatIsInside() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_NEWEST, "a", "b");
        RecordingListener listener = RecordingListener.of(queue);

        List<Long> numbers = addAll(queue, "c", "d");

        assertThat(listener.heard()).containsExactly(dropped(numbers.get(0), "c"), dropped(numbers.get(1), "d"));
        assertThat(drain(queue)).containsExactly("a", "b");
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_NEWEST)
    void e3_dropNewestLetsInWhatFits() throws Exception {
        long each = cost(100, WhenFull.DROP_NEWEST);
        MessageQueue queue = queue(2 * each, UNLIMITED, WhenFull.DROP_NEWEST);
        queue.add(message("a".repeat(100)), Duration.ZERO);
        RecordingListener listener = RecordingListener.of(queue);

        long dropped = queue.add(message("b".repeat(101)), Duration.ZERO);
        queue.add(message("c".repeat(100)), Duration.ZERO);

        assertThat(listener.heard()).containsExactly(dropped(dropped, "b".repeat(101)), "available");
        assertThat(drain(queue)).containsExactly("a".repeat(100), "c".repeat(100));
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_NEWEST)
    void e3_dropNewestEndsWithTheRoomThatDeliveryMakes() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_NEWEST, "a", "b");
        List<Taken> taken = takeAll(queue);
        addAll(queue, "c");
        queue.delivered(taken.get(0).number());

        addAll(queue, "d", "e");

        assertThat(drain(queue)).containsExactly("b", "d");
    }

    @EveryPolicy(of = {WhenFull.DROP_OLDEST, WhenFull.DROP_NEWEST})
    void e3_numbersRiseOverWhatIsDroppedToo(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a", "b");
        takeAll(queue);
        long inside = queue.newest();

        List<Long> numbers = addAll(queue, "c", "d");
        assertThat(queue.newest())
                .as("what was dropped on arrival was never inside")
                .isEqualTo(inside);
        queue.delivered(inside);
        numbers.addAll(addAll(queue, "e"));

        assertThat(numbers.get(0)).isGreaterThan(inside);
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(queue.newest()).isEqualTo(numbers.get(2));
    }

    @EveryPolicy(of = {WhenFull.DROP_OLDEST, WhenFull.DROP_NEWEST})
    void e3_aQueueThatDropsLetsNobodyWait(WhenFull policy) throws Exception {
        MessageQueue queue = full(policy, "a");
        takeAll(queue);

        assertThat(Sender.of(queue, message("b"), FOREVER).number()).isGreaterThan(queue.newest());
    }

    @EveryPolicy(of = {WhenFull.DROP_OLDEST, WhenFull.DROP_NEWEST})
    void e3_aDropIsToldOnTheAddingThreadBeforeAddReturnsAndBeforeWhatGotInIsAnnounced(WhenFull policy)
            throws Exception {
        MessageQueue queue = roomFor(1, policy);
        long old = addAll(queue, "a").get(0);
        RecordingListener listener = RecordingListener.of(queue);

        long number = addAll(queue, "b").get(0);

        assertThat(listener.heard())
                .isEqualTo(
                        policy == WhenFull.DROP_OLDEST
                                ? List.of(dropped(old, "a"), "available")
                                : List.of(dropped(number, "b")));
        assertThat(listener.told()).extracting(RecordingListener.Told::on).containsOnly(Thread.currentThread());
    }

    @EveryPolicy(of = {WhenFull.DROP_OLDEST, WhenFull.DROP_NEWEST})
    void e3_aDroppedMessageIsShownWhole(WhenFull policy) throws Exception {
        MessageQueue queue = roomFor(1, policy);
        List<String> shown = new ArrayList<>();
        queue.listen(new MessageQueue.Listener() {
            @Override
            public void available() {}

            @Override
            public void dropped(long number, boolean maybeHandedBefore, ByteBuffer message) {
                shown.add(message.order() + " " + text(message));
            }
        });
        ByteBuffer message =
                message("[whole]").order(ByteOrder.LITTLE_ENDIAN).position(1).limit(6);
        queue.add(message, Duration.ZERO);

        queue.add(message, Duration.ZERO);

        assertThat(shown).containsExactly("BIG_ENDIAN whole");
        assertThat(message.position()).isEqualTo(1);
        assertThat(message.limit()).isEqualTo(6);
    }

    @Test
    @NeedsPolicy(WhenFull.DROP_OLDEST)
    void e3_aDropTellsWhetherTheMessageWasTakenBefore() throws Exception {
        MessageQueue queue = full(WhenFull.DROP_OLDEST, "a", "b");
        List<String> told = new ArrayList<>();
        queue.listen(new MessageQueue.Listener() {
            @Override
            public void available() {}

            @Override
            public void dropped(long number, boolean maybeHandedBefore, ByteBuffer message) {
                told.add(text(message) + " " + maybeHandedBefore);
            }
        });
        Taken.take(queue, 1);
        queue.rewind();

        addAll(queue, "c", "d");

        assertThat(told).containsExactly("a true", "b false");
    }

    @EveryPolicy(of = {WhenFull.DROP_OLDEST, WhenFull.DROP_NEWEST})
    void e3_dropsAreCounted(WhenFull policy) throws Exception {
        MessageQueue queue = roomFor(2, policy);
        assertThat(queue.dropped()).isZero();

        addAll(queue, "a", "b", "c", "d", "e");

        assertThat(queue.dropped()).isEqualTo(3);
        queue.close();
        assertThat(queue.dropped()).isEqualTo(3);
    }
}
