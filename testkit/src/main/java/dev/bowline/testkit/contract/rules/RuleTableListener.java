package dev.bowline.testkit.contract.rules;

import dev.bowline.testkit.contract.subject.ContractSubject;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    private final Object lock = new Object();

    /** Guarded by lock, as is all below. */
    private RuleTable table = new RuleTable();

    /** Which transport a test class has said it is about. */
    private final Map<UniqueId, String> transports = new HashMap<>();

    private final Set<UniqueId> classesThatRan = new HashSet<>();
    private @Nullable TestPlan plan;

    /** JUnit makes it. */
    public RuleTableListener() {}

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        synchronized (lock) {
            plan = started;
            table = new RuleTable();
            transports.clear();
            classesThatRan.clear();
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier publisher, ReportEntry entry) {
        String transport = entry.getKeyValuePairs().get(ContractSubject.REPORT_KEY);
        if (transport != null) {
            synchronized (lock) {
                transports.put(publisher.getUniqueIdObject(), transport);
            }
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Optional<Method> method = test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod());
        if (test.isTest() && method.isPresent()) {
            Rule.inNameOf(method.get().getName()).ifPresent(rule -> enter(rule, method.get(), test, result));
        }
    }

    private void enter(Rule rule, Method method, TestIdentifier test, TestExecutionResult result) {
        synchronized (lock) {
            Optional<TestIdentifier> testClass = contractClassOf(test);
            if (testClass.isEmpty()) {
                return;
            }
            UniqueId id = testClass.get().getUniqueIdObject();
            classesThatRan.add(id);
            String transport = transports.getOrDefault(id, "");
            String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            switch (result.getStatus()) {
                case SUCCESSFUL -> table.passed(rule, transport, name);
                case FAILED -> table.failed(rule, transport, name);
                case ABORTED -> {
                    // Nothing is known then.
                }
            }
        }
    }

    /** The nearest container that has said which transport it is about. Under lock. */
    private Optional<TestIdentifier> contractClassOf(TestIdentifier test) {
        TestPlan running = plan;
        Optional<TestIdentifier> at = Optional.of(test);
        while (running != null
                && at.isPresent()
                && !transports.containsKey(at.get().getUniqueIdObject())) {
            at = running.getParent(at.get());
        }
        return at;
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        String wish = System.getProperty(PROPERTY, "");
        synchronized (lock) {
            int enough = wish.equals("always") ? 1 : 2;
            if (!wish.equals("never") && classesThatRan.size() >= enough) {
                System.out.println(table);
            }
        }
    }
}
