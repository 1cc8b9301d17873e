package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.terrarium.testsupport.WorkingCopy;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Connections to Git hosts, and workspaces that follow their repositories, in a browser. The host
/// is the lab's.
@Tag("long")
class BrowserVersionControlIT {
  @RegisterExtension private static final Desk desk = new Desk("followers");

  private static final String SCRIPT = "{\"plan\":{\"changes\":{\"add\":1}}}";

  private static URI git;
  private Window window;

  @BeforeAll
  static void connect() {
    git = desk.stage().fixture().mesh().gitUrl().orElseThrow();
    desk.connect();
  }

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  private static void push(String repository) {
    WorkingCopy copy = desk.copy(repository);
    copy.commit("terrarium-script.json", SCRIPT);
    copy.git("push", "-q", "origin", "main");
  }

  private static int hooks(String repository) {
    return new ApiClient(git, desk.site().secret("git_token"))
        .get("/api/v1/repos/followers/" + repository + "/hooks")
        .json()
        .size();
  }

  /// As lists name the connection that workspaces use here.
  private static String connection() {
    return "Gitea or Forgejo (" + git + ") as lab";
  }

  private void beginConnection(String name) {
    window.open(desk.page("settings/version-control"));
    window.follow("Connect a Git host");
    window.choose("Kind of host", "Gitea or Forgejo");
    window.type("Name", name);
    window.type("Address", git.toString());
  }

  @Test
  void a_host_is_connected_by_a_token_and_let_go() {
    beginConnection("Of the lab");
    window.type("Token", desk.site().secret("git_token"));
    window.press("Connect");
    window.says("The organization is connected to " + git + ".");
    PlaywrightAssertions.assertThat(window.row("Of the lab")).containsText("Connected");
    assertThat(window.page().content()).doesNotContain(desk.site().secret("git_token"));
    window.unfold(window.row("Of the lab"), "Delete");
    window.shoot("connection-to-be-deleted");

    window.pressIn(window.row("Of the lab"), "Delete for good");

    window.says("The connection Of the lab is gone.");
  }

  @Test
  void a_host_is_connected_by_its_own_page() {
    beginConnection("By its page");
    window.type("Key", "the-application");
    window.type("Secret", "of the application");

    window.press("Connect");

    window.says("The connection is made. Connect it by the page of its host now.");
    PlaywrightAssertions.assertThat(window.row("By its page")).containsText("Not connected yet");
    PlaywrightAssertions.assertThat(window.row("By its page"))
        .containsText("Connect by the host's page");
    window.shoot("connection-waits-for-the-host");
  }

  @Test
  void a_connection_that_says_too_little_is_refused() {
    beginConnection("Too little");

    window.press("Connect");

    window.objects("unless key and secret of an OAuth application are given");
    window.shoot("connection-refused");
  }

  @Test
  void a_workspace_follows_a_repository_and_follows_it_no_more() {
    push("network");
    desk.makeWorkspace("following");
    window.open(desk.page("following", ""));
    window.follow("Settings");
    window.follow("Version control");
    window.choose("Connection", connection());
    window.type("Repository", "followers/network");
    window.type("Branch", "main");
    window.tick("Only commits that change certain files", true);
    window.type("Patterns", "/network/**/*.tf");
    window.type("Prefixes", "/modules");
    window.press("Connect");
    window.objects("Trigger patterns cannot be set together with trigger prefixes");
    window.shoot("workspace-follows-refused");
    window.type("Prefixes", "");
    window.press("Connect");
    window.says("The workspace follows followers/network.");
    window.shoot("workspace-follows");
    assertThat(desk.workspace("following").attribute("trigger-patterns").toString())
        .isEqualTo("[\"/network/**/*.tf\"]");
    assertThat(hooks("network")).isEqualTo(1);
    window.type("Patterns", "");
    window.type("Prefixes", "/modules");
    window.press("Save");
    window.says("The workspace follows followers/network.");
    assertThat(desk.workspace("following").attribute("trigger-prefixes").toString())
        .isEqualTo("[\"/modules\"]");

    window.press("Disconnect");

    window.says("The workspace follows no repository.");
    assertThat(desk.workspace("following").attribute("vcs-repo").isNull()).isTrue();
  }

  @Test
  void a_repository_that_is_not_there_is_told_and_fetched_once_it_is() {
    window.open(desk.page("workspaces/new"));
    window.follow("From Git");
    window.choose("Connection", connection());
    window.type("Repository", "followers/later");
    window.type("Name", "later");
    window.press("Make the workspace");

    window.showsHeading("later");
    window.shows("The repository could not be fetched");
    window.shoot("workspace-repository-missing");
    push("later");
    window.follow("Change what is followed, or try again");
    window.shoot("workspace-repository-missing-settings");
    window.tick("Start a run with the first configuration", true);
    window.press("Save");
    window.says("The workspace follows followers/later.");
    window.open(desk.page("later", ""));

    window.shows("Latest run");
    window.shoot("workspace-repository-there-now");
  }

  @Test
  void a_new_workspace_has_a_run_from_git() {
    push("from-git");
    window.open(desk.page("workspaces/new"));
    window.follow("From Git");
    window.choose("Connection", connection());
    window.type("Repository", "followers/from-git");
    window.type("Name", "from-git");
    window.shoot("workspace-new-from-git");

    window.press("Make the workspace");

    window.showsHeading("from-git");
    window.shows("The workspace follows followers/from-git.");
  }
}
