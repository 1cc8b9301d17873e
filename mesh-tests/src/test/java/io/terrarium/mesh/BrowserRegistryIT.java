package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.WorkingCopy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The private registry in a browser: modules from the lab's Git server, and providers.
@Tag("long")
class BrowserRegistryIT {
  @RegisterExtension private static final Desk desk = new Desk("registry");

  private static final SignedProvider publisher = new SignedProvider();
  private static final String MODULE =
      """
      variable "name" {
        type        = string
        description = "Who is greeted"
      }
      """;

  private static String keyId = "";
  private Window window;

  @BeforeAll
  static void prepare() {
    desk.connect();
    keyId =
        desk.post(
                "/api/registry/private/v2/gpg-keys",
                "gpg-keys",
                "{\"namespace\":\"registry\",\"ascii-armor\":%s}"
                    .formatted(JsonNodeFactory.instance.textNode(publisher.armoredKey())))
            .attribute("key-id")
            .asText();
  }

  @BeforeEach
  void sitDown() {
    window = desk.window();
  }

  private static WorkingCopy push(String repository, String... tags) {
    WorkingCopy copy = desk.copy(repository);
    copy.commit("main.tf", MODULE);
    copy.git("push", "-q", "origin", "main");
    for (String tag : tags) {
      copy.git("tag", tag);
      copy.git("push", "-q", "origin", tag);
    }
    return copy;
  }

  private void beginToPublish(String repository) {
    window.open(desk.page("registry/private/modules"));
    window.follow("Publish a module");
    window.type("Repository", "registry/" + repository);
  }

  private static String module(String name, String rest) {
    return desk.page("registry/modules/private/registry/" + name + "/null" + rest);
  }

  /// Opens the page of a module again until all its versions were read.
  private void awaitVersions(String name, int count) {
    String module = "organizations/registry/registry-modules/private/registry/" + name + "/null";
    Eventually.until(
        () -> desk.asked(module).text(),
        () -> {
          JsonNode statuses = desk.asked(module).attribute("version-statuses");
          return statuses.size() == count
              && statuses.valueStream().allMatch(one -> one.path("status").asText().equals("ok"));
        });
    window.open(module(name, ""));
  }

  private Locator version(String number) {
    return window.page().locator(".history li", has(number));
  }

  private static Page.LocatorOptions has(String words) {
    return new Page.LocatorOptions().setHasText(words);
  }

  @Test
  void a_module_is_published_by_its_tags_and_loses_its_versions_one_by_one() {
    push("terraform-null-tagged", "v1.0.0", "v1.1.0");
    beginToPublish("terraform-null-tagged");
    window.shoot("module-publish");
    window.press("Publish the module");
    window.says("The module tagged is published. Its versions come as they are read.");
    awaitVersions("tagged", 2);
    window.shows("Who is greeted");
    window.unfold(version("1.0.0"), "Delete");

    window.press("Delete 1.0.0 for good");

    window.says("The version 1.0.0 of tagged is gone.");
    PlaywrightAssertions.assertThat(version("1.0.0")).hasCount(0);
    window.unfold(version("1.1.0"), "Delete");
    window.shows("It is the last version: the module goes with it.");
    window.shoot("module-last-version");
    window.press("Delete 1.1.0 for good");
    window.says("The version 1.1.0 was the last: the module tagged is gone.");
  }

  @Test
  void a_module_of_a_branch_gets_versions_by_hand() {
    WorkingCopy copy = push("terraform-null-branched");
    beginToPublish("terraform-null-branched");
    window.pick("A branch");
    window.press("Publish the module");
    window.objects("Branch can't be blank");
    window.type("Branch", "main");
    window.type("First version", "0.1.0");
    window.press("Publish the module");
    window.says("The module branched is published. Its versions come as they are read.");
    awaitVersions("branched", 1);
    String commit = copy.commit("outputs.tf", "output \"said\" {\n  value = var.name\n}\n");
    copy.git("push", "-q", "origin", "main");
    window.type("Version", "soon");
    window.press("Publish the version");
    window.objects("Version must be one of Semantic Versioning");
    window.type("Version", "0.2.0");
    window.type("Commit", commit);

    window.press("Publish the version");

    window.says("The version 0.2.0 is on its way.");
    awaitVersions("branched", 2);
    window.shows("Outputs (1)");
    window.shoot("module-of-branch");
    window.unfold(window.card("All its versions go with it."), "Delete the module");
    window.press("Delete branched for good");
    window.says("The module branched for null is gone.");
  }

  @Test
  void a_repository_that_names_no_module_is_refused() {
    push("somewhere");
    beginToPublish("somewhere");

    window.press("Publish the module");

    window.objects("or name and provider must be given");
    window.shoot("module-publish-refused");
  }

  @Test
  void a_provider_is_made_and_deleted() {
    window.open(desk.page("registry/private/providers"));
    window.follow("New provider");
    window.type("Name", "Not a name");
    window.press("Make the provider");
    window.objects("Name must");
    window.type("Name", "pets");
    window.press("Make the provider");
    window.says("The provider pets is there. Upload a version of it by the API.");
    window.unfold(window.card("All its versions go with it."), "Delete the provider");

    window.press("Delete pets for good");

    window.says("The provider pets is gone.");
  }

  @Test
  void platforms_and_versions_of_a_provider_are_deleted() {
    upload("weather", "1.0.0");
    window.open(desk.page("registry/private/providers"));
    window.follow("weather");
    window.shows("Available");
    window.unfold(window.row(SignedProvider.os()), "Delete");
    window.shoot("provider-platform-to-be-deleted");

    window.pressIn(window.row(SignedProvider.os()), "Delete for good");

    window.says("The platform " + SignedProvider.os() + " " + SignedProvider.arch() + " is gone.");
    window.shows("Incomplete");
    window.unfold(version("1.0.0"), "Delete");
    window.press("Delete 1.0.0 for good");
    window.says("The version 1.0.0 is gone.");
    window.shows("No version yet");
  }

  private static void upload(String name, String version) {
    SignedProvider.Packed packed = SignedProvider.pack(name, version);
    desk.make(
        "registry-providers",
        "registry-providers",
        "{\"name\":\"%s\",\"namespace\":\"registry\",\"registry-name\":\"private\"}"
            .formatted(name));
    String one = "registry-providers/private/registry/" + name + "/versions";
    ApiClient.Answer made =
        desk.make(
            one,
            "registry-provider-versions",
            "{\"version\":\"%s\",\"key-id\":\"%s\",\"protocols\":[\"5.0\"]}"
                .formatted(version, keyId));
    put(made, "shasums-upload", packed.shasums());
    put(made, "shasums-sig-upload", publisher.sign(packed.shasums()));
    ApiClient.Answer platform =
        desk.make(
            one + "/" + version + "/platforms",
            "registry-provider-platforms",
            "{\"os\":\"%s\",\"arch\":\"%s\",\"shasum\":\"%s\",\"filename\":\"%s\"}"
                .formatted(
                    SignedProvider.os(),
                    SignedProvider.arch(),
                    packed.shasum(),
                    packed.filename()));
    put(platform, "provider-binary-upload", packed.zip());
  }

  private static void put(ApiClient.Answer made, String link, byte[] bytes) {
    assertThat(desk.site().api().put(made.data().at("/links/" + link).asText(), bytes))
        .isEqualTo(200);
  }
}
