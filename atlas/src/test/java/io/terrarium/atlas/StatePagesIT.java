package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// States of workspaces, looked at, compared and rolled back to with a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatePagesIT {
  private static final String MD5 = "0123456789abcdef0123456789abcdef";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  @AutoClose private final Browser alice = signedIn("alice");

  private Browser signedIn(String name) {
    Browser browser = new Browser(atlas.base());
    browser.submit("/session", Map.of("login", name, "password", "correct horse"));
    return browser;
  }

  private static String states(String workspace) {
    return "/app/acme/workspaces/" + workspace + "/states";
  }

  /// A workspace that Alice holds, with two states.
  private Pushed pushed(String name) {
    String id = server.workspace(name);
    server.post("alice", "/workspaces/" + id + "/actions/lock", "{}");
    return new Pushed(id, push(id, 1, "one"), push(id, 2, "two"));
  }

  private record Pushed(String workspace, String first, String second) {}

  private String push(String workspace, int serial, String size) {
    String state =
        """
        {"version":4,"serial":%d,"lineage":"L","outputs":{},"resources":[
          {"mode":"managed","type":"aws_instance","name":"only_%2$s","instances":[{"attributes":{}}]},
          {"mode":"managed","type":"aws_instance","name":"web","instances":[{"attributes":
            {"size":"<b>%2$s</b>","password":"hush %2$s","user_data":"shh %2$s"},
            "sensitive_attributes":[[{"type":"get_attr","value":"user_data"}]]}]}]}
        """
            .formatted(serial, size);
    return pushRaw(workspace, serial, state);
  }

  private String pushRaw(String workspace, int serial, String state) {
    String encoded = Base64.getEncoder().encodeToString(state.getBytes(StandardCharsets.UTF_8));
    Answer pushed =
        server.post(
            "alice",
            "/workspaces/" + workspace + "/state-versions",
            document(
                "state-versions",
                "{\"serial\":%d,\"md5\":\"%s\",\"lineage\":\"L\",\"state\":\"%s\"}"
                    .formatted(serial, MD5, encoded)));
    assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
    return pushed.id();
  }

  private void unlock(Pushed pushed) {
    server.post("alice", "/workspaces/" + pushed.workspace() + "/actions/unlock", "");
  }

  private boolean isLocked(Pushed pushed) {
    return server.get("alice", "/workspaces/" + pushed.workspace()).attribute("locked").asBoolean();
  }

  private long serial(Pushed pushed) {
    return server
        .get("alice", "/workspaces/" + pushed.workspace() + "/current-state-version")
        .attribute("serial")
        .asLong();
  }

  /// As sidekiq does with what the state parser has found.
  private void parse(String state) {
    String parsed =
        """
        {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
         "resource_count":1,
         "modules":[{"name":"root","types":[{"type":"random_pet","count":1}]}],
         "providers":[{"name":"provider[\\"registry.terraform.io/hashicorp/random\\"]",
           "types":[{"type":"random_pet","count":1}]}],
         "resources":[{"mode":"managed","type":"random_pet","name":"<i>a</i>","module":"root",
           "count":1,"provider":"registry.terraform.io/hashicorp/random","instances":[]}],
         "outputs":[
           {"name":"open","sensitive":false,"type":"string","detailed_type":"string",
            "value":"<script>alert(7)</script>"},
           {"name":"secret","sensitive":true,"type":"string","detailed_type":"string",
            "value":"hush"}]}
        """;
    try {
      atlas.parsed(state, Json.SNAKE.readValue(parsed, ParsedState.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nested
  class The_list {
    @Test
    void tells_of_each_state_and_which_is_current() {
      Pushed pushed = pushed("listed");

      String page = alice.open(states("listed")).text();

      assertThat(page)
          .contains(pushed.first(), pushed.second(), "<td class=\"wide\">alice</td>", "Compare")
          .containsOnlyOnce("Current</span>")
          .contains("value=\"" + pushed.first() + "\" checked aria-label=\"Compare from serial 1\"")
          .contains("value=\"" + pushed.second() + "\" checked aria-label=\"Compare to serial 2\"");
    }

    @Test
    void says_what_to_do_where_there_is_none() {
      server.workspace("empty");

      assertThat(alice.open(states("empty")).text()).contains("No state yet", "terraform init");
    }
  }

  @Nested
  class One_state {
    @Test
    void shows_what_stands_in_it_but_what_is_sensitive() {
      Pushed pushed = pushed("shown");
      parse(pushed.second());

      String page = alice.open(states("shown") + "/" + pushed.second()).text();

      assertThat(page)
          .contains("&lt;script&gt;alert(7)", "Sensitive, not shown", "random_pet.&lt;i&gt;a")
          .contains("registry.terraform.io/hashicorp/random", "random_pet (1)", "1.11.4")
          .contains("compare?from=" + pushed.first() + "&amp;to=" + pushed.second())
          .doesNotContain("hush", "<script>alert", "<i>a");
    }

    @Test
    void that_is_not_parsed_yet_says_so() {
      Pushed pushed = pushed("unparsed");

      assertThat(alice.open(states("unparsed") + "/" + pushed.first()).text())
          .contains("The state is being looked through");
    }

    @Test
    void is_downloaded_by_a_signed_address() {
      Pushed pushed = pushed("downloaded");

      Answer answer = alice.open(states("downloaded") + "/" + pushed.first() + "/download");

      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.header("Cache-Control")).contains("no-store");
      String address = answer.header("Location").orElseThrow();
      assertThat(address).startsWith("/_archivist/v1/object/");
      assertThat(atlas.objects().get("https://127.0.0.1:8443" + address)).contains("only_one");
      assertThat(alice.open(states("downloaded") + "/" + pushed.first() + "/json").status())
          .as("nobody has sent its JSON form")
          .isEqualTo(404);
    }

    @Test
    void is_not_below_another_workspace() {
      Pushed pushed = pushed("here");
      server.workspace("elsewhere");

      assertThat(alice.open(states("elsewhere") + "/" + pushed.first()).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_comparison {
    @Test
    void tells_what_came_went_and_changed() {
      Pushed pushed = pushed("compared");

      String page = compared("compared", pushed.first(), pushed.second());

      assertThat(page)
          .contains("From serial 1 to 2", "aws_instance.only_two", "aws_instance.only_one")
          .contains("&lt;b&gt;one&lt;/b&gt;", "&lt;b&gt;two&lt;/b&gt;", "sensitive, not shown")
          .doesNotContain("hush", "shh", "<b>");
      assertThat(compared("compared", pushed.second(), pushed.first()))
          .as("the older one is what it was before, however one asks")
          .contains("From serial 1 to 2");
    }

    @Test
    void of_a_state_with_itself_finds_nothing() {
      Pushed pushed = pushed("same");

      assertThat(compared("same", pushed.first(), pushed.first())).contains("Nothing is different");
    }

    @Test
    void of_what_is_no_state_says_so() {
      Pushed pushed = pushed("broken");
      String broken = pushRaw(pushed.workspace(), 3, "{\"version\":3}");

      assertThat(compared("broken", pushed.first(), broken))
          .contains("They cannot be compared here", "not a state that can be read here");
    }

    @Test
    void wants_two_states_of_its_workspace() {
      Pushed pushed = pushed("two");
      Pushed other = pushed("other");

      Answer none = alice.open(states("two") + "/compare");
      Answer foreign =
          alice.open(states("two") + "/compare?from=" + pushed.first() + "&to=" + other.first());

      assertThat(none.status()).isEqualTo(400);
      assertThat(none.text()).contains("Choose the two states");
      assertThat(foreign.status()).isEqualTo(404);
    }

    private String compared(String workspace, String from, String to) {
      return alice.open(states(workspace) + "/compare?from=" + from + "&to=" + to).text();
    }
  }

  @Nested
  class A_way_back {
    private Answer back(String workspace, String state) {
      return alice.submit(states(workspace) + "/" + state + "/rollback", Map.of());
    }

    @Test
    void locks_a_free_workspace_meanwhile() {
      Pushed pushed = pushed("free");
      unlock(pushed);
      String page = alice.open(states("free") + "/" + pushed.first()).text();

      Answer answer = back("free", pushed.first());

      assertThat(page).contains("Roll back to serial 1", "unlocked again");
      assertThat(answer.status()).isEqualTo(303);
      assertThat(serial(pushed)).isEqualTo(3);
      assertThat(isLocked(pushed)).isFalse();
      assertThat(alice.open(answer.header("Location").orElseThrow()).text())
          .contains("The workspace has the state of serial 1 again, as serial 3.")
          .contains("Rolled back to", pushed.first())
          .doesNotContain("Roll back to serial");
    }

    @Test
    void leaves_a_workspace_locked_that_was() {
      Pushed pushed = pushed("held");
      String page = alice.open(states("held") + "/" + pushed.first()).text();

      Answer answer = back("held", pushed.first());

      assertThat(page).contains("You have locked the workspace; it stays locked.");
      assertThat(answer.status()).isEqualTo(303);
      assertThat(serial(pushed)).isEqualTo(3);
      assertThat(isLocked(pushed)).isTrue();
    }

    @Test
    void is_closed_while_another_holds_the_workspace() {
      Pushed pushed = pushed("taken");
      unlock(pushed);
      server.post("anna", "/workspaces/" + pushed.workspace() + "/actions/lock", "{}");
      String page = alice.open(states("taken") + "/" + pushed.first()).text();

      Answer answer = back("taken", pushed.first());

      assertThat(page).contains("locked by a run or by somebody else").doesNotContain("Roll back");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(serial(pushed)).isEqualTo(2);
    }

    @Test
    void to_what_is_no_state_fails_and_leaves_the_workspace_unlocked() {
      Pushed pushed = pushed("no-way");
      String broken = pushRaw(pushed.workspace(), 3, "no state");
      push(pushed.workspace(), 4, "four");
      unlock(pushed);

      Answer answer = back("no-way", broken);

      assertThat(answer.status()).isEqualTo(409);
      assertThat(isLocked(pushed)).isFalse();
      assertThat(serial(pushed)).isEqualTo(4);
    }
  }

  @Nested
  class Somebody_who {
    @ParameterizedTest
    @ValueSource(strings = {"none", "read-outputs"})
    void may_not_read_states_sees_none(String right) {
      String name = "closed-" + right;
      Pushed pushed = pushed(name);
      try (Browser mia = member("mia-" + right, pushed, right)) {
        assertThat(mia.open("/app/acme/workspaces/" + name).status()).isEqualTo(200);
        for (String page :
            new String[] {"", "/" + pushed.first(), "/" + pushed.first() + "/download"}) {
          assertThat(mia.open(states(name) + page).status()).as(page).isEqualTo(404);
        }
      }
    }

    @Test
    void may_read_states_but_not_write_is_offered_no_way_back() {
      Pushed pushed = pushed("read-only");
      unlock(pushed);
      try (Browser rita = member("rita", pushed, "read")) {
        Answer page = rita.open(states("read-only") + "/" + pushed.first());
        Answer back =
            rita.submit(states("read-only") + "/" + pushed.first() + "/rollback", Map.of());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).doesNotContain("Roll back");
        assertThat(back.status()).isEqualTo(404);
      }
      assertThat(serial(pushed)).isEqualTo(2);
      assertThat(isLocked(pushed)).isFalse();
    }

    /// Of a team with that right on states and no other.
    private Browser member(String name, Pushed pushed, String right) {
      server.person(name);
      String team = server.team("team-" + name, "");
      server.allow(
          team,
          pushed.workspace(),
          "{\"access\":\"custom\",\"runs\":\"read\",\"variables\":\"none\",\"state-versions\":\""
              + right
              + "\",\"workspace-locking\":true}");
      server.join(name, team);
      return signedIn(name);
    }
  }
}
