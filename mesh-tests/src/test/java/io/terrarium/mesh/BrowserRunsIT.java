package io.terrarium.mesh;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people do with runs in a browser. The runs play scripts.
@Tag("long")
class BrowserRunsIT {
  private static final String ORGANIZATION = "runs";

  @RegisterExtension private static final Desk desk = new Desk(ORGANIZATION);

  private static final String CHANGES = "{\"plan\":{\"changes\":{\"add\":1,\"destroy\":2}}}";
  private static final String LONG_PLAN =
      "{\"plan\":{\"log\":[\"Thinking\",\"Done\"],\"duration_ms\":600000}}";
  private static final String STUBBORN_APPLY =
      """
      {"plan":{"changes":{"add":1}},
       "apply":{"log":["Building","Built"],"duration_ms":600000,"ignores_interrupt":true}}
      """;
  private static final String REPLACEMENT =
      """
      {"plan":{"plan":{"resource_changes":[{
        "address":"terraform_data.subnet","mode":"managed","type":"terraform_data","name":"subnet",
        "provider_name":"terraform.io/builtin/terraform",
        "change":{"actions":["delete","create"],"replace_paths":[["triggers_replace"]],
          "before":{"id":"old","triggers_replace":["10.20.0.0/16","eu"]},
          "after":{"triggers_replace":["10.30.0.0/16","eu"]},
          "after_unknown":{"id":true}}}]}}}
      """;
  private static final String REFUSED_RANGE =
      """
      locals {
        range = "8.0.0.0/8"
      }
      resource "terraform_data" "subnet" {
        lifecycle {
          precondition {
            condition     = startswith(local.range, "10.")
            error_message = "The range must be private."
          }
        }
      }
      """;
  private static final double PATIENCE_MILLIS = Duration.ofMinutes(2).toMillis();
  private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
      new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
  private static final String COMMENT = "Comment, if there is something to say";

  private Window window;

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  /// Asks for a run as a person does, with the reason of its workspace's name.
  private void start(String workspace, String kind) {
    window.open(desk.page(workspace, "runs/new"));
    window.type("Reason", "For " + workspace);
    window.pick(kind);
    window.press("Start the run");
    window.says("The run is there.");
    window.showsHeading("For " + workspace);
  }

  private void showsStatus(String words) {
    assertThat(window.page().locator("#live > .state")).hasText(words);
  }

  private Locator history() {
    return window.page().locator("#history");
  }

  /// What the API tells of the run that is looked at.
  private JsonNode run(String attribute) {
    String address = window.page().url();
    return desk.asked("runs/" + address.substring(address.lastIndexOf('/') + 1))
        .attribute(attribute);
  }

  @Test
  void a_plan_says_which_attribute_forces_a_replacement() {
    desk.scripted("replaced", REPLACEMENT);
    start("replaced", "Plan and apply");
    showsStatus("Needs confirmation");

    Locator rows = window.page().locator("details.resource tbody tr");
    assertThat(rows)
        .hasText(
            new String[] {
              "id\"old\"known after apply",
              "triggers_replace[0] forces replacement\"10.20.0.0/16\"\"10.30.0.0/16\""
            });
  }

  /// Those of the command line leave JSON lines, which the page has to put into words.
  @Test
  void an_error_of_terraform_is_told_with_the_values_it_is_about() {
    TerraformCli terraform = desk.site().cloud(ORGANIZATION, "refused", REFUSED_RANGE);
    terraform.succeeds("init");
    Assertions.assertThat(terraform.run("plan").exit()).isNotZero();

    window.open(desk.page("refused", "runs/" + desk.site().latestRun(ORGANIZATION, "refused")));

    Locator log = window.page().locator(".log").first();
    assertThat(log).containsText("Error: Resource precondition failed");
    assertThat(log).containsText("in resource \"terraform_data\" \"subnet\":");
    assertThat(log).containsText("local.range is \"8.0.0.0/8\"");
    assertThat(log).containsText("The range must be private.");
  }

  @Test
  void a_plan_is_discarded_and_others_read_why() {
    desk.scripted("discarded", CHANGES);
    start("discarded", "Plan and apply");
    showsStatus("Needs confirmation");

    window.type(COMMENT, "Not on a Friday");
    window.press("Discard");

    window.says("The run is discarded.");
    showsStatus("Discarded");
    assertThat(history()).containsText("Discarded by admin");
    assertThat(history()).containsText("Not on a Friday");
    assertThat(window.button("Confirm and apply")).hasCount(0);
    window.shoot("run-discarded");
    Assertions.assertThat(run("status").asText()).isEqualTo("discarded");
  }

