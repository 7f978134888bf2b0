package dev.bowline.testkit.contract.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuleTest {
    @Test
    void aTestsNameBeginsWithItsRule() {
        assertThat(Rule.inNameOf("b3_closeSendsEverythingWrittenBefore")).contains(new Rule('B', 3));
        assertThat(Rule.inNameOf("closeSendsEverything")).isEmpty();
        assertThat(Rule.inNameOf("b3close")).isEmpty();
        assertThat(Rule.inNameOf("x3_nothing")).isEmpty();
        assertThat(Rule.inNameOf("b3_")).isEmpty();
    }

    @Test
    void rulesAreInTheOrderOfTheDesign() {
        assertThat(Rule.OF_TRANSPORTS)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(new Rule('A', 1))
                .endsWith(new Rule('H', 1))
                .hasSize(7 + 8 + 4 + 8 + 4 + 1);
        assertThat(new Rule('B', 3)).hasToString("B3");
    }
}
