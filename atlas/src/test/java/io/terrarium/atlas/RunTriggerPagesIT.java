package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.log.JsonLines;
import io.terrarium.testsupport.CapturedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Run triggers of workspaces, as people see and change them in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunTriggerPagesIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String page(String workspace) {
    return "/app/acme/workspaces/" + workspace + "/settings/run-triggers";
  }

  private List<String> inbound(String workspace) {
    return server
        .get(
            "alice",
            "/workspaces/"
                + workspace
                + "/run-triggers?"
                + Tenants.query("filter[run-trigger][type]", "inbound"))
        .ids();
  }

  @Test
  void are_added_shown_at_both_ends_and_removed() {
    String target = server.workspace("target");
    server.workspace("origin");

    assertThat(alice.open(page("target")).text())
        .contains("No workspace that you see starts runs here.", "<option value=\"origin\">");
    try (CapturedLog log = CapturedLog.of("io.terrarium.audit", new JsonLines())) {
      Answer added = alice.submit(page("target") + "/new", Map.of("sourceable", "origin"));

      assertThat(added.header("Location")).contains(page("target"));
      assertThat(log.lines().getFirst())
          .contains("\\\"resource\\\":\\\"run_trigger\\\"", "\\\"action\\\":\\\"create\\\"");
    }
    assertThat(alice.open(page("target")).text())
        .contains("href=\"/app/acme/workspaces/origin\"")
        .doesNotContain("<option value=\"origin\">");
    assertThat(alice.open(page("origin")).text()).contains("href=\"/app/acme/workspaces/target\"");
    String id = inbound(target).getFirst();
    assertThat(alice.submit(page("origin") + "/" + id + "/delete", Map.of()).status())
        .isEqualTo(404);
    assertThat(alice.submit(page("target") + "/" + id + "/delete", Map.of()).status())
        .isEqualTo(303);
    assertThat(inbound(target)).isEmpty();
  }

  @Test
  void are_refused_at_their_field() {
    String target = server.workspace("refusing");

    Answer unknown = alice.submit(page("refusing") + "/new", Map.of("sourceable", "<b>who"));
    Answer itself = alice.submit(page("refusing") + "/new", Map.of("sourceable", "refusing"));

    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text())
        .contains("There is no workspace of that name", "value=\"&lt;b>who\"")
        .doesNotContain("<b>who");
    assertThat(itself.text()).contains("Sourceable must be another workspace");
    assertThat(inbound(target)).isEmpty();
  }

  @Test
  void are_seen_by_who_reads_runs_and_changed_by_nobody_else() {
    String target = server.workspace("read");
    server.workspace("hidden");
    alice.submit(page("read") + "/new", Map.of("sourceable", "hidden"));
    String id = inbound(target).getFirst();
    Browser reader = server.member("rita", target, "{\"access\":\"read\"}");

    Answer shown = reader.open(page("read"));

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.text()).doesNotContain("Add a source", "hidden</a>", "Remove");
    assertThat(reader.submit(page("read") + "/new", Map.of("sourceable", "hidden")).status())
        .isEqualTo(404);
    assertThat(reader.submit(page("read") + "/" + id + "/delete", Map.of()).status())
        .isEqualTo(404);
    assertThat(inbound(target)).containsExactly(id);
  }
}