  @Test
  void a_plan_is_confirmed_with_a_comment_that_outlives_what_the_page_fetches() {
    desk.scripted("confirmed", "{\"plan\":{\"changes\":{\"add\":3},\"duration_ms\":1500}}");
    start("confirmed", "Plan and apply");

    window.type(COMMENT, "Go ahead");
    showsStatus("Needs confirmation");
    window.press("Confirm and apply");

    showsStatus("Applied");
    assertThat(history()).containsText("Go ahead");
    assertThat(window.page().locator(".log").last()).containsText("Resources: 3 added");
    window.shoot("run-confirmed-with-comment");
  }

  @Test
  void a_plan_at_work_is_canceled() {
    desk.scripted("canceled", LONG_PLAN);
    start("canceled", "Plan and apply");
    assertThat(window.page().locator(".log").first()).containsText("Thinking");
    window.shoot("run-planning");

    window.press("Cancel");

    window.says("The run is told to end.");
    showsStatus("Canceled");
    assertThat(window.page().locator(".log").first()).containsText("Operation canceled.");
    assertThat(window.button("Cancel")).hasCount(0);
    window.shoot("run-canceled");
  }

  @Test
  void a_run_that_heeds_no_cancel_is_ended_by_force_once_it_had_its_time() {
    desk.scripted("stubborn", STUBBORN_APPLY);
    String run = desk.openRun("stubborn", "{\"message\":\"Stubborn\"}", "planned");
    window.press("Confirm and apply");
    assertThat(window.page().locator(".log").last()).containsText("Building");

    try (Standstill _ = new Standstill(Processes.supervising(run))) {
      window.press("Cancel");
      window.shows("Should it go on for half a minute, it can be ended by force here.");
      assertThat(window.button("Force-cancel")).isVisible(PATIENTLY);
      window.shoot("run-force-cancel");
      window.press("Force-cancel");
      window.says("The run was ended at once.");
    }

    showsStatus("Canceled");
    assertThat(window.page().locator(".log").last()).containsText("The run was canceled by force.");
    window.shows("Canceled by force");
    window.shoot("run-force-canceled");
    Assertions.assertThat(desk.workspace("stubborn").attribute("locked").asBoolean()).isFalse();
  }

  @Test
  void somebody_says_something_about_a_run() {
    desk.scripted("discussed", "{}");
    desk.openRun("discussed", "{}", "planned_and_finished");

    window.type("Say something", "Nothing to do here");
    window.press("Comment");

    window.says("The comment is there.");
    assertThat(history()).containsText("Commented by admin");
    assertThat(history()).containsText("Nothing to do here");
    window.shoot("run-commented");
  }

  @ParameterizedTest
  @CsvSource({
    "Plan only, plan-only, Planned and finished, plan only",
    "Refresh the state only, refresh-only, Needs confirmation, refreshes the state only",
    "Allow an empty apply, allow-empty-apply, Needs confirmation, where nothing changes",
    "Destroy everything, is-destroy, Needs confirmation, destroys everything"
  })
  void runs_of_all_kinds_are_started(
      String kind, String attribute, String status, String wordsOnThePage) {
    desk.scripted(attribute, CHANGES);

    start(attribute, kind);

    showsStatus(status);
    window.shows(wordsOnThePage);
    Assertions.assertThat(run(attribute).asBoolean()).isTrue();
    window.shoot("run-" + attribute);
  }

  @Test
  void a_run_plans_some_resources_alone() {
    desk.scripted("targeted", CHANGES);
    window.open(desk.page("targeted", "runs/new"));
    window.unfold(window.page().locator("main"), "Some resources only");
    window.type("Plan these alone", "terraform_data.added[0]\nmodule.network");
    window.type("Replace these", "terraform_data.old");
    window.shoot("run-new-targeted");

    window.press("Start the run");

    window.says("The run is there.");
    Assertions.assertThat(run("target-addrs").toString())
        .isEqualTo("[\"terraform_data.added[0]\",\"module.network\"]");
    Assertions.assertThat(run("replace-addrs").toString()).isEqualTo("[\"terraform_data.old\"]");
  }
}
