package dev.bowline.testkit.contract.queue;

import static dev.bowline.testkit.contract.queue.Taken.message;
import static dev.bowline.testkit.contract.queue.Taken.take;
import static dev.bowline.testkit.contract.queue.Taken.takeAll;
import static dev.bowline.testkit.contract.queue.Taken.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** First in, first out, whatever is taken and put back (rule E1). */
public abstract class OrderContract extends MessageQueueContract {
    /** For a queue's own class. */
    protected OrderContract() {}

    @EveryPolicy
    void e1_messagesComeOutInTheOrderTheyWentIn(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        List<Long> numbers = addAll(queue, "a", "", "ccc");

        List<Taken> taken = takeAll(queue);

        assertThat(texts(taken)).containsExactly("a", "", "ccc");
        assertThat(taken).extracting(Taken::number).isEqualTo(numbers);
    }

    @EveryPolicy
    void e1_numbersRiseFromAboveZero(WhenFull policy) throws Exception {
        List<Long> numbers = addAll(queue(policy), "a", "b", "c");

        assertThat(numbers.get(0)).isPositive();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @EveryPolicy
    void e1_newestIsTheNumberOfTheLastMessageThatGotIn(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        assertThat(queue.newest()).isZero();

        List<Long> numbers = addAll(queue, "a", "b");

        assertThat(queue.newest()).isEqualTo(numbers.get(1));
        takeAll(queue);
        queue.rewind();
        takeAll(queue);
        queue.delivered(numbers.get(1));
        assertThat(queue.newest()).isEqualTo(numbers.get(1));
    }

    @EveryPolicy
    void e1_takeEndsWithTheFirstRefusedMessage_whichIsOfferedFirstNextTime(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a", "b", "c");

        List<String> offered = new ArrayList<>();
        int accepted = queue.take((number, before, message) -> {
            offered.add(text(message));
            return offered.size() < 2;
        });

        assertThat(accepted).isEqualTo(1);
        assertThat(offered).containsExactly("a", "b");
        assertThat(texts(takeAll(queue))).containsExactly("b", "c");
        assertThat(takeAll(queue)).isEmpty();
    }

    @EveryPolicy
    void e1_rewindPutsTakenMessagesBackAtTheHeadInOrder(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a", "b", "c", "d");
        take(queue, 3);
        queue.rewind();
        addAll(queue, "e");

        assertThat(texts(takeAll(queue))).containsExactly("a", "b", "c", "d", "e");
    }

    @EveryPolicy
    void e1_rewindKeepsTheOrderOfWhatWasTakenInParts(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        addAll(queue, "a", "b", "c");
        take(queue, 1);
        addAll(queue, "d");
        take(queue, 2);
        queue.rewind();
        assertThat(texts(take(queue, 2))).containsExactly("a", "b");
        addAll(queue, "e");
        assertThat(texts(take(queue, 1))).containsExactly("c");
        queue.rewind();

        assertThat(texts(takeAll(queue))).containsExactly("a", "b", "c", "d", "e");
    }

    @EveryPolicy
    void e1_rewindBringsBackOnlyWhatIsNotDelivered(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        List<Long> numbers = addAll(queue, "a", "b", "c");
        take(queue, 2);
        queue.delivered(numbers.get(0));
        queue.rewind();
        queue.rewind();

        assertThat(texts(takeAll(queue))).containsExactly("b", "c");
    }

    @EveryPolicy
    void e1_aThreadsMessagesStayInItsOrderWhateverTheOthersAdd(WhenFull policy) throws Exception {
        MessageQueue queue = queue(policy);
        int threads = 4;
        int each = 500;
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            String name = i + " ";
            senders.add(Sender.of(() -> {
                for (int place = 0; place < each; place++) {
                    queue.add(message(name + place), Duration.ZERO);
                }
                return 0L;
            }));
        }
        for (Sender sender : senders) {
            sender.number();
        }

        List<Taken> taken = takeAll(queue);
        assertThat(taken).extracting(Taken::number).isSorted().doesNotHaveDuplicates();
        int[] next = new int[threads];
        for (Taken message : taken) {
            String[] words = message.text().split(" ", -1);
            assertThat(Integer.parseInt(words[1])).isEqualTo(next[Integer.parseInt(words[0])]++);
        }
        assertThat(next).containsOnly(each);
    }
}
