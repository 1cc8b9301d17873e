package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A mesh, one process for each service, with one workspace after whose runs one can look: each
/// applies itself and knocks once at a door, so that nothing is applied twice unseen.
final class FaultTrial implements AutoCloseable {
  private static final String ORGANIZATION = "faults";
  private static final String WORKSPACE = "tried";
  private static final Set<String> FINAL =
      Set.of(
          "applied",
          "errored",
          "discarded",
          "canceled",
          "force_canceled",
          "planned_and_finished",
          "policy_soft_failed");

  private final Hold door = new Hold();
  private final Faults faults;
  private final MeshProcess mesh;
  private final Site site;
  private final String workspace;

  FaultTrial(Path directory) {
    door.release();
    faults = new Faults(directory);
    mesh =
        MeshProcess.separate(
            directory, faults.environment(), "--terraform", MeshFixture.terraform().toString());
    try {
      mesh.awaitUp();
      site = mesh.firstSite();
      site.organization(ORGANIZATION);
      workspace = site.workspace(ORGANIZATION, WORKSPACE);
      site.upload(
          workspace,
          Slugs.of(
              "main.tf",
              """
              resource "terraform_data" "knocks" {
                triggers_replace = timestamp()
                provisioner "local-exec" {
                  command = "%s"
                }
              }
              """
                  .formatted(door.command())));
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  /// How a run ended.
  ///
  /// @param beganApply whether terraform was to apply
  record Ended(String run, String status, boolean beganApply) {}

  Faults faults() {
    return faults;
  }

  MeshProcess mesh() {
    return mesh;
  }

  /// The points that a run passes, and that a mesh with nothing to do does not.
  Map<FaultPoint, Integer> pointsOfRun() {
    ended(newRun());
    Map<FaultPoint, Integer> idle = faults.passed(() -> FaultTrial.pass(15_000));
    Map<FaultPoint, Integer> busy = new LinkedHashMap<>(faults.passed(() -> ended(newRun())));
    busy.keySet().removeAll(idle.keySet());
    return busy;
  }

  /// Asks for a run as a client that is told "unavailable" does: looks whether it came to be, else
  /// asks again.
  String newRun() {
    String before = latest();
    Eventually.until(
        () -> "no run can be made",
        () -> {
          try {
            site.queueRun(workspace);
          } catch (AssertionError | UncheckedIOException refused) {
            return !latest().equals(before);
          }
          return true;
        });
    Eventually.until(() -> "the run is not shown", () -> !latest().equals(before));
    return latest();
  }

  private String latest() {
    String[] found = new String[1];
    Eventually.until(
        () -> "runs cannot be listed",
        () -> {
          try {
            ApiClient.Answer answer =
                site.api().get("/api/v2/workspaces/" + workspace + "/runs?page%5Bsize%5D=1");
            found[0] = answer.data().path(0).path("id").asText();
            return answer.status() == 200;
          } catch (UncheckedIOException unavailable) {
            return false;
          }
        });
    return found[0];
  }

  /// Waits for the end of a run.
  Ended ended(String run) {
    Ended[] last = new Ended[1];
    Eventually.until(
        () -> run + " is not at its end but " + last[0],
        () -> {
          try {
            ApiClient.Answer answer = site.api().get("/api/v2/runs/" + run);
            last[0] =
                new Ended(
                    run,
                    answer.attribute("status").asText(),
                    answer.attribute("status-timestamps").has("applying-at"));
          } catch (UncheckedIOException unavailable) {
            return false;
          }
          return FINAL.contains(last[0].status());
        });
    return last[0];
  }

  /// Fails unless all that design promises of a run holds: it was applied once, or it was lost in
  /// its apply, which is never repeated; its logs end; its workspace is free.
  void assertSound(Ended run, int knocks, boolean mayLoseApply) {
    if (mayLoseApply && run.beganApply() && run.status().equals("errored")) {
      assertThat(knocks).as("knocks of " + run).isLessThanOrEqualTo(1);
    } else {
      assertThat(run.status()).as(run + ":\n" + logs(run.run())).isEqualTo("applied");
      assertThat(knocks).as("knocks of " + run).isEqualTo(1);
    }
    assertEnds(run.run(), "plan");
    if (run.beganApply()) {
      assertEnds(run.run(), "apply");
    }
    Eventually.until(() -> "the workspace stays locked after " + run, () -> !isLocked());
  }

  private void assertEnds(String run, String phase) {
    Eventually.until(
        () -> "the log of the " + phase + " has no end:\n" + log(run, phase),
        () -> log(run, phase).endsWith("\u0003"));
  }

  private boolean isLocked() {
    try {
      ApiClient.Answer answer = site.api().get("/api/v2/workspaces/" + workspace);
      return answer.status() != 200 || answer.attribute("locked").asBoolean(true);
    } catch (UncheckedIOException unavailable) {
      return true;
    }
  }

  private String logs(String run) {
    return log(run, "plan") + log(run, "apply");
  }

  private String log(String run, String phase) {
    try {
      return site.log(run, phase);
    } catch (RuntimeException unavailable) {
      return "";
    }
  }

  /// How often the provisioners of all runs have knocked.
  int knocks() {
    return door.arrived();
  }

  Site site() {
    return site;
  }

  /// Lets time pass, where nothing else tells that it has.
  static void pass(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    Eventually.until("the time", () -> System.nanoTime() > end);
  }

  @Override
  public void close() {
    faults.disarm();
    mesh.close();
    door.close();
  }
}
