package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How builds end before their time.
class EndingIT extends EngineTrial {
  @Nested
  class A_plan {
    @Test
    void that_needs_more_memory_than_its_command_allows_is_killed() throws IOException {
      engine = engine(hungry());
      memoryMegabytes = 30;
      upload(MAIN);

      BuildEvent event = run(ABuild.plan());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("Terraform used more memory than allowed and was killed.");
    }

    @Test
    void that_has_no_place_to_work_says_so_in_its_log() throws IOException {
      Files.writeString(directory.resolve("runs"), "in the way");
      upload(MAIN);

      BuildEvent event = run(ABuild.plan());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("The worker cannot make a directory for the build.");
      assertThat(mesh.log())
          .isEqualTo("Operation failed: The worker cannot make a directory for the build.\n");
      assertThat(mesh.isLogEnded()).isTrue();
    }
  }

  @Nested
  class An_apply {
    @Test
    void that_takes_too_long_is_ended() {
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" { command = "sleep 100" }
          }
          """);
      run(ABuild.plan());

      BuildEvent event = run(ABuild.apply().within(4).again());

      assertThat(((BuildEvent.BuildErrored) event).message())
          .isEqualTo("The apply exceeded its maximum run time of 4s.");
      assertThat(mesh.log()).contains(TimeLimit.message(Phase.APPLY, 4));
    }

    @Test
    void that_is_canceled_ends_and_says_so() throws Exception {
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" { command = "echo $GREETING; exec sleep 100" }
          }
          """);
      run(ABuild.plan());
      CompletableFuture<BuildEvent> event =
          CompletableFuture.supplyAsync(
              () -> run(ABuild.apply().again().environment("GREETING", "good day")));
      awaitLog("good day");

      reins.interrupt(Ending.CANCELED);

      assertThat(event.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildEvent.BuildCanceled.class);
      // Terraform and its provisioner are interrupted at once, and either may say so first.
      assertThat(mesh.log())
          .containsAnyOf("Interrupt received", "signal: interrupt")
          .contains("Operation canceled.");
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "LOST"})
    void that_ended_well_after_the_worker_had_to_let_go_is_not_ours_to_tell(Ending ending)
        throws Exception {
      engine = engine(obliging());
      upload(SLEEPING);
      run(ABuild.plan());
      CompletableFuture<Optional<BuildEvent>> outcome =
          CompletableFuture.supplyAsync(() -> outcome(ABuild.apply().again()));
      awaitLog("sleeping");

      reins.interrupt(ending);

      assertThat(outcome.get(60, TimeUnit.SECONDS)).isEmpty();
      assertThat(mesh.isLogEnded()).isFalse();
    }

    @Test
    void that_ended_well_after_its_time_limit_has_failed() throws Exception {
      engine = engine(obliging());
      upload(SLEEPING);
      run(ABuild.plan());

      BuildEvent event = run(ABuild.apply().within(4).again());

      assertThat(event)
          .as(mesh.log())
          .isInstanceOfSatisfying(
              BuildEvent.BuildErrored.class,
              errored ->
                  assertThat(errored.message())
                      .isEqualTo("The apply exceeded its maximum run time of 4s."));
      assertThat(mesh.log()).contains(TimeLimit.message(Phase.APPLY, 4));
    }

    @Test
    void that_ignores_the_interrupt_is_killed() throws Exception {
      upload(
          """
          resource "terraform_data" "x" {
            provisioner "local-exec" {
              command = "trap '' INT TERM; echo ready; while :; do sleep 1; done"
            }
          }
          """);
      run(ABuild.plan());
      CompletableFuture<BuildEvent> event =
          CompletableFuture.supplyAsync(() -> run(ABuild.apply().again()));
      awaitLog("ready");

      reins.interrupt(Ending.CANCELED);
      reins.kill(Ending.CANCELED);

      assertThat(event.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildEvent.BuildCanceled.class);
    }
  }
}
