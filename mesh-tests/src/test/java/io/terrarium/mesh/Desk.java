package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.testsupport.GitServer;
import io.terrarium.testsupport.WorkingCopy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/// A place on the [Stage] that all test classes share: an organization of one's own, and a window
/// in which the admin is signed in. Nothing may go wrong there.
final class Desk implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(Desk.class);
  private static final String SCRIPTED = "1.11.4+scripted";

  private final String organization;
  private @Nullable Stage stage;
  private @Nullable Window window;
  private final List<Window> others = new ArrayList<>();

  Desk(String organization) {
    this.organization = organization;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Chromium.assumeInstalled();
    assumeTrue(GitServer.isInstalled(), "there is no git on this machine: install git");
    stage =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent(Stage.class, _ -> new Stage(), Stage.class);
    site().organization(organization);
    window = stage().admin();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      if (context.getExecutionException().isPresent()) {
        used().forEach(one -> one.shoot("failed-" + context.getRequiredTestMethod().getName()));
      } else {
        used().forEach(Window::assertNothingWentWrong);
      }
    } finally {
      others.forEach(Window::close);
      others.clear();
      window().forget();
    }
  }

  private List<Window> used() {
    return Stream.concat(Stream.of(window()), others.stream()).toList();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (window != null) {
      window.close();
    }
  }

  Stage stage() {
    return Objects.requireNonNull(stage);
  }

  Window window() {
    return Objects.requireNonNull(window);
  }

  /// One more window, in which the admin is signed in as well.
  Window another() {
    return opened(stage().admin());
  }

  /// One more window, in which nobody is signed in.
  Window stranger() {
    return opened(stage().stranger());
  }

  private Window opened(Window other) {
    others.add(other);
    return other;
  }

  /// One more window, in which a person with [Site#PASSWORD] is signed in.
  Window signedIn(String person) {
    Window window = stranger();
    window.signIn(person, Site.PASSWORD);
    window.showsHeading("Organizations");
    return window;
  }

  Site site() {
    return stage().fixture().site();
  }

  /// The address of a page of the organization.
  String page(String rest) {
    return "/app/" + organization + "/" + rest;
  }

  /// The address of a page of one of its workspaces.
  String page(String workspace, String rest) {
    return page("workspaces/" + workspace + "/" + rest);
  }

  /// A new working copy of a repository of the Git server.
  WorkingCopy copy(String repository) {
    URI git = stage().fixture().mesh().gitUrl().orElseThrow();
    WorkingCopy copy =
        WorkingCopy.create(stage().copies().resolve(organization).resolve(repository));
    String login = "ada:" + site().secret("git_token") + "@";
    copy.git(
        "remote",
        "add",
        "origin",
        git.toString().replace("://", "://" + login) + "/" + organization + "/" + repository);
    return copy;
  }

  /// Connects the organization to the Git server; the id of the token.
  String connect() {
    return make(
            "oauth-clients",
            "oauth-clients",
            "{\"service-provider\":\"gitea\",\"http-url\":\"%s\",\"oauth-token-string\":\"%s\"}"
                .formatted(
                    stage().fixture().mesh().gitUrl().orElseThrow(), site().secret("git_token")))
        .data()
        .at("/relationships/oauth-tokens/data/0/id")
        .asText();
  }

  /// What the API tells.
  ApiClient.Answer asked(String path) {
    ApiClient.Answer found = site().api().get("/api/v2/" + path);
    assertThat(found.status()).as(found.text()).isEqualTo(200);
    return found;
  }

  /// What the API tells of a workspace of the organization.
  ApiClient.Answer workspace(String name) {
    return asked("organizations/" + organization + "/workspaces/" + name);
  }

  /// Makes something by the API.
  ///
  /// @param path below `organizations/NAME/` where it does not begin with a slash
  ApiClient.Answer make(String path, String type, String attributes) {
    String place = path.startsWith("/") ? path : "/organizations/" + organization + "/" + path;
    return post("/api/v2" + place, type, attributes);
  }

  /// Makes something by an API of whatever name.
  ApiClient.Answer post(String path, String type, String attributes) {
    ApiClient.Answer made =
        site()
            .api()
            .post(
                path, "{\"data\":{\"type\":\"%s\",\"attributes\":%s}}".formatted(type, attributes));
    assertThat(made.status()).as(made.text()).isBetween(200, 204);
    return made;
  }

  /// Makes a workspace; its id.
  String makeWorkspace(String name) {
    return site().workspace(organization, name);
  }

  /// Makes a workspace whose runs play a script; its id.
  String scripted(String name, String script) {
    ApiClient.Answer made =
        make(
            "workspaces",
            "workspaces",
            "{\"name\":\"%s\",\"terraform-version\":\"%s\"}".formatted(name, SCRIPTED));
    String id = made.data().path("id").asText();
    site().upload(id, Slugs.of("terrarium-script.json", script));
    return id;
  }

  /// Starts a run by the API, and opens its page once it has come to `status`.
  String openRun(String workspace, String attributes, String status) {
    String run = site().queueRun(site().workspaceId(organization, workspace), attributes);
    site().awaitStatus(run, status);
    window().open(page(workspace, "runs/" + run));
    return run;
  }
}
