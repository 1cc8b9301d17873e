package io.terrarium.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunObjectsTest {
  private final SignedPaths paths = new SignedPaths(List.of(Mac.sha256(new Secret("of the test"))));
  private final RunObjects objects = new RunObjects(paths, Clock.systemUTC());

  private ObjectClaims claims(String path) {
    return paths.read(path.substring(SignedPaths.PREFIX.length())).orElseThrow();
  }

  @Nested
  class A_path_to_delete {
    @Test
    void is_one_for_logs_where_the_object_is_a_log() {
      List<Action> actions =
          RunObjects.ofPlan("plan-1", 1).stream()
              .map(key -> claims(objects.delete(key)).action())
              .toList();

      assertThat(actions)
          .containsExactly(
              Action.DELETE, Action.DELETE, Action.DELETE, Action.DELETE, Action.DELETE_LOG);
    }
  }

  @Nested
  class The_files_of_a_plan {
    @Test
    void are_those_of_all_its_attempts() {
      assertThat(RunObjects.ofPlan("plan-1", 2))
          .contains("plans/plan-1/1/plan", "plans/plan-1/2/schemas.json", "logs/plan-1")
          .hasSize(9);
    }
  }
}
