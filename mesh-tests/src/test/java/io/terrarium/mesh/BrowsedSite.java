package io.terrarium.mesh;

import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.WorkingCopy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A site in which there is something to look at on each page.
final class BrowsedSite {
  private static final String ORGANIZATION = "/api/v2/organizations/acme";
  private static final String CONFIGURATION =
      """
      variable "greeting" {
        type    = string
        default = "good day"
      }
      resource "terraform_data" "network" {
        for_each = toset(["amsterdam", "berlin", "a-city-with-a-rather-long-name"])
        input    = "${var.greeting}, ${each.key}"
      }
      output "greetings" {
        value = { for city, one in terraform_data.network : city => one.output }
      }
      """;

  private static final String MODULE =
      """
      variable "name" {
        type        = string
        description = "Who is greeted"
      }
      output "said" {
        value = "good day, ${var.name}"
      }
      """;
  private static final String README =
      """
      # A greeting

      | when | what |
      | --- | --- |
      | day | `good day` |
      """;

  /// The log of a phase that is over.
  private static final String LOG = ".log[data-ended]:visible";

  private final MeshFixture fixture;
  private final Site site;
  private final Path copies;
  private final List<Place> places = new ArrayList<>();

  /// @param name of its pictures
  /// @param awaited what is there once all is shown
  record Place(String name, String path, String awaited) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// @param copies directory for what is pushed
  BrowsedSite(MeshFixture fixture, Path copies) {
    this.fixture = fixture;
    this.copies = copies;
    site = fixture.site();
    site.organization("acme");
  }

  List<Place> places() {
    return List.copyOf(places);
  }

  private void place(String name, String path) {
    places.add(new Place(name, path, "main h1"));
  }

  private ApiClient.Answer make(String path, String type, String attributes) {
    ApiClient.Answer made =
        site.api()
            .post(
                path, "{\"data\":{\"type\":\"%s\",\"attributes\":%s}}".formatted(type, attributes));
    if (made.status() != 200 && made.status() != 201) {
      throw new AssertionError(type + ": " + made.text());
    }
    return made;
  }

  private String made(String path, String type, String attributes) {
    return make(path, type, attributes).data().path("id").asText();
  }

  /// With workspaces and runs of several endings.
  BrowsedSite withRuns() {
    String network =
        made(
            ORGANIZATION + "/workspaces",
            "workspaces",
            "{\"name\":\"network\",\"description\":\"The network of the office\"}");
    variables("/api/v2/workspaces/" + network + "/vars");
    site.upload(network, Slugs.of("main.tf", CONFIGURATION));
    String applied =
        site.queueRun(network, "{\"auto-apply\":true,\"message\":\"The first network\"}");
    site.awaitStatus(applied, "applied");
    make(
        "/api/v2/workspaces/" + network + "/vars",
        "vars",
        "{\"key\":\"greeting\",\"value\":\"good night\",\"category\":\"terraform\"}");
    String planned = site.queueRun(network, "{\"message\":\"Another greeting\"}");
    site.awaitStatus(planned, "planned");
    String runs = "/app/acme/workspaces/network/runs/";
    places.add(new Place("run-planned", runs + planned, ".plan .resource"));
    places.add(new Place("run-applied", runs + applied, LOG));
    places.add(new Place("flow", "/app/mesh/flows/" + applied, "g.hop"));
    withFailure();
    placesOfWorkspaces();
    return this;
  }

  private void withFailure() {
    site.workspace("acme", "a-workspace-that-has-no-run-and-a-long-name");
    String broken = site.workspace("acme", "broken");
    site.upload(
        broken, Slugs.of("main.tf", "resource \"terraform_data\" \"a\" {\n  nothing = 1\n}\n"));
    String errored = site.queueRun(broken);
    site.awaitStatus(errored, "errored");
    places.add(new Place("run-errored", "/app/acme/workspaces/broken/runs/" + errored, LOG));
  }

  private void placesOfWorkspaces() {
    String workspaces = "/app/acme/workspaces";
    place("workspaces", workspaces);
    place("workspace", workspaces + "/network");
    place("runs", workspaces + "/network/runs");
    place("run-new", workspaces + "/network/runs/new");
    place("variables", workspaces + "/network/variables");
    place("variable-new", workspaces + "/network/variables/new");
    for (String page : List.of("general", "lock", "version-control", "delete")) {
      place("workspace-" + page, workspaces + "/network/settings/" + page);
    }
    for (String page : List.of("notifications", "notifications/new", "run-triggers", "ssh")) {
      place("workspace-" + page.replace('/', '-'), workspaces + "/network/settings/" + page);
    }
    place("workspace-tags", workspaces + "/network/tags");
    for (String way : List.of("name", "git", "cli")) {
      place("workspace-new-" + way, workspaces + "/new?way=" + way);
    }
  }

  private void variables(String path) {
    for (String one :
        List.of(
            "\"key\":\"sizes\",\"value\":\"[1, 2, 3]\",\"category\":\"terraform\",\"hcl\":true",
            "\"key\":\"password\",\"value\":\"none\",\"category\":\"terraform\",\"sensitive\":true",
            "\"key\":\"HTTPS_PROXY\",\"value\":\"http://a-proxy-somewhere.example.com:3128/\","
                + "\"category\":\"env\",\"description\":\"The way out\"")) {
      make(path, "vars", "{" + one + "}");
    }
  }

