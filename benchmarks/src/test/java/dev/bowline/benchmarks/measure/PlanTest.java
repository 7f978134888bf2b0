package dev.bowline.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bowline.benchmarks.contender.Peer;
import dev.bowline.benchmarks.measure.Plan.Entry;
import dev.bowline.benchmarks.report.Target;
import dev.bowline.benchmarks.report.Targets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static Stream<Entry> entries(Plan plan) {
        return plan.groups().stream().flatMap(group -> group.entries().stream());
    }

    @Test
    void theQuickPlanMeasuresAllThatTheTargetsAreAbout() {
        List<Entry> measured = entries(Plan.quick(21)).toList();
        for (Target target : Targets.all()) {
            assertThat(measured).as(target.title()).contains(entry(target.of()));
            if (target.to() != null) {
                assertThat(measured).as(target.title()).contains(entry(target.to()));
            }
        }
    }

    /** Ratios compare rounds, and rounds are those of a group. */
    @Test
    void whatATargetComparesIsMeasuredInTheSameRounds() {
        for (Plan plan : List.of(Plan.quick(21), Plan.full(21))) {
            for (Target target : Targets.all()) {
                Target.Quantity to = target.to();
                if (to != null) {
                    assertThat(plan.groups())
                            .as(target.title())
                            .anyMatch(group -> group.entries().containsAll(List.of(entry(target.of()), entry(to))));
                }
            }
        }
    }

    private static Entry entry(Target.Quantity quantity) {
        return new Entry(quantity.peer(), quantity.workload());
    }

    @Test
    void theFullPlanHasAtLeastFiveRoundsOfEverything() {
        Plan full = Plan.full(17);
        assertThat(full.groups()).allMatch(group -> group.rounds() >= 5);
        assertThat(entries(full).map(Entry::workload)).contains(Workload.values());
        assertThat(entries(full).map(Entry::peer)).contains(Peer.values());
    }

    @Test
    void thousandsOfThreadsAreOnlyAskedForWhereTheyAreVirtual() {
        Entry thousands = new Entry(Peer.BOWLINE_BLOCKING, Workload.IDLE_9000);
        assertThat(entries(Plan.full(17))).doesNotContain(thousands);
        assertThat(entries(Plan.full(21))).contains(thousands);
    }

    @Test
    void aPlanCanBeCutDown() {
        Plan cut =
                Plan.full(17).only(entry -> entry.workload() == Workload.SEND_1).withRounds(2);
        assertThat(entries(cut).map(Entry::workload)).containsOnly(Workload.SEND_1);
        assertThat(cut.groups()).singleElement().matches(group -> group.rounds() == 2);
    }

    @Test
    void idsAreThoseOfTheCommandLine() {
        assertThat(Workload.RECEIVE_STRING.id()).isEqualTo("receive-string");
        assertThat(Stream.of(Workload.values()).map(workload -> Workload.ofId(workload.id())))
                .containsExactly(Workload.values());
        assertThat(Stream.of(Peer.values()).map(peer -> Peer.ofId(peer.id()))).containsExactly(Peer.values());
    }

    @Test
    void whatTheServerSaysOfItsPortsIsUnderstood() {
        assertThat(ServerProcess.parse("SINK=40001 ECHO=40002"))
                .isEqualTo(Map.of(
                        dev.bowline.benchmarks.server.Service.SINK, 40001,
                        dev.bowline.benchmarks.server.Service.ECHO, 40002));
    }
}
