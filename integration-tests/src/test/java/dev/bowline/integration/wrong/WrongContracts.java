package dev.bowline.integration.wrong;

import dev.bowline.testkit.contract.AttemptContract;
import dev.bowline.testkit.contract.ClosingContract;
import dev.bowline.testkit.contract.EndContract;
import dev.bowline.testkit.contract.LifeContract;
import dev.bowline.testkit.contract.LossReasonContract;
import dev.bowline.testkit.contract.RaceContract;
import dev.bowline.testkit.contract.ReadingContract;
import dev.bowline.testkit.contract.SerialContract;
import dev.bowline.testkit.contract.TimeoutContract;
import dev.bowline.testkit.contract.WritabilityContract;
import dev.bowline.testkit.contract.WritingContract;
import dev.bowline.testkit.contract.engine.EngineContract;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import java.util.List;

/** The contracts of letters A to C and of the SPI, held against the wrong transport of the moment. */
final class WrongContracts {
    /** Set before a run of the suite begins; its runs follow one another. */
    static volatile Wrongness current = Wrongness.NONE;

    private WrongContracts() {}

    static List<Class<?>> all() {
        return List.of(
                Life.class,
                Attempt.class,
                Race.class,
                End.class,
                Serial.class,
                LossReason.class,
                Writing.class,
                Writability.class,
                Timeout.class,
                Closing.class,
                Reading.class,
                Engine.class);
    }

    interface OnWrong extends ContractSubject {
        @Override
        default TransportUnderTest subject() {
            return new WrongTransport(current);
        }
    }

    static class Life extends LifeContract implements OnWrong {}

    static class Attempt extends AttemptContract implements OnWrong {}

    static class Race extends RaceContract implements OnWrong {}

    static class End extends EndContract implements OnWrong {}

    static class Serial extends SerialContract implements OnWrong {}

    static class LossReason extends LossReasonContract implements OnWrong {}

    static class Writing extends WritingContract implements OnWrong {}

    static class Writability extends WritabilityContract implements OnWrong {}

    static class Timeout extends TimeoutContract implements OnWrong {}

    static class Closing extends ClosingContract implements OnWrong {}

    static class Reading extends ReadingContract implements OnWrong {}

    static class Engine extends EngineContract implements OnWrong {}
}
