package dev.bowline.testkit.contract.subject;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/**
 * What every contract class asks for: the transport that it is held against. A transport says so once, in an interface
 * of its own that its test classes mix in:
 *
 * <pre>{@code
 * interface OnMine extends ContractSubject {
 *     @Override
 *     default TransportUnderTest subject() {
 *         return () -> "mine";
 *     }
 * }
 *
 * class MineLifeContractTest extends LifeContract implements OnMine {}
 *
 * class MineClosingContractTest extends ClosingContract implements OnMine {}
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public interface ContractSubject {
    /** The key of the report entry by which a test class says which transport it is about. */
    String REPORT_KEY = "bowline.transport";

    /**
     * The transport under test. Asked several times for one test class, and for each class anew; the engines and the
     * network of one test come from the same answer.
     */
    TransportUnderTest subject();

    /** For the rule table; JUnit calls it. */
    @BeforeAll
    default void sayWhichTransportThisIs(TestReporter reporter) {
        reporter.publishEntry(REPORT_KEY, subject().name());
    }
}
