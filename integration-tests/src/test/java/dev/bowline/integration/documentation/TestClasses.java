package dev.bowline.integration.documentation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Test classes that a page shows, run by JUnit. */
final class TestClasses {
    private TestClasses() {}

    /** What went wrong, as a clause; empty if all their tests passed. */
    static Optional<String> problem(Path classes, List<String> names) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
            for (String name : names) {
                request.selectors(selectClass(loader.loadClass(name)));
            }
            return problem(run(request.build()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("it was compiled a moment ago", e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Without the listeners of the run that this is a part of. */
    private static TestExecutionSummary run(LauncherDiscoveryRequest request) {
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create(config).execute(request, summary);
        return summary.getSummary();
    }

    private static Optional<String> problem(TestExecutionSummary summary) {
        if (summary.getTotalFailureCount() > 0) {
            TestExecutionSummary.Failure first = summary.getFailures().get(0);
            return Optional.of(
                    "test " + first.getTestIdentifier().getDisplayName() + " fails: " + first.getException());
        }
        return summary.getTestsSucceededCount() > 0 ? Optional.empty() : Optional.of("there are no tests in it");
    }
}
