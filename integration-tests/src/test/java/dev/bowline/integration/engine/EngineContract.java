package dev.bowline.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.spi.EngineProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every engine must do, against plain sockets on the loopback interface: the SPI's Javadoc as tests. An engine's
 * own test class names its provider and nothing else; a difference that a platform forces would be an override there,
 * with its reason.
 *
 * <p>The chapters are interfaces, one per concern. Each test works through {@link ProbedLink}, which holds every single
 * call of the engine against the rules; {@link EngineBench#finish} fails the test if one was broken.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EngineContract
        implements OpeningContract,
                ReadingContract,
                WritingContract,
                EndingContract,
                EventSideContract,
                ShutdownContract {
    private EngineBench bench;

    /** The engine under test. */
    abstract EngineProvider provider();

    @Override
    public EngineBench bench() {
        return bench;
    }

    @BeforeEach
    void prepare() {
        bench = new EngineBench(provider());
    }

    @AfterEach
    void finish() throws Exception {
        bench.finish();
    }

    @Test
    void theProviderSaysWhoItIs() {
        EngineProvider provider = provider();
        assertThat(provider.isAvailable()).isTrue();
        assertThat(provider.name()).matches("[a-z]+");
        assertThat(provider.priority()).isPositive();
    }
}
