package dev.bowline.testkit.contract.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.testkit.contract.Contract;
import dev.bowline.testkit.contract.Needs;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Contracts that say little, of transports that are none: run by a test, and by nobody else, for some fail. */
final class SmallContracts {
    private SmallContracts() {}

    interface OnGood extends ContractSubject {
        @Override
        default TransportUnderTest subject() {
            return () -> "good";
        }
    }

    interface OnPoor extends ContractSubject {
        @Override
        default TransportUnderTest subject() {
            return new TransportUnderTest() {
                @Override
                public String name() {
                    return "poor";
                }

                @Override
                public Set<Capability> capabilities() {
                    return Set.of();
                }
            };
        }
    }

    abstract static class SmallContract extends Contract {
        @Test
        void a1_passes() {}

        @RepeatedTest(3)
        void a1_passesThrice() {}

        @Test
        @Needs(Capability.INSTALLED)
        void a1_passesWhereItIsInstalled() {}

        @Test
        @Needs(Capability.INSTALLED)
        void a2_isAllThatItsRuleHas() {}

        @Test
        void b1_failsOnOne() {
            assertThat(underTest().name()).isEqualTo("good");
        }

        @Test
        void saysNoRule() {}
    }

    static final class GoodSmall extends SmallContract implements OnGood {}

    static final class GoodSmallAgain extends SmallContract implements OnGood {}

    static final class PoorSmall extends SmallContract implements OnPoor {}

    static final class NoContract {
        @Test
        void a3_isAboutNoTransport() {}
    }
}
