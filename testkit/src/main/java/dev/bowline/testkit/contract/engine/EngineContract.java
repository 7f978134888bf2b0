package dev.bowline.testkit.contract.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.EngineProvider;
import dev.bowline.testkit.contract.Contract;
import dev.bowline.testkit.contract.Needs;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.subject.ContractSubject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every engine must do: the SPI's Javadoc as tests. An engine's own test class names it through {@link
 * ContractSubject#subject} and holds nothing else; what its platform forces is a missing {@link Capability} there.
 *
 * <p>The chapters are interfaces, one per concern. Each test works through a probe that holds every single call of the
 * engine against the rules, and fails at its end if one was broken.
 */
public abstract class EngineContract extends Contract
        implements OpeningContract,
                ReadingContract,
                WritingContract,
                EndingContract,
                EventSideContract,
                ShutdownContract {
    private @Nullable EngineBench bench;

    /** For an engine's own class. */
    protected EngineContract() {}

    @Override
    public final EngineBench bench() {
        return Objects.requireNonNull(bench, "outside of a test");
    }

    @BeforeEach
    void prepare() {
        bench = new EngineBench(underTest());
    }

    @AfterEach
    void finish() throws Exception {
        bench().finish();
    }

    @Test
    @Needs(Capability.INSTALLED)
    void h1_theProviderSaysWhoItIs() {
        EngineProvider provider = bench().subject().provider();
        assertThat(provider.isAvailable()).isTrue();
        assertThat(provider.name()).matches("[a-z]+");
        assertThat(provider.priority()).isPositive();
    }
}
