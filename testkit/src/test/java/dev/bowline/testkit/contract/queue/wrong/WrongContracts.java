package dev.bowline.testkit.contract.queue.wrong;

import dev.bowline.queue.MessageQueue;
import dev.bowline.queue.WhenFull;
import dev.bowline.testkit.contract.queue.BoundContract;
import dev.bowline.testkit.contract.queue.DepartureContract;
import dev.bowline.testkit.contract.queue.DropContract;
import dev.bowline.testkit.contract.queue.LockContract;
import dev.bowline.testkit.contract.queue.OrderContract;
import dev.bowline.testkit.contract.queue.QueueSubject;
import dev.bowline.testkit.contract.queue.SealContract;
import dev.bowline.testkit.contract.queue.StressContract;
import dev.bowline.testkit.contract.queue.WaitingContract;
import java.util.List;

/** All contracts of a queue, held against the wrong queue of the moment. */
final class WrongContracts {
    /** Set before a run of the suite begins; its runs follow one another. */
    static volatile Wrongness current = Wrongness.NONE;

    private WrongContracts() {}

    static List<Class<?>> all() {
        return List.of(
                Order.class,
                Bound.class,
                Waits.class,
                Drop.class,
                Departure.class,
                Lock.class,
                Seal.class,
                Stress.class);
    }

    interface OnWrong extends QueueSubject {
        @Override
        default MessageQueue open(long maxBytes, long maxMessages, WhenFull whenFull) {
            return current.open(new PlainQueue.Limits(maxBytes, maxMessages, whenFull));
        }

        @Override
        default int stressMessages() {
            return 4_000;
        }
    }

    static class Order extends OrderContract implements OnWrong {}

    static class Bound extends BoundContract implements OnWrong {}

    static class Waits extends WaitingContract implements OnWrong {}

    static class Drop extends DropContract implements OnWrong {}

    static class Departure extends DepartureContract implements OnWrong {}

    static class Lock extends LockContract implements OnWrong {}

    static class Seal extends SealContract implements OnWrong {}

    static class Stress extends StressContract implements OnWrong {}
}
