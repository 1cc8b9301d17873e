package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// A workspace whose runs apply themselves, and knock once at a door when they do, so that nothing
/// is applied twice unseen. It is asked as clients ask that are told "unavailable" now and then.
final class Tried implements AutoCloseable {
  private static final Set<String> FINAL =
      Set.of("applied", "errored", "discarded", "canceled", "force_canceled");

  private final Hold door = new Hold();
  private final Site site;
  private final String workspace;

  Tried(Site site, String organization, String name) {
    this.site = site;
    door.release();
    workspace = site.workspace(organization, name);
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
  }

  /// How a run ended.
  ///
  /// @param beganApply whether terraform was to apply
  record Ended(String run, String status, boolean beganApply) {}

  /// Asks for a run; where no answer comes, looks whether it came to be before it asks again.
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

  /// Asks for a run and returns once somebody `hasCome` to the point where he is held.
  ///
  /// @param mayPass whether the run may also end without that
  Begun beginRun(BooleanSupplier hasCome, boolean mayPass) {
    String before = latest();
    Thread asking = Thread.ofVirtual().start(this::askOnce);
    Eventually.until(
        "somebody to come to where he is held",
        () -> hasCome.getAsBoolean() || (mayPass && hasEndedSince(before)));
    return new Begun(before, asking);
  }

  private boolean hasEndedSince(String before) {
    String now = latest();
    return !now.equals(before)
        && FINAL.contains(site.api().get("/api/v2/runs/" + now).attribute("status").asText());
  }

  /// What was the newest run before, and who asks for one.
  record Begun(String before, Thread asking) {}

  /// Whether it was heard is seen by the runs that there are.
  private void askOnce() {
    try {
      site.queueRun(workspace);
    } catch (AssertionError | UncheckedIOException refused) {
      return;
    }
  }

  /// The run that was asked for; asked for again when it did not come to be.
  String runOf(Begun begun) {
    Eventually.until("an answer to who asks for a run", () -> !begun.asking().isAlive());
    String now = latest();
    return now.equals(begun.before()) ? newRun() : now;
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

  /// Waits until the newest state has been read by state-parser.
  void awaitParsed() {
    String path = "/api/v2/workspaces/" + workspace + "/current-state-version";
    Eventually.until(
        "the state is parsed",
        () -> site.api().get(path).attribute("resources-processed").asBoolean());
  }

  /// Fails unless all holds that is promised of a run: it was applied once, or it was lost in its
  /// apply, which is never repeated; its logs end; its workspace is free.
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

  /// How often the applies of all runs have knocked.
  int knocks() {
    return door.arrived();
  }

  @Override
  public void close() {
    door.close();
  }
}
