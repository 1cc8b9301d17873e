package io.terrarium.atlas;

import io.terrarium.core.access.Principal;
import io.terrarium.kernel.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Two organizations and their people, who are called by their names: `alice` and `anna` own acme,
/// `bob` owns beta, `acme` is the organization's token; `admin` looks after the site.
final class Tenants {
  private final AtlasFixture atlas;
  private final Map<String, ApiClient> callers = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();

  Tenants(AtlasFixture atlas) {
    this.atlas = atlas;
    for (String name : new String[] {"alice", "anna", "bob"}) {
      person(name);
    }
    atlas
        .admin()
        .patch(
            "/api/v2/admin/general-settings",
            "general-settings",
            Map.of("limit-user-organization-creation", false));
    callers.put("admin", atlas.admin());
    organization("alice", "acme");
    organization("bob", "beta");
    join("anna", owners());
    callers.put(
        "acme",
        atlas.as(
            post("alice", "/organizations/acme/authentication-token", "")
                .attribute("token")
                .asText()));
  }

  private void organization(String owner, String name) {
    post(
        owner,
        "/organizations",
        document(
            "organizations", "{\"name\":\"%s\",\"email\":\"ops@example.com\"}".formatted(name)));
  }

  /// The team of acme's owners.
  String owners() {
    return get("alice", "/organizations/acme/teams?" + query("filter[names]", "owners"))
        .ids()
        .getFirst();
  }

  /// Puts a person into a team of acme.
  void join(String name, String team) {
    post(
        "alice",
        "/teams/" + team + "/relationships/users",
        "{\"data\":[{\"type\":\"users\",\"id\":\"" + name + "\"}]}");
  }

  /// A new person, who is called by their name.
  void person(String name) {
    Principal.UserPrincipal person = atlas.person(name);
    callers.put(name, atlas.as(person));
    ids.put(name, person.id().value());
  }

  /// A new team of acme, whose token is called by its name.
  String team(String name, String attributes) {
    String team =
        post(
                "alice",
                "/organizations/acme/teams",
                document("teams", "{\"name\":\"" + name + "\"" + attributes + "}"))
            .id();
    Answer token = post("alice", "/teams/" + team + "/authentication-token", "");
    callers.put(name, atlas.as(token.attribute("token").asText()));
    return team;
  }

  /// Gives a team access to a workspace of acme.
  Answer allow(String team, String workspace, String attributes) {
    return post(
        "alice", "/team-workspaces", access("team-workspaces", attributes, team, workspace));
  }

  /// The browser of a new person whose team has that access to a workspace of acme, and no more.
  Browser member(String name, String workspace, String access) {
    person(name);
    String team = team("team-" + name, "");
    join(name, team);
    allow(team, workspace, access);
    return Browser.signedIn(atlas, name);
  }

  static String access(String type, String attributes, String team, String target) {
    String kind = type.substring("team-".length());
    return "{\"data\":{\"type\":\"%s\",\"attributes\":%s,\"relationships\":{\"team\":{\"data\":{\"type\":\"teams\",\"id\":\"%s\"}},\"%s\":{\"data\":{\"type\":\"%s\",\"id\":\"%s\"}}}}}"
        .formatted(type, attributes, team, kind.replaceAll("s$", ""), kind, target);
  }

  AtlasFixture atlas() {
    return atlas;
  }

  /// The id of a person.
  String id(String name) {
    return Objects.requireNonNull(ids.get(name));
  }

  /// Adds a caller, such as a run.
  void call(String name, String token) {
    callers.put(name, atlas.as(token));
  }

  ApiClient caller(String name) {
    return Objects.requireNonNull(callers.get(name));
  }

  Answer get(String caller, String path) {
    return send(caller, "GET", path, "");
  }

  Answer post(String caller, String path, String body) {
    return send(caller, "POST", path, body);
  }

  Answer send(String caller, String method, String path, String body) {
    return caller(caller).send(method, "/api/v2" + path, body, Map.of());
  }

  /// A new project of acme.
  String project(String name) {
    return post(
            "alice",
            "/organizations/acme/projects",
            document("projects", "{\"name\":\"" + name + "\"}"))
        .id();
  }

  /// A new workspace of acme.
  String workspace(String name) {
    return post(
            "alice",
            "/organizations/acme/workspaces",
            document("workspaces", "{\"name\":\"" + name + "\"}"))
        .id();
  }

  /// A configuration of the workspace that waits for its upload.
  Answer configuration(String workspace) {
    return post(
        "alice",
        "/workspaces/" + workspace + "/configuration-versions",
        document("configuration-versions", "{\"auto-queue-runs\":false}"));
  }

  /// A workspace of acme that can run.
  String readyWorkspace(String name) {
    String workspace = workspace(name);
    String address = configuration(workspace).attribute("upload-url").asText();
    atlas.objects().put(address, "slug of " + name);
    return workspace;
  }

  /// A run that Alice asks for.
  Answer run(String workspace, String attributes) {
    return post("alice", "/runs", runOf(workspace, attributes));
  }

  static String runOf(String workspace, String attributes) {
    return "{\"data\":{\"type\":\"runs\",\"attributes\":"
        + attributes
        + ",\"relationships\":{\"workspace\":{\"data\":{\"type\":\"workspaces\",\"id\":"
        + Json.KEBAB.valueToTree(workspace)
        + "}}}}}";
  }

  static String document(String type, String attributes) {
    return "{\"data\":{\"type\":\"" + type + "\",\"attributes\":" + attributes + "}}";
  }

  static String query(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
