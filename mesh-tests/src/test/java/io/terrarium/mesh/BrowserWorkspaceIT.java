package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.terrarium.testsupport.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people do with a workspace in a browser, but for its runs, states and variables.
@Tag("long")
class BrowserWorkspaceIT {
  @RegisterExtension private static final Desk desk = new Desk("workspaces");

  private static final String SCRIPT =
      """
      {"plan":{"changes":{"add":1}},
       "apply":{"state":{"resources":[{"mode":"managed","type":"terraform_data","name":"network",
         "provider":"provider[\\"terraform.io/builtin/terraform\\"]",
         "instances":[{"schema_version":0,"attributes":{"id":"1"}}]}]}}}
      """;

  /// By which a list asks for its rows anew.
  private static final String NEWS = "page[number]";

  private Window window;

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  private JsonNode told(String workspace, String attribute) {
    return desk.workspace(workspace).attribute(attribute);
  }

  @Test
  void a_new_one_goes_into_a_project_and_applies_by_itself() {
    desk.make("projects", "projects", "{\"name\":\"Networks\"}");
    desk.makeWorkspace("taken");
    window.open(desk.page("workspaces"));
    window.follow("New workspace");
    window.follow("By name");
    window.type("Name", "taken");
    window.type("Description", "The network of the office");
    window.choose("Project", "Networks");
    window.tick("Apply by itself what was planned without an error", true);

    window.press("Make the workspace");
    window.objects("Name has already been taken");
    window.shoot("workspace-new-refused");
    window.type("Name", "office");
    window.press("Make the workspace");

    window.showsHeading("office");
    window.shows("The network of the office");
    window.shows("Networks");
    assertThat(told("office", "auto-apply").asBoolean()).isTrue();
  }

  @Test
  void its_general_settings_are_changed() {
    desk.make("projects", "projects", "{\"name\":\"Operations\"}");
    desk.makeWorkspace("plain");
    window.open(desk.page("plain", ""));
    window.follow("Settings");
    window.type("Name", "renamed");
    window.type("Description", "What keeps the rest alive");
    window.choose("Project", "Operations");
    window.choose("Execution mode", "Local: only the state is kept here");
    window.type("Terraform version", "~> 1.11.0");
    window.type("Working directory", "live");
    window.tick("Apply by itself", true);
    window.tick("Share the state with all workspaces of the organization", true);

    window.press("Save");

    window.says("The settings are saved.");
    window.shows("In force now: local.");
    window.shoot("workspace-general-changed");
    JsonNode changed = desk.workspace("renamed").data().path("attributes");
    assertThat(changed.path("execution-mode").asText()).isEqualTo("local");
    assertThat(changed.path("terraform-version").asText()).isEqualTo("~> 1.11.0");
    assertThat(changed.path("working-directory").asText()).isEqualTo("live");
    assertThat(changed.path("auto-apply").asBoolean()).isTrue();
    assertThat(changed.path("global-remote-state").asBoolean()).isTrue();
    window.follow("Overview");
    window.shows("What keeps the rest alive");
    window.shows("Operations");
    window.open(desk.page("renamed", "runs/new"));
    window.shows("Terraform runs on your own machine here");
  }

  @Test
  void settings_that_cannot_be_are_refused_and_what_was_typed_stays() {
    desk.makeWorkspace("refused");
    window.open(desk.page("refused", "settings/general"));
    window.type("Terraform version", "soon");
    window.type("Description", "Typed with care");

    window.press("Save");

    window.objects("Terraform version must be a version such as 1.11.4");
    window.shoot("workspace-general-refused");
    PlaywrightAssertions.assertThat(window.field("Description")).hasValue("Typed with care");
    assertThat(told("refused", "description").asText("")).isEmpty();
  }

  @Test
  void a_lock_of_somebody_else_is_taken_away() {
    String workspace = desk.makeWorkspace("held");
    String team =
        desk.make(
                "teams",
                "teams",
                "{\"name\":\"robots\",\"organization-access\":{\"manage-workspaces\":true}}")
            .data()
            .path("id")
            .asText();
    String token =
        desk.make("/teams/" + team + "/authentication-token", "authentication-tokens", "{}")
            .attribute("token")
            .asText();
    ApiClient.Answer locked =
        desk.site()
            .api()
            .as(token)
            .post("/api/v2/workspaces/" + workspace + "/actions/lock", "{\"reason\":\"Mine\"}");
    assertThat(locked.status()).as(locked.text()).isEqualTo(200);
    window.open(desk.page("workspaces"));
    PlaywrightAssertions.assertThat(window.row("held")).containsText("Locked");
    window.follow("held");
    window.follow("Locking");
    window.shows("Locked by the team robots: Mine");
    window.shoot("workspace-locked-by-others");

    window.press("Unlock by force");

    window.says("The lock was taken away, the workspace is free.");
    window.shows("The workspace is not locked.");
    assertThat(told("held", "locked").asBoolean()).isFalse();
  }

