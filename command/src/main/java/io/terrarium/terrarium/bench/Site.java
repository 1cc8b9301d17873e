package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.json.Json;
import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// The API of a mesh, for its first admin, over one connection: for one thread.
final class Site implements AutoCloseable {
  private static final String DOCUMENT = "application/vnd.api+json";

  /// The first admin.
  static final String ADMIN = "bench";

  private static final String OCTETS = "application/octet-stream";
  private static final Set<String> FAILED = Set.of("errored", "canceled", "discarded");

  private final Wire wire;
  private final URI base;
  private final Caller caller;

  /// @param password with which the same person signs in
  private record Caller(String token, String password) {}

  private Site(URI base, Caller caller) {
    this.base = base;
    this.caller = caller;
    wire = new Wire(base);
  }

  /// Makes the first admin, and lets it ask as often as it wants.
  static Site of(ChildMesh mesh) {
    URI base = mesh.address();
    String password = Tokens.base58(20);
    try (Site nobody = new Site(base, new Caller("", ""))) {
      String iact = nobody.wire.send(nobody.get("/admin/retrieve-iact")).text().strip();
      JsonNode admin =
          nobody.post(
              "/admin/initial-admin-user?token=" + iact,
              "{\"username\":\"%s\",\"email\":\"bench@example.com\",\"password\":\"%s\"}"
                  .formatted(ADMIN, password));
      Site site = new Site(base, new Caller(admin.path("token").asText(), password));
      site.patch(
          "/api/v2/admin/general-settings",
          """
          {"data":{"type":"general-settings","attributes":{"api-rate-limiting-enabled":false}}}\
          """);
      return site;
    }
  }

  /// The same over another connection.
  Site another() {
    return new Site(base, caller);
  }

  /// With which the admin signs in as [#ADMIN].
  String password() {
    return caller.password();
  }

  Wire wire() {
    return wire;
  }

  /// A whole request of this caller.
  byte[] get(String path) {
    return Wire.head(base, "GET", path, caller.token(), "", 0);
  }

  /// The head of a call of a webhook.
  byte[] signed(String path, String signature, long length) {
    return Wire.with(
        Wire.head(base, "POST", path, "", "application/json", length),
        "X-Hub-Signature-256",
        signature);
  }

  /// The same of nobody, for signed paths.
  byte[] anonymous(String path) {
    return Wire.head(base, "GET", path, "", "", 0);
  }

  JsonNode read(String path) {
    return json(path, wire.send(get(path)));
  }

  JsonNode post(String path, String body) {
    return request("POST", path, body);
  }

  JsonNode patch(String path, String body) {
    return request("PATCH", path, body);
  }

  private JsonNode request(String method, String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] head = Wire.head(base, method, path, caller.token(), DOCUMENT, bytes.length);
    return json(path, wire.upload(head, out -> out.write(bytes)));
  }

  /// All of a backup.
  Wire.Answer backUp(String backupToken, OutputStream sink) {
    byte[] body = "{\"password\":\"of the bench\"}".getBytes(StandardCharsets.UTF_8);
    byte[] head =
        Wire.head(
            base, "POST", "/_backup/api/v1/backup", backupToken, "application/json", body.length);
    return wire.exchange(head, out -> out.write(body), sink);
  }

  static JsonNode json(String path, Wire.Answer answer) {
    if (answer.status() >= 300) {
      throw new MeshFault(
          "the mesh answers %s with %d: %s".formatted(path, answer.status(), answer.text()));
    }
    try {
      return Json.SNAKE.readTree(answer.body());
    } catch (IOException e) {
      throw new MeshFault("the mesh answers " + path + " with what is no JSON", e);
    }
  }

  void organization(String name) {
    post(
        "/api/v2/organizations",
        "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\"%s\",\"email\":\"bench@example.com\"}}}"
            .formatted(name));
  }

  /// The id of a new workspace.
  String workspace(String organization, String name) {
    return made(
        "/api/v2/organizations/" + organization + "/workspaces",
        "workspaces",
        "\"name\":\"%s\"".formatted(name));
  }

  /// The id of something new.
  ///
  /// @param attributes as JSON, without its braces
  String made(String path, String type, String attributes) {
    return id(
        post(path, "{\"data\":{\"type\":\"%s\",\"attributes\":{%s}}}".formatted(type, attributes)));
  }

  /// A new configuration version that waits for its upload.
  JsonNode configurationVersion(String workspace) {
    return post(
            "/api/v2/workspaces/" + workspace + "/configuration-versions",
            "{\"data\":{\"type\":\"configuration-versions\",\"attributes\":{\"auto-queue-runs\":false}}}")
        .path("data");
  }

  /// Where to upload it, at the plain address.
  static String uploadPath(JsonNode configurationVersion) {
    return path(configurationVersion.path("attributes").path("upload-url").asText());
  }

  void upload(String workspace, Configuration configuration) {
    byte[] slug = configuration.slug();
    put(uploadPath(configurationVersion(workspace)), slug.length, out -> out.write(slug));
  }

  /// Uploads to a signed path.
  void put(String path, long length, Wire.Body body) {
    Wire.Answer answer = wire.upload(Wire.head(base, "PUT", path, "", OCTETS, length), body);
    if (answer.status() != 200) {
      throw new MeshFault("an upload is answered with " + answer.status() + ": " + answer.text());
    }
  }

  /// The id of a new run.
  String run(String workspace, boolean autoApply) {
    return id(
        post(
            "/api/v2/runs",
            """
            {"data":{"type":"runs","attributes":{"auto-apply":%s},"relationships":
            {"workspace":{"data":{"type":"workspaces","id":"%s"}}}}}\
            """
                .formatted(autoApply, workspace)));
  }

  void confirm(String run) {
    byte[] head =
        Wire.head(
            base, "POST", "/api/v2/runs/" + run + "/actions/apply", caller.token(), DOCUMENT, 0);
    Wire.Answer answer = wire.send(head);
    if (answer.status() != 202) {
      throw new MeshFault("a confirmation is answered with " + answer.status());
    }
  }

  /// The run's data once it has come to `status`.
  JsonNode await(Workbench bench, String run, String status) {
    while (true) {
      JsonNode data = read("/api/v2/runs/" + run).path("data");
      String now = data.path("attributes").path("status").asText();
      if (now.equals(status)) {
        return data;
      }
      if (FAILED.contains(now)) {
        throw new MeshFault("run " + run + " is " + now + " and not " + status);
      }
      bench.pause(25);
    }
  }

  /// The path of an address that the API has told.
  static String path(String address) {
    URI uri = URI.create(address);
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static String id(JsonNode document) {
    return document.path("data").path("id").asText();
  }

  @Override
  public void close() {
    wire.close();
  }
}
