package dev.bowline.testkit.contract.queue.wrong;

import dev.bowline.testkit.contract.queue.wrong.PlainQueue.Limits;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What a queue may do wrong; each is as narrow as it can be.
 *
 * @param what it does wrong
 * @param making makes a queue that does
 * @param broken the rules that it breaks
 * @param concerned rules whose tests need what it breaks, and fail with it; those of all others hold
 */
record Wrongness(String what, Supplier<PlainQueue> making, Set<String> broken, Set<String> concerned) {
    /** The control: a second queue that is right (rule E8). */
    static final Wrongness NONE = of("nothing", PlainQueue::new, "", "");

    /** Concerned are, as a rule, tests that look at all that comes out of a queue in the end. */
    static final List<Wrongness> ALL = List.of(
            NONE,
            of("offers the newest first", WrongQueues.OffersTheNewestFirst::new, "E1", "E3 E4 E5 E6 E7"),
            of("reorders at rewind", WrongQueues.ReordersAtRewind::new, "E1", "E3 E4 E5 E6 E7"),
            of("forgets the overhead", WrongQueues.ForgetsTheOverhead::new, "E2", ""),
            of("counts taken as gone", WrongQueues.CountsTakenAsGone::new, "E2", "E3 E4 E6 E7"),
            of("lets the last that waits in first", WrongQueues.LetsTheLastThatWaitsInFirst::new, "E3", ""),
            of("lets small ones overtake", WrongQueues.LetsSmallOnesOvertake::new, "E3", ""),
            of("drops what can never fit", WrongQueues.DropsWhatCanNeverFit::new, "E3", "E2"),
            of("drops a taken one", WrongQueues.DropsATakenOne::new, "E3", "E2 E4 E6"),
            of("drops the newest of the old", WrongQueues.DropsTheNewestOfTheOld::new, "E3", "E4"),
            of("drops more than it needs", WrongQueues.DropsMoreThanItNeeds::new, "E3", "E2 E6"),
            of("drops without telling", WrongQueues.DropsWithoutTelling::new, "E3 E4", "E6 E7"),
            of("loses one at rewind", WrongQueues.LosesOneAtRewind::new, "E4", "E1 E2 E3 E5 E6 E7"),
            of("forgets one more than delivered", WrongQueues.ForgetsOneMoreThanDelivered::new, "E4", "E1 E2 E3 E7"),
            of("cuts large messages", WrongQueues.CutsLargeMessages::new, "E4", ""),
            of("keeps the sender's buffer", WrongQueues.KeepsTheSendersBuffer::new, "E4", ""),
            of("never says handed before", WrongQueues.NeverSaysHandedBefore::new, "E4", "E3 E5 E7"),
            of("resumes where the taker stopped", WrongQueues.ResumesWhereTheTakerStopped::new, "E5", ""),
            of("calls the listener under its lock", WrongQueues.CallsTheListenerUnderItsLock::new, "E6", ""),
            of("calls the taker under its lock", WrongQueues.CallsTheTakerUnderItsLock::new, "E6", "E3"),
            of("waits in take", WrongQueues.WaitsInTake::new, "E6", ""),
            of("lets one in after the seal", WrongQueues.LetsOneInAfterTheSeal::new, "E7", ""),
            of("seals and lets those wait", WrongQueues.SealsWithoutSendingAwayWhoWaits::new, "E7", ""),
            of("loses what is inside at the seal", WrongQueues.LosesWhatIsInsideAtTheSeal::new, "E7", "E6"));

    private static Wrongness of(String what, Supplier<PlainQueue> making, String broken, String concerned) {
        return new Wrongness(what, making, rules(broken), rules(concerned));
    }

    private static Set<String> rules(String names) {
        return new TreeSet<>(names.isEmpty() ? Set.of() : List.of(names.split(" ", -1)));
    }

    /** All rules of which a test fails. */
    Set<String> failing() {
        Set<String> failing = new TreeSet<>(broken);
        failing.addAll(concerned);
        return failing;
    }

    PlainQueue open(Limits limits) {
        return making.get().within(limits);
    }

    @Override
    public String toString() {
        return what;
    }
}
