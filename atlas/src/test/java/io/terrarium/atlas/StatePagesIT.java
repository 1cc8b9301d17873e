package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

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
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final PushedStates states = new PushedStates(atlas, server);
  @AutoClose private final Browser alice = signedIn("alice");

  private Browser signedIn(String name) {
    Browser browser = new Browser(atlas.base());
    browser.submit("/session", Map.of("login", name, "password", "correct horse"));
    return browser;
  }

  private static String path(String workspace) {
    return "/app/acme/workspaces/" + workspace + "/states";
  }

  @Nested
  class The_list {
    @Test
    void tells_of_each_state_and_which_is_current() {
      PushedStates.Pushed pushed = states.in("listed");

      String page = alice.open(path("listed")).text();

      assertThat(page)
          .contains(pushed.first(), pushed.second(), "<td class=\"wide\">alice</td>", "Compare")
          .containsOnlyOnce("Current</span>")
          .contains("value=\"" + pushed.first() + "\" checked aria-label=\"Compare from serial 1\"")
          .contains("value=\"" + pushed.second() + "\" checked aria-label=\"Compare to serial 2\"");
    }

    @Test
    void says_what_to_do_where_there_is_none() {
      server.workspace("empty");

      assertThat(alice.open(path("empty")).text()).contains("No state yet", "terraform init");
    }
  }

  @Nested
  class One_state {
    @Test
    void shows_what_stands_in_it_but_what_is_sensitive() {
      PushedStates.Pushed pushed = states.in("shown");
      states.parse(pushed.second());

      String page = alice.open(path("shown") + "/" + pushed.second()).text();

      assertThat(page)
          .contains("&lt;script&gt;alert(7)", "Sensitive, not shown", "random_pet.&lt;i&gt;a")
          .contains("registry.terraform.io/hashicorp/random", "random_pet (1)", "1.11.4")
          .contains("compare?from=" + pushed.first() + "&amp;to=" + pushed.second())
          .doesNotContain("hush", "<script>alert", "<i>a");
    }

    @Test
    void that_is_not_parsed_yet_says_so() {
      PushedStates.Pushed pushed = states.in("unparsed");

      assertThat(alice.open(path("unparsed") + "/" + pushed.first()).text())
          .contains("The state is being looked through");
    }

    @Test
    void is_downloaded_by_a_signed_address() {
      PushedStates.Pushed pushed = states.in("downloaded");

      Answer answer = alice.open(path("downloaded") + "/" + pushed.first() + "/download");

      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.header("Cache-Control")).contains("no-store");
      String address = answer.header("Location").orElseThrow();
      assertThat(address).startsWith("/_archivist/v1/object/");
      assertThat(atlas.objects().get("https://127.0.0.1:8443" + address)).contains("only_one");
      assertThat(alice.open(path("downloaded") + "/" + pushed.first() + "/json").status())
          .as("nobody has sent its JSON form")
          .isEqualTo(404);
    }

    @Test
    void is_not_below_another_workspace() {
      PushedStates.Pushed pushed = states.in("here");
      server.workspace("elsewhere");

      assertThat(alice.open(path("elsewhere") + "/" + pushed.first()).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_comparison {
    @Test
    void tells_what_came_went_and_changed() {
      PushedStates.Pushed pushed = states.in("compared");

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
      PushedStates.Pushed pushed = states.in("same");

      assertThat(compared("same", pushed.first(), pushed.first())).contains("Nothing is different");
    }

    @Test
    void of_what_is_no_state_says_so() {
      PushedStates.Pushed pushed = states.in("broken");
      String broken = states.pushRaw(pushed.workspace(), 3, "{\"version\":3}");

      assertThat(compared("broken", pushed.first(), broken))
          .contains("They cannot be compared here", "not a state that can be read here");
    }

    @Test
    void wants_two_states_of_its_workspace() {
      PushedStates.Pushed pushed = states.in("two");
      PushedStates.Pushed other = states.in("other");

      Answer none = alice.open(path("two") + "/compare");
      Answer foreign =
          alice.open(path("two") + "/compare?from=" + pushed.first() + "&to=" + other.first());

      assertThat(none.status()).isEqualTo(400);
      assertThat(none.text()).contains("Choose the two states");
      assertThat(foreign.status()).isEqualTo(404);
    }

    private String compared(String workspace, String from, String to) {
      return alice.open(path(workspace) + "/compare?from=" + from + "&to=" + to).text();
    }
  }

  @Nested
  class A_way_back {
    private Answer back(String workspace, String state) {
      return alice.submit(path(workspace) + "/" + state + "/rollback", Map.of());
    }

    @Test
    void locks_a_free_workspace_meanwhile() {
      PushedStates.Pushed pushed = states.in("free");
      states.unlock(pushed);
      String page = alice.open(path("free") + "/" + pushed.first()).text();

      Answer answer = back("free", pushed.first());

      assertThat(page).contains("Roll back to serial 1", "unlocked again");
      assertThat(answer.status()).isEqualTo(303);
      assertThat(states.serial(pushed)).isEqualTo(3);
      assertThat(states.isLocked(pushed)).isFalse();
      assertThat(alice.open(answer.header("Location").orElseThrow()).text())
          .contains("The workspace has the state of serial 1 again, as serial 3.")
          .contains("Rolled back to", pushed.first())
          .doesNotContain("Roll back to serial");
    }

    @Test
    void leaves_a_workspace_locked_that_was() {
      PushedStates.Pushed pushed = states.in("held");
      String page = alice.open(path("held") + "/" + pushed.first()).text();

      Answer answer = back("held", pushed.first());

      assertThat(page).contains("You have locked the workspace; it stays locked.");
      assertThat(answer.status()).isEqualTo(303);
      assertThat(states.serial(pushed)).isEqualTo(3);
      assertThat(states.isLocked(pushed)).isTrue();
    }

    @Test
    void is_closed_while_another_holds_the_workspace() {
      PushedStates.Pushed pushed = states.in("taken");
      states.unlock(pushed);
      server.post("anna", "/workspaces/" + pushed.workspace() + "/actions/lock", "{}");
      String page = alice.open(path("taken") + "/" + pushed.first()).text();

      Answer answer = back("taken", pushed.first());

      assertThat(page).contains("locked by a run or by somebody else").doesNotContain("Roll back");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(states.serial(pushed)).isEqualTo(2);
    }

    @Test
    void to_what_is_no_state_fails_and_leaves_the_workspace_unlocked() {
      PushedStates.Pushed pushed = states.in("no-way");
      String broken = states.pushRaw(pushed.workspace(), 3, "no state");
      states.push(pushed.workspace(), 4, "four");
      states.unlock(pushed);

      Answer answer = back("no-way", broken);

      assertThat(answer.status()).isEqualTo(409);
      assertThat(states.isLocked(pushed)).isFalse();
      assertThat(states.serial(pushed)).isEqualTo(4);
    }
  }

  @Nested
  class Somebody_who {
    @ParameterizedTest
    @ValueSource(strings = {"none", "read-outputs"})
    void may_not_read_states_sees_none(String right) {
      String name = "closed-" + right;
      PushedStates.Pushed pushed = states.in(name);
      try (Browser mia = member("mia-" + right, pushed, right)) {
        assertThat(mia.open("/app/acme/workspaces/" + name).status()).isEqualTo(200);
        for (String page :
            new String[] {"", "/" + pushed.first(), "/" + pushed.first() + "/download"}) {
          assertThat(mia.open(path(name) + page).status()).as(page).isEqualTo(404);
        }
      }
    }

    @Test
    void may_read_states_but_not_write_is_offered_no_way_back() {
      PushedStates.Pushed pushed = states.in("read-only");
      states.unlock(pushed);
      try (Browser rita = member("rita", pushed, "read")) {
        Answer page = rita.open(path("read-only") + "/" + pushed.first());
        Answer back = rita.submit(path("read-only") + "/" + pushed.first() + "/rollback", Map.of());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).doesNotContain("Roll back");
        assertThat(back.status()).isEqualTo(404);
      }
      assertThat(states.serial(pushed)).isEqualTo(2);
      assertThat(states.isLocked(pushed)).isFalse();
    }

    /// Of a team with that right on states and no other.
    private Browser member(String name, PushedStates.Pushed pushed, String right) {
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
