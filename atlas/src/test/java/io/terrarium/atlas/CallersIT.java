package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.http.MountedRoute;
import io.terrarium.kernel.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every route with every kind of caller: whoever has no part in an organization learns nothing of
/// what is in it, not even that it is there, and changes nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallersIT {
  private static final Pattern PARAMETER = Pattern.compile(":\\w+");
  private static final String STATE = "{\"version\":4,\"serial\":1,\"lineage\":\"L\"}";

  @AutoClose private final OauthHost host = new OauthHost();
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  /// What stands for a parameter, by its name or by what stands before it.
  private final Map<String, String> ids = new LinkedHashMap<>();

  @BeforeAll
  void makeOneOfEach() throws Exception {
    String workspace = server.readyWorkspace("walk");
    Answer variable =
        server.post(
            "alice",
            "/workspaces/" + workspace + "/vars",
            document("vars", "{\"key\":\"k\",\"value\":\"v\",\"category\":\"env\"}"));
    Answer run = server.run(workspace, "{\"auto-apply\":true}");
    worker.finishPlan(worker.claim(run.related("plan")), new Changes(1, 0, 0, 0));
    MeshWorker.Held apply = worker.claim(run.related("apply"));
    worker.strand(apply, STATE);
    worker.finishApply(apply, STATE, new Changes(1, 0, 0, 0));
    Answer state = server.get("alice", "/workspaces/" + workspace + "/current-state-version");
    atlas.parsed(
        state.id(),
        Json.SNAKE.readValue(
            """
            {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
             "resource_count":1,"resources":[],"modules":[],"providers":[],"outputs":[
             {"name":"o","sensitive":false,"type":"string","detailed_type":"string","value":"x"}]}
            """,
            ParsedState.class));
    Answer found = server.get("alice", "/workspaces/" + workspace);
    Answer comment =
        server.post(
            "alice", "/runs/" + run.id() + "/comments", document("comments", "{\"body\":\"b\"}"));
    ids.put("/comments/:id", comment.id());
    ids.put("/run-events/:id", comment.related("run-event"));
    ids.put("/plans/:id", run.related("plan"));
    ids.put("/applies/:id", run.related("apply"));
    Answer client = oauthClient();
    ids.put(
        "/configuration-versions/:id/ingress",
        fetched(client.data().at("/relationships/oauth-tokens/data/0/id").asText()));
    ids.put("/configuration-versions/:id", run.related("configuration-version"));
    ids.put("/state-versions/:id", state.id());
    ids.put(
        "/state-version-outputs/:id",
        server.get("alice", "/state-versions/" + state.id() + "/outputs").ids().getFirst());
    giveVariableSet(workspace);
    ids.put("/vars/:id", variable.id());
    ids.put("/run-triggers/:id", trigger(workspace));
    ids.put("/ssh-keys/:id", sshKey());
    ids.put("/oauth-clients/:id", client.id());
    ids.put(
        "/oauth-tokens/:id", client.data().at("/relationships/oauth-tokens/data/0/id").asText());
    for (String holder : List.of("/organizations/acme", "/workspaces/" + workspace)) {
      server.post(
          "alice",
          holder + "/relationships/data-retention-policy",
          document("data-retention-policy-dont-deletes", "{}"));
    }
    ids.put("/notification-configurations/:id", notificationConfiguration(workspace));
    String team = server.team("readers", "");
    ids.put("/team-workspaces/:id", server.allow(team, workspace, "{\"access\":\"read\"}").id());
    ids.put(
        "/team-projects/:id",
        server
            .post(
                "alice",
                "/team-projects",
                Tenants.access(
                    "team-projects",
                    "{\"access\":\"custom\"}",
                    server.team("lookers", ""),
                    server.project("aside")))
            .id());
    ids.put("/organization-memberships/:id", member("dan"));
    member("carl");
    ids.put(":module_id", module());
    ids.put(":registry_name", "private");
    ids.put(":namespace", "acme");
    ids.put(":module_name", "walked");
    ids.put(":provider", "aws");
    ids.put(":version", "1.0.0");
    ids.put(":key_id", provider());
    ids.put(":provider_name", "widgets");
    ids.put(":os", "linux");
    ids.put(":arch", "amd64");
    ids.put(":team_id", team);
    ids.put(":organization_name", "acme");
    ids.put(":organization", "acme");
    ids.put(":workspace_id", workspace);
    ids.put(":workspace", "walk");
    ids.put(":run_id", run.id());
    ids.put(":flow_id", run.id());
    ids.put(":project_id", found.related("project"));
    ids.put(":user_id", server.id("alice"));
    ids.put(
        ":token_id",
        server
            .get("alice", "/users/" + server.id("alice") + "/authentication-tokens")
            .ids()
            .getFirst());
    ids.put(
        ":terraform_version_id", server.get("admin", "/admin/terraform-versions").ids().getFirst());
    callStrangers();
  }

  private String sshKey() {
    return server
        .post(
            "alice",
            "/organizations/acme/ssh-keys",
            document(
                "ssh-keys",
                "{\"name\":\"k\",\"value\":\"-----BEGIN PRIVATE KEY-----\\nMA==\\n"
                    + "-----END PRIVATE KEY-----\"}"))
        .id();
  }

  private Answer oauthClient() {
    return server.post(
        "alice",
        "/organizations/acme/oauth-clients",
        document(
            "oauth-clients",
            "{\"service-provider\":\"gitea\",\"http-url\":\"%s\",\"oauth-token-string\":\"%s\"}"
                .formatted(host.url(), host.token())));
  }

  /// A configuration that comes from Git.
  private String fetched(String oauthToken) {
    String workspace =
        server
            .post(
                "alice",
                "/organizations/acme/workspaces",
                document(
                    "workspaces",
                    "{\"name\":\"followed\",\"vcs-repo\":{\"identifier\":\"a/b\",\"oauth-token-id\":\""
                        + oauthToken
                        + "\"}}"))
            .id();
    return server
        .get("alice", "/workspaces/" + workspace + "/configuration-versions")
        .ids()
        .getFirst();
  }

  private String module() {
    String modules = "/organizations/acme/registry-modules";
    Answer module =
        server.post(
            "alice",
            modules,
            document("registry-modules", "{\"name\":\"walked\",\"provider\":\"aws\"}"));
    server.post(
        "alice",
        modules + "/private/acme/walked/aws/versions",
        document("registry-module-versions", "{\"version\":\"1.0.0\"}"));
    return module.id();
  }

  /// With a version for a platform; the id of the key that signs it.
  private String provider() {
    Publishing publishing = new Publishing(server);
    publishing.key();
    publishing.provider("widgets");
    publishing.version("widgets", "1.0.0");
    publishing.platform("widgets", "1.0.0", "linux", "a package");
    return Publishing.KEY_ID;
  }

  /// Its variables are found by a path that ends as that of the workspace's, so they come first.
  private void giveVariableSet(String workspace) {
    Answer set =
        server.post(
            "alice",
            "/organizations/acme/varsets",
            """
            {"data":{"type":"varsets","attributes":{"name":"shared"},"relationships":{
              "workspaces":{"data":[{"type":"workspaces","id":"%s"}]},
              "vars":{"data":[{"type":"vars","attributes":{"key":"s","category":"env"}}]}}}}
            """
                .formatted(workspace));
    ids.put("/relationships/vars/:id", set.data().at("/relationships/vars/data/0/id").asText());
    ids.put(":varset_id", set.id());
  }

  private String notificationConfiguration(String workspace) {
    return server
        .post(
            "alice",
            "/workspaces/" + workspace + "/notification-configurations",
            document(
                "notification-configurations",
                "{\"name\":\"n\",\"destination-type\":\"generic\",\"enabled\":false,"
                    + "\"url\":\"https://example.com/hook\"}"))
        .id();
  }

  /// Somebody who belongs to acme, and is in no team.
  private String member(String name) {
    server.person(name);
    return server
        .post(
            "alice",
            "/organizations/acme/organization-memberships",
            document("organization-memberships", "{\"email\":\"" + name + "@example.com\"}"))
        .id();
  }

  private String trigger(String workspace) {
    return server
        .post(
            "alice",
            "/workspaces/" + workspace + "/run-triggers",
            "{\"data\":{\"type\":\"run-triggers\",\"relationships\":{\"sourceable\":{\"data\":{"
                + "\"type\":\"workspaces\",\"id\":\""
                + server.workspace("source-of-walk")
                + "\"}}}}}")
        .id();
  }

  /// Beta's owner, its token and a run of it.
  private void callStrangers() {
    String organization = "/organizations/beta";
    server.call(
        "beta",
        server.post("bob", organization + "/authentication-token", "").attribute("token").asText());
    String workspace =
        server
            .post(
                "bob", organization + "/workspaces", document("workspaces", "{\"name\":\"other\"}"))
            .id();
    Answer configuration =
        server.post(
            "bob",
            "/workspaces/" + workspace + "/configuration-versions",
            document("configuration-versions", "{\"auto-queue-runs\":false}"));
    atlas.objects().put(configuration.attribute("upload-url").asText(), "slug");
    Answer run = server.post("bob", "/runs", Tenants.runOf(workspace, "{}"));
    server.call("run of beta", worker.claim(run.related("plan")).build().runToken());
  }

  private List<MountedRoute> routesOfThings() {
    return atlas.mounted().stream()
        .filter(route -> route.path().startsWith("/api/") && route.path().contains(":"))
        .toList();
  }

  private String id(String route, String parameter) {
    return ids.entrySet().stream()
        .filter(entry ->
            entry.getKey().equals(parameter)
                || (parameter.equals(":id") && route.contains(entry.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing stands for " + parameter + " of " + route));
  }

  private String there(MountedRoute route) {
    return PARAMETER.matcher(route.path()).replaceAll(found -> id(route.path(), found.group()))
        + query(route);
  }

  private String nowhere(MountedRoute route) {
    return PARAMETER
            .matcher(route.path())
            .replaceAll(found -> id(route.path(), found.group()).replaceAll(".{4}$", "none"))
        + query(route);
  }

  /// What a list cannot do without.
  private String query(MountedRoute route) {
    String path = route.path();
    if (path.endsWith("/run-triggers")) {
      return "?" + Tenants.query("filter[run-trigger][type]", "inbound");
    }
    if (path.endsWith("/version")) {
      return "?module_version=1.0.0";
    }
    if (path.endsWith("/vcs/repo")) {
      return "?oauth_token_id=" + ids.get("/oauth-tokens/:id") + "&identifier=a%2Fb";
    }
    return path.endsWith("/validation") ? "?name=walked&provider=aws" : "";
  }

  private int status(String caller, MountedRoute route, String path) {
    return server.caller(caller).send(route.method(), path, "{}", Map.of()).status();
  }

  private String everything() {
    StringBuilder all = new StringBuilder();
    for (MountedRoute route : routesOfThings()) {
      if (route.method().equals("GET") && !route.path().endsWith("/download")) {
        all.append(
            server.caller(seer(route)).get(there(route)).text().replaceAll("/v1/object/\\S+", ""));
      }
    }
    return all.toString();
  }

  /// Who may see what is there.
  private static String seer(MountedRoute route) {
    return isOfTheSite(route) ? "admin" : "alice";
  }

  private static boolean isOfTheSite(MountedRoute route) {
    return route.path().startsWith("/api/v2/admin/");
  }

  @Test
  void strangers_see_nothing_and_change_nothing() {
    Map<String, String> told = new TreeMap<>();
    String before = everything();

    for (String stranger : List.of("bob", "beta", "run of beta")) {
      for (MountedRoute route : routesOfThings()) {
        int there = status(stranger, route, there(route));
        int nowhere = status(stranger, route, nowhere(route));
        boolean isHidden =
            there == 404 || (!route.method().equals("GET") && Set.of(400, 422).contains(there));
        if (!isHidden || there != nowhere) {
          told.put(stranger + ": " + route.method() + " " + route.path(), there + "/" + nowhere);
        }
      }
    }

    assertThat(told).isEmpty();
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void members_without_a_team_see_the_organization_alone() {
    Set<String> seen = new TreeSet<>();
    String before = everything();

    for (MountedRoute route : routesOfThings()) {
      if (status("carl", route, there(route)) < 300) {
        seen.add(route.method() + " " + route.path().replace("/api/v2/", ""));
      }
    }

    assertThat(seen)
        .containsExactly(
            "GET /api/registry/private/v2/gpg-keys/:namespace/:key_id",
            "GET organization-memberships/:id",
            "GET organizations/:organization/workspaces",
            "GET organizations/:organization_name",
            "GET organizations/:organization_name/capacity",
            "GET organizations/:organization_name/entitlement-set",
            "GET organizations/:organization_name/organization-memberships",
            "GET organizations/:organization_name/projects",
            "GET organizations/:organization_name/registry-modules",
            "GET organizations/:organization_name/registry-modules/:registry_name/:namespace/:module_name/:provider",
            "GET organizations/:organization_name/registry-modules/:registry_name/:namespace/:module_name/:provider/version",
            "GET organizations/:organization_name/registry-modules/validation",
            "GET organizations/:organization_name/registry-providers",
            "GET organizations/:organization_name/registry-providers/:registry_name/:namespace/:provider_name",
            "GET organizations/:organization_name/registry-providers/:registry_name/:namespace/:provider_name/versions",
            "GET organizations/:organization_name/registry-providers/:registry_name/:namespace/:provider_name/versions/:version",
            "GET organizations/:organization_name/registry-providers/:registry_name/:namespace/:provider_name/versions/:version/platforms",
            "GET organizations/:organization_name/registry-providers/:registry_name/:namespace/:provider_name/versions/:version/platforms/:os/:arch",
            "GET organizations/:organization_name/relationships/data-retention-policy",
            "GET organizations/:organization_name/runs",
            "GET organizations/:organization_name/runs/queue",
            "GET organizations/:organization_name/team-tokens",
            "GET organizations/:organization_name/teams",
            "GET registry-modules/:module_id",
            "GET registry-modules/show/:organization_name/:module_name/:provider",
            "GET users/:user_id");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void readers_change_nothing() {
    Map<String, Integer> changed = new TreeMap<>();
    server.get("readers", "/organizations/acme");
    String before = everything();

    for (MountedRoute route : routesOfThings()) {
      int status = status("readers", route, there(route));
      if (!route.method().equals("GET") && status < 300) {
        changed.put(route.method() + " " + route.path(), status);
      }
    }

    assertThat(changed).isEmpty();
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void owners_know_nothing_of_the_administration_of_the_site() {
    Map<String, Integer> told = new TreeMap<>();

    for (MountedRoute route : atlas.mounted()) {
      int status = isOfTheSite(route) ? status("alice", route, there(route)) : 404;
      if (status != 404) {
        told.put(route.method() + " " + route.path(), status);
      }
    }

    assertThat(told).isEmpty();
  }

  @Test
  void owners_and_site_admins_see_all_that_is_theirs() {
    Map<String, Integer> refused = new TreeMap<>();

    for (MountedRoute route : routesOfThings()) {
      int status = route.method().equals("GET") ? status(seer(route), route, there(route)) : 200;
      if (status >= 400) {
        refused.put(route.path(), status);
      }
    }

    assertThat(refused).isEmpty();
  }
}
