package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `demo --once`, from nothing to an applied run.
class DemoIT {
  @TempDir private Path directory;

  /// Long, since `.ci/run` has the demo run anyway.
  @Test
  @Tag("long")
  void ends_with_an_applied_run_and_its_trace_leaves_nothing_running_and_can_be_repeated() {
    try (MeshProcess first = MeshProcess.mesh(directory, "demo", "--once")) {
      assertThat(first.await()).as(first.output()).isZero();
      assertThat(first.output())
          .contains("Apply complete! Resources: 1 added", "rabbitmq", "archivist");
      first.awaitNothingLeft();
    }
    try (MeshProcess second = MeshProcess.mesh(directory, "demo", "--once")) {
      assertThat(second.await()).as(second.output()).isZero();
      assertThat(second.output()).contains("No changes", "rabbitmq", "archivist");
      second.awaitNothingLeft();
    }
  }

  @Test
  void fails_when_its_run_was_not_applied() {
    Path terraform = Wrapper.failing(MeshFixture.terraform(), directory);

    try (MeshProcess demo =
        MeshProcess.mesh(directory, "demo", "--once", "--terraform", terraform.toString())) {
      assertThat(demo.await()).as(demo.output()).isEqualTo(1);
      assertThat(demo.output()).contains(Wrapper.LAST_WORDS).doesNotContain("Apply complete!");
      demo.awaitNothingLeft();
    }
  }
}
