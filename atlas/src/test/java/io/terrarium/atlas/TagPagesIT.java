package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Tags of workspaces, as people see and change them in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TagPagesIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String page(String workspace) {
    return "/app/acme/workspaces/" + workspace + "/tags";
  }

  private List<String> listed(String workspace, String attribute) {
    return server.get("alice", "/workspaces/" + workspace + "/tag-bindings").listed(attribute);
  }

  @Test
  void are_added_linked_to_the_narrowed_list_and_removed() {
    String workspace = server.workspace("tagged");

    assertThat(alice.open(page("tagged")).text()).contains("No tag yet");
    alice.submit(page("tagged") + "/add", Map.of("key", "a b", "value", ""));
    alice.submit(page("tagged") + "/add", Map.of("key", "env", "value", "<b>prod"));
    assertThat(listed(workspace, "key")).containsExactly("a b", "env");
    assertThat(alice.open("/app/acme/workspaces/tagged").text())
        .contains("href=\"/app/acme/workspaces?tag=a+b\"", "&lt;b&gt;prod", "Change tags")
        .doesNotContain("<b>prod");
    assertThat(alice.open("/app/acme/workspaces?tag=env").text()).contains("tagged");
    assertThat(alice.submit(page("tagged") + "/remove", Map.of("key", "a b")).status())
        .isEqualTo(303);
    assertThat(listed(workspace, "key")).containsExactly("env");
  }

  @Test
  void are_refused_with_what_was_typed() {
    String workspace = server.workspace("refused");

    Answer refused = alice.submit(page("refused") + "/add", Map.of("key", "a,b", "value", "v"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("Tag keys must have no comma", "value=\"a,b\"");
    assertThat(listed(workspace, "key")).isEmpty();
  }

  @Test
  void are_only_seen_by_who_may_not_change_the_settings() {
    String workspace = server.workspace("read");
    alice.submit(page("read") + "/add", Map.of("key", "kept"));
    Browser reader = server.member("rita", workspace, "{\"access\":\"read\"}");

    assertThat(reader.open("/app/acme/workspaces/read").text())
        .contains("kept")
        .doesNotContain("Change tags");
    assertThat(reader.open(page("read")).text()).contains("kept").doesNotContain("Add a tag");
    assertThat(reader.submit(page("read") + "/add", Map.of("key", "more")).status()).isEqualTo(404);
    assertThat(reader.submit(page("read") + "/remove", Map.of("key", "kept")).status())
        .isEqualTo(404);
    assertThat(listed(workspace, "key")).containsExactly("kept");
  }
}
