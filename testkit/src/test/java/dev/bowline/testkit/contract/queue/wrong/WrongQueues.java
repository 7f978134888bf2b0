package dev.bowline.testkit.contract.queue.wrong;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The wrong queues of {@link Wrongness}. */
final class WrongQueues {
    private WrongQueues() {}

    static final class OffersTheNewestFirst extends PlainQueue {
        @Override
        Message next() {
            return waiting.getLast();
        }
    }

    static final class LosesOneAtRewind extends PlainQueue {
        @Override
        void putBack() {
            taken.pollLast();
            super.putBack();
        }
    }

    static final class ReordersAtRewind extends PlainQueue {
        @Override
        void putBack() {
            while (!taken.isEmpty()) {
                waiting.addFirst(taken.removeFirst());
            }
        }
    }

    static final class ForgetsTheOverhead extends PlainQueue {
        @Override
        long cost(Message message) {
            return message.bytes.remaining();
        }
    }

    static final class CountsTakenAsGone extends PlainQueue {
        @Override
        Size inside() {
            return new Size(waiting.size(), bytes(waiting));
        }
    }

    static final class LetsTheLastThatWaitsInFirst extends PlainQueue {
        @Override
        Message nextInLine() {
            return line.getLast();
        }
    }

    static final class LetsSmallOnesOvertake extends PlainQueue {
        @Override
        boolean mayPass(Message message) {
            return true;
        }
    }

    static final class DropsWhatCanNeverFit extends PlainQueue {
        @Override
        List<Message> admit(Message message, Duration wait) throws InterruptedException {
            return canNeverFit(message) ? refuse(message) : super.admit(message, wait);
        }
    }

    static final class DropsATakenOne extends PlainQueue {
        @Override
        boolean couldMakeRoom(Message message) {
            return true;
        }

        @Override
        Message dropOne() {
            return taken.isEmpty() ? super.dropOne() : taken.removeFirst();
        }
    }

    static final class DropsTheNewestOfTheOld extends PlainQueue {
        @Override
        Message dropOne() {
            return waiting.removeLast();
        }
    }

    static final class DropsMoreThanItNeeds extends PlainQueue {
        @Override
        List<Message> dropFor(Message message) {
            List<Message> dropped = new ArrayList<>(super.dropFor(message));
            if (!waiting.isEmpty()) {
                dropped.add(waiting.removeFirst());
            }
            return dropped;
        }
    }

    static final class DropsWithoutTelling extends PlainQueue {
        @Override
        void tell(List<Message> dropped, Message added) {
            if (!dropped.contains(added)) {
                super.tell(List.of(), added);
            }
        }
    }

    static final class ForgetsOneMoreThanDelivered extends PlainQueue {
        @Override
        void forget(long through) {
            super.forget(through);
            taken.pollFirst();
        }
    }

    static final class CutsLargeMessages extends PlainQueue {
        private static final int LARGE = 64 << 10;

        @Override
        ByteBuffer view(Message message) {
            ByteBuffer view = super.view(message);
            return view.limit(Math.min(view.limit(), LARGE));
        }
    }

    static final class KeepsTheSendersBuffer extends PlainQueue {
        @Override
        ByteBuffer copy(ByteBuffer bytes) {
            return bytes.slice();
        }
    }

    static final class NeverSaysHandedBefore extends PlainQueue {
        @Override
        void putBack() {
            taken.forEach(message -> message.handedBefore = false);
            super.putBack();
        }
    }

    /** A message that was accepted and came back begins where the taker had stopped to read. */
    static final class ResumesWhereTheTakerStopped extends PlainQueue {
        private final Map<Message, ByteBuffer> shown = new HashMap<>();

        @Override
        ByteBuffer view(Message message) {
            ByteBuffer view = super.view(message);
            ByteBuffer before = shown.put(message, view);
            if (message.handedBefore && before != null && before.hasRemaining()) {
                view.position(before.position());
            }
            return view;
        }
    }

    static final class CallsTheListenerUnderItsLock extends PlainQueue {
        @Override
        void tell(List<Message> dropped, Message added) {
            lock.lock();
            try {
                super.tell(dropped, added);
            } finally {
                lock.unlock();
            }
        }
    }

    static final class CallsTheTakerUnderItsLock extends PlainQueue {
        @Override
        public int take(Taker taker) {
            lock.lock();
            try {
                return super.take(taker);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Until there is something, but not for ever: not every test that takes has somebody to give up for it. */
    static final class WaitsInTake extends PlainQueue {
        private static final long SECONDS = 3;

        @Override
        void append(Message message) {
            super.append(message);
            changed.signalAll();
        }

        @Override
        public int take(Taker taker) {
            long nanos = TimeUnit.SECONDS.toNanos(SECONDS);
            lock.lock();
            try {
                while (!sealed && inside().messages() == 0 && nanos > 0) {
                    nanos = changed.awaitNanos(nanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lock.unlock();
            }
            return super.take(taker);
        }
    }

    static final class LetsOneInAfterTheSeal extends PlainQueue {
        private boolean shut;

        @Override
        boolean refusesAll() {
            boolean refuses = shut;
            shut = sealed;
            return refuses;
        }
    }

    static final class SealsWithoutSendingAwayWhoWaits extends PlainQueue {
        @Override
        public void seal() {
            lock.lock();
            try {
                sealed = true;
            } finally {
                lock.unlock();
            }
        }
    }

    static final class LosesWhatIsInsideAtTheSeal extends PlainQueue {
        @Override
        public void seal() {
            lock.lock();
            try {
                super.seal();
                waiting.clear();
            } finally {
                lock.unlock();
            }
        }
    }
}
