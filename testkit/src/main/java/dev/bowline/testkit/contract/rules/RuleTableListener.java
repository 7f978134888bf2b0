package dev.bowline.testkit.contract.rules;

import dev.bowline.testkit.contract.Contract;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints, at the end of a run, which rules the contract tests have shown of which transport. JUnit finds it wherever the
 * testkit is. It says nothing where fewer than two contract classes ran, unless the system property {@code
 * bowline.ruleTable} is {@code always}; with {@code never} it never does.
 */
public final class RuleTableListener implements TestExecutionListener {
    private static final String PROPERTY = "bowline.ruleTable";

    private final PrintStream out;
    private final Object lock = new Object();

    /** Guarded by lock, as is all below. */
    private RuleTable table = new RuleTable();

    /** Which transport a test class has said it is about. */
    private final Map<UniqueId, String> transports = new HashMap<>();

    private final Set<UniqueId> classesThatRan = new HashSet<>();

    /** JUnit makes it. */
    public RuleTableListener() {
        this(System.out);
    }

    RuleTableListener(PrintStream out) {
        this.out = out;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        synchronized (lock) {
            table = new RuleTable();
            transports.clear();
            classesThatRan.clear();
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier publisher, ReportEntry entry) {
        String transport = entry.getKeyValuePairs().get(Contract.REPORT_KEY);
        if (transport != null) {
            synchronized (lock) {
                transports.put(publisher.getUniqueIdObject(), transport);
            }
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            enter(
                    test,
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> RuleTable.Outcome.PASSED;
                        case FAILED -> RuleTable.Outcome.FAILED;
                        case ABORTED -> RuleTable.Outcome.LEFT_OUT;
                    });
        }
    }

    /** For want of a capability, say. */
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        enter(test, RuleTable.Outcome.LEFT_OUT);
    }

    private void enter(TestIdentifier test, RuleTable.Outcome outcome) {
        Optional<Method> method = test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod());
        Optional<Rule> rule = method.flatMap(m -> Rule.inNameOf(m.getName()));
        synchronized (lock) {
            Optional<UniqueId> testClass = contractClassOf(test);
            if (rule.isPresent() && testClass.isPresent()) {
                classesThatRan.add(testClass.get());
                String transport = transports.getOrDefault(testClass.get(), "");
                String name = method.get().getDeclaringClass().getSimpleName() + "."
                        + method.get().getName();
                table.enter(rule.get(), transport, name, outcome);
            }
        }
    }

    /** The nearest container that has said which transport it is about. Under lock. */
    private Optional<UniqueId> contractClassOf(TestIdentifier test) {
        Optional<UniqueId> at = Optional.of(test.getUniqueIdObject());
        while (at.isPresent() && !transports.containsKey(at.get())) {
            List<UniqueId.Segment> segments = at.get().getSegments();
            at = segments.size() == 1 ? Optional.empty() : Optional.of(at.get().removeLastSegment());
        }
        return at;
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        String wish = System.getProperty(PROPERTY, "");
        synchronized (lock) {
            int enough = wish.equals("always") ? 1 : 2;
            if (!wish.equals("never") && classesThatRan.size() >= enough) {
                out.println(table);
            }
        }
    }
}
