package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Runs in the browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RunPagesIT {
  private static final Changes ONE_MORE = new Changes(1, 0, 0, 0);
  private static final String CHANGED = "event: changed\ndata: \n\n";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);
  @AutoClose private final Browser alice = new Browser(atlas.base());
  @AutoClose private final Browser bob = new Browser(atlas.base());
  @AutoClose private final Browser reader = new Browser(atlas.base());

  @BeforeAll
  void signIn() {
    alice.signIn("alice");
    bob.signIn("bob");
    server.person("rita");
    reader.signIn("rita");
  }

  private Answer planned(String workspace) {
    Answer run = server.run(server.readyWorkspace(workspace), "{\"message\":\"<i>hello</i>\"}");
    worker.finishPlan(worker.claim(run.related("plan")), ONE_MORE);
    return run;
  }

  private static String page(String workspace, Answer run) {
    return "/app/acme/workspaces/" + workspace + "/runs/" + run.id();
  }

  @Nested
  class The_page_of_a_run {
    @Test
    void shows_its_stages_and_what_may_be_done() {
      Answer run = planned("stages");

      String page = alice.open(page("stages", run)).text();

      assertThat(page)
          .contains("&lt;i&gt;hello&lt;/i&gt;", "Needs confirmation", "+1", "Confirm and apply")
          .contains("Discard", "Raw log", "data-plan=", "data-live=\"/app/live/" + run.id())
          .doesNotContain("<i>hello", "Force-cancel");
    }

    @Test
    void is_asked_again_for_the_piece_that_changes() {
      Answer run = planned("piece");

      String piece = alice.open(page("piece", run), Map.of("HX-Request", "true")).text();

      assertThat(piece).startsWith("<div id=\"live\"").contains("Needs confirmation");
    }

    @Test
    void is_not_there_for_others() {
      Answer run = planned("closed");

      assertThat(bob.open(page("closed", run)).status()).isEqualTo(404);
      assertThat(bob.submit(page("closed", run) + "/apply", Map.of()).status()).isEqualTo(404);
      assertThat(alice.open("/app/beta/workspaces/closed/runs/" + run.id()).status())
          .as("below another organization")
          .isEqualTo(404);
    }

    @Test
    void of_somebody_who_reads_alone_offers_nothing() {
      Answer run = planned("read");
      String team = server.team("readers", "");
      server.join("rita", team);
      server.allow(team, run.related("workspace"), "{\"access\":\"read\"}");

      String page = reader.open(page("read", run)).text();
      int refused = reader.submit(page("read", run) + "/apply", Map.of()).status();

      assertThat(page).contains("Needs confirmation").doesNotContain("Confirm and apply");
      assertThat(refused).isIn(403, 404);
      assertThat(alice.open(page("read", run)).text()).contains("Needs confirmation");
    }
  }

  @Nested
  class An_action {
    @Test
    void confirms_with_a_comment_that_stands_in_the_history() {
      Answer run = planned("confirmed");

      Answer answer =
          alice.submit(page("confirmed", run) + "/apply", Map.of("comment", "ship <b>it</b>"));

      assertThat(answer.header("Location")).hasValue(page("confirmed", run));
      assertThat(alice.open(page("confirmed", run)).text())
          .contains(
              "The plan is confirmed.",
              "ship &lt;b&gt;it&lt;/b&gt;",
              "Confirmed</strong> by alice");
    }

    @Test
    void discards() {
      Answer run = planned("discarded");

      alice.submit(page("discarded", run) + "/discard", Map.of());

      assertThat(alice.open(page("discarded", run)).text()).contains("The run is discarded.");
    }

    @Test
    void that_comes_too_late_says_so_on_a_page() {
      Answer run = planned("late");
      alice.submit(page("late", run) + "/discard", Map.of());

      Answer late = alice.submit(page("late", run) + "/apply", Map.of());

      assertThat(late.status()).isEqualTo(409);
      assertThat(late.header("Content-Type").orElse("")).startsWith("text/html");
    }

    @Test
    void cancels_what_has_not_begun() {
      Answer run = server.run(server.readyWorkspace("canceled"), "{}");

      alice.submit(page("canceled", run) + "/cancel", Map.of());

      assertThat(alice.open(page("canceled", run)).text()).contains("The run is told to end.");
    }

    @Test
    void says_something() {
      Answer run = planned("said");

      alice.submit(page("said", run) + "/comment", Map.of("comment", "well done"));
      Answer empty = alice.submit(page("said", run) + "/comment", Map.of("comment", " "));

      assertThat(alice.open(page("said", run)).text()).contains("well done");
      assertThat(empty.status()).isEqualTo(422);
    }
  }

  @Nested
  class A_list {
    @Test
    void is_found_by_words() {
      Answer run = planned("listed");

      String all = alice.open("/app/acme/workspaces/listed/runs").text();
      String none = alice.open("/app/acme/workspaces/listed/runs?search=nothing").text();

      assertThat(all).contains(run.id(), "Needs confirmation");
      assertThat(none).contains("No run is like that.").doesNotContain(run.id());
    }
  }

  @Nested
  class Whoever_watches {
    @Test
    void hears_of_each_step_of_a_run_and_of_its_workspace() throws Exception {
      Answer run = server.run(server.readyWorkspace("watched"), "{}");
      try (InputStream ofRun = alice.stream("/app/live/" + run.id());
          InputStream ofWorkspace = alice.stream("/app/live/" + run.related("workspace"));
          InputStream ofAll = alice.stream("/app/live/organizations/acme")) {
        for (InputStream stream : new InputStream[] {ofRun, ofWorkspace, ofAll}) {
          assertThat(next(stream)).as("at once").isEqualTo(CHANGED);
        }

        worker.claim(run.related("plan"));

        for (InputStream stream : new InputStream[] {ofRun, ofWorkspace, ofAll}) {
          assertThat(next(stream)).isEqualTo(CHANGED);
        }
      }
    }

    /// The next event, without what only keeps the connection.
    private static String next(InputStream stream) throws Exception {
      String told = "";
      while (!told.endsWith("\n\n")) {
        told += new String(stream.readNBytes(1), StandardCharsets.UTF_8);
        told = told.equals(":\n\n") ? "" : told;
      }
      return told;
    }
  }
}