  @Test
  void destroy_plans_are_forbidden() {
    desk.scripted("kept", SCRIPT);
    window.open(desk.page("kept", "settings/delete"));
    window.tick("Allow destroy plans", false);

    window.press("Save");

    window.says("Destroy plans are not allowed any more.");
    window.showsNot("Queue a destroy plan");
    window.open(desk.page("kept", "runs/new"));
    window.shows("Plan and apply");
    window.showsNot("Destroy everything");
    assertThat(told("kept", "allow-destroy-plan").asBoolean()).isFalse();
  }

  @Test
  void one_that_manages_something_is_not_deleted_safely_but_may_be_even_so() {
    String workspace = desk.scripted("in-use", SCRIPT);
    String run = desk.site().queueRun(workspace);
    desk.site().awaitStatus(run, "applied");
    Eventually.until("the state is read", () -> told("in-use", "resource-count").asInt() == 1);
    window.open(desk.page("in-use", "settings/delete"));
    window.shows("one resource now");

    window.type("Type in-use to delete it", "something else");
    window.press("Delete safely");
    window.objects("Type the name of the workspace, which is in-use");
    window.type("Type in-use to delete it", "in-use");
    window.press("Delete safely");
    window.objects("it still manages one resource. Destroy it first.");
    window.shows("Queue a destroy plan");
    window.shoot("workspace-not-deleted-safely");
    window.type("Type in-use to delete it", "in-use");
    window.press("Delete even with resources");

    window.says("The workspace in-use was deleted.");
    assertThat(desk.site().api().get("/api/v2/organizations/workspaces/workspaces/in-use").status())
        .isEqualTo(404);
  }

  @Test
  void what_happens_while_news_are_on_their_way_is_shown_too() {
    String workspace = desk.scripted("late", SCRIPT);
    // So that the run stays pending, and nothing but its beginning is told.
    desk.post("/api/v2/workspaces/" + workspace + "/actions/lock", "workspaces", "{}");
    Window window = desk.another();
    Page page = window.page();
    List<Route> news = new ArrayList<>();
    List<APIResponse> old = new ArrayList<>();
    page.route(
        address -> address.contains(NEWS),
        route -> {
          if (news.isEmpty()) {
            news.add(route);
            old.add(route.fetch());
          } else {
            route.resume();
          }
        });
    window.open(desk.page("late", ""));
    page.evaluate(
        """
        path => {
          window.heard = 0;
          new EventSource(path).addEventListener("changed", () => window.heard++);
        }
        """,
        "/app/live/" + workspace);
    page.waitForCondition(() -> !old.isEmpty());
    page.waitForCondition(() -> heard(page) > 0);

    desk.site().queueRun(workspace);
    page.waitForCondition(() -> heard(page) > 1);
    news.getFirst().fulfill(new Route.FulfillOptions().setResponse(old.getFirst()));

    window.shows("Latest run");
  }

  private static int heard(Page page) {
    return (int) page.evaluate("() => window.heard");
  }

  @Test
  void the_list_stays_narrowed_when_news_of_the_whole_one_come_late() {
    desk.makeWorkspace("narrow-one");
    desk.makeWorkspace("narrow-two");
    Window window = desk.another();
    Page page = window.page();
    page.clock().install();
    window.open(desk.page("workspaces"));
    window.shows("narrow-two");
    List<Route> news = new ArrayList<>();
    page.route(address -> address.contains(NEWS), news::add);
    page.waitForRequest(
        request -> request.url().contains(NEWS), () -> desk.makeWorkspace("narrow-three"));

    page.getByLabel("Search workspaces").pressSequentially("narrow-one");
    page.clock().runFor(Duration.ofSeconds(1).toMillis());
    page.waitForResponse(response -> response.url().contains(NEWS), () -> news.getFirst().resume());

    window.showsNot("narrow-two");
    window.shows("narrow-one");
    window.shoot("workspaces-searched");
  }
}
