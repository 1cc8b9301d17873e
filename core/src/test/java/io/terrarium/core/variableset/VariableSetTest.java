package io.terrarium.core.variableset;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariableSetTest {
  @Test
  void a_reader_of_one_workspace_does_not_learn_what_else_a_set_is_applied_to() {
    VariableId variable = new VariableId("var-1");
    WorkspaceId own = new WorkspaceId("ws-own");
    VariableSet set =
        new VariableSet(
            1,
            new VariableSetId("varset-1"),
            new VariableSet.Owner(1, "acme", null, null),
            new VariableSet.Settings("shared", "", false, false),
            new VariableSet.Related(
                List.of(variable),
                List.of(own, new WorkspaceId("ws-hidden")),
                List.of(new ProjectId("prj-hidden"))),
            Instant.EPOCH,
            Instant.EPOCH);

    VariableSet.Related seen = set.within(own).related();

    assertThat(seen).isEqualTo(new VariableSet.Related(List.of(variable), List.of(own), List.of()));
  }
}
