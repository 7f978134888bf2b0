package dev.bowline.testkit.contract;

import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import dev.bowline.testkit.contract.support.BowlineThreads;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** What all contracts have in common: the one transport that the tests of a class are held against. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class Contract implements ContractSubject {
    /** The key of the report entry by which a test class says which transport it is about. */
    public static final String REPORT_KEY = "bowline.transport";

    private @Nullable TransportUnderTest underTest;

    /** For a group of tests. */
    protected Contract() {}

    /** {@return the answer of {@link #subject()}, which is asked once} */
    protected final TransportUnderTest underTest() {
        TransportUnderTest asked = underTest;
        if (asked == null) {
            asked = subject();
            underTest = asked;
        }
        return asked;
    }

    /** For the rule table. */
    @BeforeAll
    final void sayWhichTransportThisIs(TestReporter reporter) {
        reporter.publishEntry(REPORT_KEY, underTest().label());
    }

    /** After all that a subclass does at the end. */
    @AfterAll
    final void closeTheSubject() {
        underTest().close();
        BowlineThreads.awaitNone(underTest().name());
    }
}
