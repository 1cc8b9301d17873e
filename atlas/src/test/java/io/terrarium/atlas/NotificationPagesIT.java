package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Notifications of workspaces, as people see and change them in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationPagesIT {
  private static final String SECRET = "hush-hush";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  @AutoClose private final Receiver receiver = new Receiver(atlas.platform());
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String page(String workspace) {
    return "/app/acme/workspaces/" + workspace + "/settings/notifications";
  }

  private Map<String, String> filled(String path, boolean isEnabled) {
    return Map.of(
        "name",
        "Hook",
        "destination-type",
        "generic",
        "url",
        receiver.url(path),
        "token",
        SECRET,
        "triggers",
        "run:created",
        "enabled",
        Boolean.toString(isEnabled));
  }

  private List<String> listed(String workspace, String attribute) {
    return server
        .get("alice", "/workspaces/" + workspace + "/notification-configurations")
        .listed(attribute);
  }

  private String one(String workspace) {
    return server
        .get("alice", "/workspaces/" + workspace + "/notification-configurations")
        .ids()
        .getFirst();
  }

  @Test
  void say_what_they_are_for_where_there_is_none() {
    server.workspace("empty");

    assertThat(alice.open(page("empty")).text()).contains("Nobody is told of runs yet");
  }

  @Test
  void are_made_and_never_show_their_token() {
    String workspace = server.workspace("made");

    Answer made = alice.submit(page("made") + "/new", filled("/good", true));

    assertThat(made.header("Location")).contains(page("made"));
    assertThat(listed(workspace, "enabled")).containsExactly("true");
    assertThat(alice.open(page("made")).text())
        .contains("Hook", "Webhook", "Created", "Last delivery was taken", "thanks")
        .doesNotContain(SECRET);
    assertThat(alice.open(page("made") + "/" + one(workspace) + "/edit").text())
        .contains("shown to nobody", "value=\"run:created\" checked")
        .doesNotContain(SECRET);
  }

  @Test
  void are_refused_at_their_fields() {
    server.workspace("refused");
    Map<String, String> fields = new HashMap<>(filled("/good", false));
    fields.put("url", "\"><b>nowhere");

    Answer refused = alice.submit(page("refused") + "/new", fields);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("Url must be an address", "&lt;b>nowhere")
        .doesNotContain(SECRET)
        .doesNotContain("<b>nowhere");
  }

  @Test
  void are_not_enabled_where_the_receiver_does_not_answer_well() {
    String workspace = server.workspace("bad");

    Answer refused = alice.submit(page("bad") + "/new", filled("/bad", true));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("Unable to complete verification request");
    assertThat(listed(workspace, "name")).isEmpty();
  }

  @Test
  void are_changed_and_keep_the_token_and_what_pages_do_not_offer() {
    String workspace = server.workspace("changed");
    server.post(
        "alice",
        "/workspaces/" + workspace + "/notification-configurations",
        document(
            "notification-configurations",
            "{\"name\":\"Hook\",\"destination-type\":\"generic\",\"token\":\"%s\",\"url\":\"%s\",\"enabled\":false,\"triggers\":[\"assessment:drifted\"]}"
                .formatted(SECRET, receiver.url("/good"))));
    String edit = page("changed") + "/" + one(workspace) + "/edit";

    String form = alice.open(edit).text();
    Answer saved =
        alice.submit(
            edit,
            Map.of(
                "name", "Bell",
                "url", receiver.url("/good"),
                "token", "",
                "triggers", "assessment:drifted",
                "enabled", "false"));

    assertThat(form).contains("type=\"hidden\" name=\"triggers\" value=\"assessment:drifted\"");
    assertThat(saved.status()).isEqualTo(303);
    assertThat(listed(workspace, "name")).containsExactly("Bell");
    assertThat(alice.open(page("changed")).text()).contains("is set, and shown to nobody");
    alice.submit(
        edit, Map.of("name", "Bell", "url", receiver.url("/good"), "forget-token", "true"));
    assertThat(alice.open(page("changed")).text()).doesNotContain("is set, and shown to nobody");
  }

  @Test
  void are_tested_enabled_disabled_and_deleted() {
    String workspace = server.workspace("life");
    alice.submit(page("life") + "/new", filled("/good", false));
    String one = page("life") + "/" + one(workspace);

    assertThat(alice.submit(one + "/verify", Map.of()).status()).isEqualTo(303);
    assertThat(alice.submit(one + "/enable", Map.of()).status()).isEqualTo(303);
    assertThat(listed(workspace, "enabled")).containsExactly("true");
    assertThat(alice.submit(one + "/disable", Map.of()).status()).isEqualTo(303);
    assertThat(listed(workspace, "enabled")).containsExactly("false");
    assertThat(alice.submit(one + "/delete", Map.of()).status()).isEqualTo(303);
    assertThat(listed(workspace, "enabled")).isEmpty();
  }

  @Test
  void show_the_answer_to_a_test_that_failed() {
    String workspace = server.workspace("failing");
    alice.submit(page("failing") + "/new", filled("/bad", false));

    Answer tested = alice.submit(page("failing") + "/" + one(workspace) + "/verify", Map.of());

    assertThat(tested.status()).isEqualTo(422);
    assertThat(tested.text())
        .contains("the receiver answered with 500", "Last delivery failed", "out of order");
  }

  @Test
  void are_there_for_those_alone_who_may_set_them() {
    String workspace = server.workspace("closed");
    server.workspace("other");
    alice.submit(page("closed") + "/new", filled("/good", false));
    String id = one(workspace);
    Browser reader = server.member("rita", workspace, "{\"access\":\"read\"}");

    assertThat(reader.open("/app/acme/workspaces/closed/settings/general").text())
        .doesNotContain("settings/notifications");
    assertThat(reader.open(page("closed")).status()).isEqualTo(404);
    assertThat(reader.submit(page("closed") + "/new", filled("/good", false)).status())
        .isEqualTo(404);
    assertThat(reader.submit(page("closed") + "/" + id + "/delete", Map.of()).status())
        .isEqualTo(404);
    assertThat(alice.submit(page("other") + "/" + id + "/delete", Map.of()).status())
        .isEqualTo(404);
    assertThat(listed(workspace, "name")).containsExactly("Hook");
  }
}