  /// With what workspaces share.
  BrowsedSite withShared() {
    String set =
        made(
            ORGANIZATION + "/varsets",
            "varsets",
            "{\"name\":\"Credentials\",\"description\":\"Of the cloud\",\"global\":true}");
    make(
        "/api/v2/varsets/" + set + "/relationships/vars",
        "vars",
        "{\"key\":\"REGION\",\"value\":\"eu-north-1\",\"category\":\"env\"}");
    String project =
        made(
            ORGANIZATION + "/projects",
            "projects",
            "{\"name\":\"Operations\",\"description\":\"What keeps the rest alive\"}");
    place("variable-sets", "/app/acme/settings/varsets");
    place("variable-set", "/app/acme/settings/varsets/" + set);
    place("variable-set-new", "/app/acme/settings/varsets/new");
    place("variable-set-edit", "/app/acme/settings/varsets/" + set + "/edit");
    place("projects", "/app/acme/projects");
    place("project-edit", "/app/acme/projects/" + project + "/edit");
    place("organizations", "/app/organizations");
    place("organization-new", "/app/organizations/new");
    place("ssh-keys", "/app/acme/settings/ssh-keys");
    place("ssh-key-new", "/app/acme/settings/ssh-keys/new");
    place("organization-general", "/app/acme/settings/general");
    return this;
  }

  /// With people and teams, one of which has access to the workspace with runs.
  BrowsedSite withTeams() {
    places.addAll(new BrowsedTeams(site.api()).places(site.workspaceId("acme", "network")));
    return this;
  }

  /// With a Git host and what comes from there.
  BrowsedSite withGit() {
    URI git = fixture.mesh().gitUrl().orElseThrow();
    String secret = site.secret("git_token");
    String token =
        make(
                ORGANIZATION + "/oauth-clients",
                "oauth-clients",
                "{\"service-provider\":\"gitea\",\"http-url\":\"%s\",\"oauth-token-string\":\"%s\"}"
                    .formatted(git, secret))
            .data()
            .at("/relationships/oauth-tokens/data/0/id")
            .asText();
    push(git.toString().replace("://", "://ada:" + secret + "@") + "/lab/terraform-null-greeting");
    make(
        ORGANIZATION + "/registry-modules/vcs",
        "registry-modules",
        "{\"vcs-repo\":{\"identifier\":\"lab/terraform-null-greeting\",\"oauth-token-id\":\"%s\"}}"
            .formatted(token));
    awaitModule();
    make(
        ORGANIZATION + "/registry-providers",
        "registry-providers",
        "{\"name\":\"weather\",\"namespace\":\"acme\",\"registry-name\":\"private\"}");
    placesOfGit(token);
    return this;
  }

  private void push(String origin) {
    WorkingCopy module = WorkingCopy.create(copies.resolve("terraform-null-greeting"));
    module.git("remote", "add", "origin", origin);
    module.commit("README.md", README);
    module.commit("main.tf", MODULE);
    module.git("tag", "v1.0.0");
    module.git("push", "-q", "origin", "main", "v1.0.0");
  }

  private void placesOfGit(String token) {
    place("connections", "/app/acme/settings/version-control");
    place("connection-new", "/app/acme/settings/version-control/new");
    place("events", "/app/acme/settings/vcs-events");
    place("modules", "/app/acme/registry/private/modules");
    place("module", "/app/acme/registry/modules/private/acme/greeting/null");
    place("module-new", "/app/acme/registry/modules/new?connection=" + token);
    place("providers", "/app/acme/registry/private/providers");
    place("provider", "/app/acme/registry/providers/private/acme/weather");
    place("provider-new", "/app/acme/registry/providers/new");
  }

  private void awaitModule() {
    String module = ORGANIZATION + "/registry-modules/private/acme/greeting/null";
    Eventually.until(
        () -> site.api().get(module).text(),
        () ->
            site.api()
                .get(module)
                .attribute("version-statuses")
                .path(0)
                .path("status")
                .asText()
                .equals("ok"));
  }

  /// With what does not belong to an organization.
  BrowsedSite withTheRest() {
    place("mesh", "/app/mesh");
    place("jobs", "/app/mesh/jobs");
    place("jobs-dead", "/app/mesh/jobs/dead");
    place("broker", "/app/mesh/broker");
    place("nodes", "/app/mesh/nodes");
    place("labs", "/app/mesh/labs");
    place("lab", "/app/mesh/labs/follow-a-run");
    for (String page :
        List.of(
            "users",
            "users/new",
            "organizations",
            "organizations/acme",
            "workspaces",
            "runs",
            "terraform-versions",
            "terraform-versions/new",
            "general-settings")) {
      place("admin-" + page.replace('/', '-'), "/app/admin/" + page);
    }
    for (String page : List.of("profile", "password", "sessions", "tokens")) {
      place("account-" + page, "/app/settings/" + page);
    }
    place("not-there", "/app/acme/workspaces/nowhere");
    return this;
  }
}
