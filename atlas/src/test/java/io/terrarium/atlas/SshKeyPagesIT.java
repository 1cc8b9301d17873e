package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// SSH keys of organizations and workspaces, as people see and change them in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshKeyPagesIT {
  private static final String PAGE = "/app/acme/settings/ssh-keys";
  private static final String KEY =
      "-----BEGIN RSA PRIVATE KEY-----\r\nMIIBOgIBAAJBAKj3\r\n-----END RSA PRIVATE KEY-----\r\n";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private String add(String name) {
    Answer added = alice.submit(PAGE + "/new", Map.of("name", name, "value", KEY));
    assertThat(added.status()).as(added.text()).isEqualTo(303);
    Answer listed = server.get("alice", "/organizations/acme/ssh-keys");
    return listed.ids().get(listed.listed("name").indexOf(name));
  }

  @Test
  void are_added_renamed_and_deleted_and_never_shown() {
    String id = add("<i>first</i>");

    assertThat(alice.open(PAGE).text())
        .contains("&lt;i&gt;first&lt;/i&gt;", id)
        .doesNotContain("MIIBOgIBAAJBAKj3");
    Answer renamed = alice.submit(PAGE + "/" + id + "/edit", Map.of("name", "second"));
    assertThat(renamed.status()).isEqualTo(303);
    assertThat(alice.open(PAGE + "/" + id + "/edit").text())
        .contains("value=\"second\"")
        .doesNotContain("MIIBOgIBAAJBAKj3");
    assertThat(alice.submit(PAGE + "/" + id + "/delete", Map.of()).status()).isEqualTo(303);
    assertThat(server.get("alice", "/ssh-keys/" + id).status()).isEqualTo(404);
  }

  @Test
  void are_refused_at_their_fields_and_not_sent_back() {
    Answer refused =
        alice.submit(PAGE + "/new", Map.of("name", "", "value", "no key but a secret"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("t be blank", "Give the key again")
        .doesNotContain("no key but a secret");
  }

  @Test
  void are_chosen_for_a_workspace_and_taken_away_again() {
    String workspace = server.workspace("chosen");
    String id = add("deploy");
    String page = "/app/acme/workspaces/chosen/settings/ssh";

    assertThat(alice.submit(page, Map.of("ssh-key", id)).status()).isEqualTo(303);
    assertThat(server.get("alice", "/workspaces/" + workspace).related("ssh-key")).isEqualTo(id);
    assertThat(alice.open(page).text()).contains("value=\"" + id + "\" selected");
    Answer unknown = alice.submit(page, Map.of("ssh-key", "sshkey-unknown"));
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text()).contains("There is no SSH key sshkey-unknown");
    assertThat(alice.submit(page, Map.of("ssh-key", "")).status()).isEqualTo(303);
    assertThat(alice.open(page).text()).contains("value=\"\" selected");
  }

  @Test
  void are_there_for_those_alone_who_look_after_them() {
    String workspace = server.workspace("closed");
    String id = add("kept");
    Browser reader = server.member("rita", workspace, "{\"access\":\"read\"}");

    assertThat(reader.open("/app/acme/workspaces").text()).doesNotContain("settings/ssh-keys");
    assertThat(reader.open(PAGE).status()).isEqualTo(404);
    assertThat(reader.submit(PAGE + "/" + id + "/delete", Map.of()).status()).isEqualTo(404);
    assertThat(reader.open("/app/acme/workspaces/closed/settings/ssh").status()).isEqualTo(404);
    assertThat(server.get("alice", "/ssh-keys/" + id).status()).isEqualTo(200);
  }
}
