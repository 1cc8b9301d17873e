package io.terrarium.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.state.Transitions.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunLifecycleTest {
  @Nested
  class The_table {
    @Test
    void leads_out_of_every_state_that_is_not_final() {
      Set<RunStatus> stuck = EnumSet.noneOf(RunStatus.class);
      for (RunStatus status : RunLifecycle.TABLE.reachable(RunStatus.PENDING)) {
        if (!status.isFinal()
            && RunLifecycle.TABLE.reachable(status).stream().noneMatch(RunStatus::isFinal)) {
          stuck.add(status);
        }
      }

      assertThat(stuck).isEmpty();
    }

    @Test
    void leads_nowhere_from_final_states() {
      List<RunStatus> leaving =
          RunLifecycle.TABLE.rules().stream().map(Rule::from).filter(RunStatus::isFinal).toList();

      assertThat(leaving).isEmpty();
    }

    @Test
    void reaches_only_states_whose_stages_exist() {
      assertThat(RunLifecycle.TABLE.reachable(RunStatus.PENDING))
          .containsExactlyInAnyOrder(
              RunStatus.PENDING,
              RunStatus.QUEUING,
              RunStatus.PLAN_QUEUED,
              RunStatus.PLANNING,
              RunStatus.PLANNED,
              RunStatus.PLANNED_AND_FINISHED,
              RunStatus.PLANNED_AND_SAVED,
              RunStatus.CONFIRMED,
              RunStatus.QUEUING_APPLY,
              RunStatus.APPLY_QUEUED,
              RunStatus.APPLYING,
              RunStatus.APPLIED,
              RunStatus.DISCARDED,
              RunStatus.ERRORED,
              RunStatus.CANCELED);
    }

    @Test
    void uses_every_move() {
      Set<RunMove> used =
          RunLifecycle.TABLE.rules().stream().map(Rule::on).collect(Collectors.toSet());

      assertThat(used).containsExactlyInAnyOrder(RunMove.values());
    }

    @Test
    void is_the_documented_diagram() throws IOException {
      String document = Files.readString(Path.of("../docs/run-lifecycle.md"));

      assertThat(document).contains(RunLifecycle.TABLE.mermaid());
    }
  }

  @Nested
  class The_column {
    @Test
    void allows_exactly_the_statuses_of_the_enum() throws IOException {
      Matcher check =
          Pattern.compile(
                  "CHECK \\(status IN \\(\\s*('pending', 'fetching', 'fetching_completed'.*?)\\)\\)",
                  Pattern.DOTALL)
              .matcher(migration());

      assertThat(check.find()).isTrue();
      assertThat(
              Arrays.stream(check.group(1).split(",")).map(text -> text.strip().replace("'", "")))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(RunStatus.values()).map(RunStatus::wire).toList());
    }

    private static String migration() throws IOException {
      String name = "/db/atlas/V0001__the_first_run.sql";
      try (InputStream sql = RunStatus.class.getResourceAsStream(name)) {
        return new String(Objects.requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
