package io.terrarium.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A running mesh as its users see it: addresses, the authority, an admin's token.
///
/// @param directory for the configurations of the tests
/// @param host as terraform names it, with its port
record Site(Path directory, String host, URI http, Path caBundle, String token) {
  static final String PASSWORD = "a password for tests";

  /// With a first admin, whom nobody has made yet.
  static Site withFirstAdmin(Path directory, URI https, URI http, Path caBundle) {
    return new Site(directory, https.getRawAuthority(), http, caBundle, firstAdmin(http));
  }

  private static String firstAdmin(URI base) {
    ApiClient nobody = new ApiClient(base, "");
    String initialToken = nobody.get("/admin/retrieve-iact").text().strip();
    ApiClient.Answer made =
        nobody.post(
            "/admin/initial-admin-user?token=" + initialToken,
            "{\"username\":\"admin\",\"email\":\"admin@example.com\",\"password\":\""
                + PASSWORD
                + "\"}");
    if (made.status() != 200) {
      throw new AssertionError("no first admin: " + made.text());
    }
    String token = made.json().path("token").asText();
    ApiClient.Answer unlimited =
        new ApiClient(base, token)
            .patch(
                "/api/v2/admin/general-settings",
                "{\"data\":{\"type\":\"general-settings\",\"attributes\":{\"api-rate-limiting-enabled\":false}}}");
    if (unlimited.attribute("api-rate-limiting-enabled").asBoolean(true)) {
      throw new AssertionError("the rate limit cannot be switched off: " + unlimited.text());
    }
    return token;
  }

  /// One of the secrets that the mesh has made for itself.
  String secret(String name) {
    Path secrets = directory.resolve("data").resolve("secrets.json");
    try {
      return Json.SNAKE.readTree(secrets.toFile()).path(name).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ApiClient api() {
    return new ApiClient(http, token);
  }

  /// What a whole look at the mesh finds.
  ApiClient.Answer health() {
    return api().get("/_health_check?full=1");
  }

  void awaitHealthy() {
    Eventually.until(() -> health().text(), () -> health().status() == 200);
  }

  /// Makes an organization.
  void organization(String name) {
    ApiClient.Answer made =
        api()
            .post(
                "/api/v2/organizations",
                "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\""
                    + name
                    + "\",\"email\":\"admin@example.com\"}}}");
    if (made.status() != 201) {
      throw new AssertionError("no organization: " + made.text());
    }
  }

  /// A directory with a cloud block for `workspace`, and `configuration`.
  TerraformCli cloud(String organization, String workspace, String configuration) {
    return configured(Backend.CLOUD, organization, "name = \"" + workspace + "\"", configuration);
  }

  /// A directory with a block of either kind, and `configuration`.
  ///
  /// @param workspaces which of them are meant, such as `name = "net"`
  TerraformCli configured(
      Backend backend, String organization, String workspaces, String configuration) {
    return local("configured", configuration)
        .write("backend.tf", backend.block(host, organization, workspaces));
  }

  /// A directory with `configuration`, whose state stays there.
  TerraformCli local(String name, String configuration) {
    try {
      Path place = Files.createTempDirectory(directory, name);
      return new TerraformCli(place, environment()).write("main.tf", configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same after `terraform init`.
  TerraformCli initialized(String organization, String workspace, String configuration) {
    TerraformCli terraform = cloud(organization, workspace, configuration);
    terraform.succeeds("init");
    return terraform;
  }

  private Map<String, String> environment() throws IOException {
    Path rc = directory.resolve("terraform.rc");
    Files.writeString(rc, "credentials \"%s\" {\n  token = \"%s\"\n}\n".formatted(host, token));
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TF_CLI_CONFIG_FILE", rc.toString());
    environment.put("SSL_CERT_FILE", caBundle.toString());
    environment.put("CHECKPOINT_DISABLE", "1");
    environment.put("TF_CLI_ARGS_init", "-no-color -input=false");
    environment.put("TF_CLI_ARGS_plan", "-no-color");
    environment.put("TF_CLI_ARGS_apply", "-no-color");
    environment.put("TF_CLI_ARGS_destroy", "-no-color");
    return environment;
  }

  String workspaceId(String organization, String workspace) {
    return api()
        .get("/api/v2/organizations/" + organization + "/workspaces/" + workspace)
        .data()
        .path("id")
        .asText();
  }

  /// The newest run of a workspace.
  String latestRun(String organization, String workspace) {
    return api()
        .get(
            "/api/v2/workspaces/"
                + workspaceId(organization, workspace)
                + "/runs?filter%5Boperation%5D=plan_and_apply,plan_only,destroy")
        .data()
        .path(0)
        .path("id")
        .asText();
  }

  String status(String run) {
    return api().get("/api/v2/runs/" + run).attribute("status").asText();
  }

  /// Waits until a run has come to `status`.
  void awaitStatus(String run, String status) {
    Eventually.until(
        () ->
            run
                + " is "
                + status(run)
                + ", not "
                + status
                + ":\n"
                + log(run, "plan")
                + log(run, "apply"),
        () -> status(run).equals(status));
  }

  /// A phase's log as terraform reads it, frame bytes included.
  String log(String run, String phase) {
    JsonNode address = api().get("/api/v2/runs/" + run + "/" + phase).attribute("log-read-url");
    return api().open(address.asText() + "?limit=1000000&offset=0").text();
  }

  /// A run of the workspace's newest configuration that applies itself; its id.
  String queueRun(String workspaceId) {
    return queueRun(workspaceId, "{\"auto-apply\":true}");
  }

  /// A run of the workspace's newest configuration, with attributes as JSON; its id.
  String queueRun(String workspaceId, String attributes) {
    ApiClient.Answer made =
        api()
            .post(
                "/api/v2/runs",
                """
                {"data":{"type":"runs","attributes":%s,"relationships":{
                  "workspace":{"data":{"type":"workspaces","id":"%s"}}}}}
                """
                    .formatted(attributes, workspaceId));
    if (made.status() != 201) {
      throw new AssertionError("no run: " + made.text());
    }
    return made.data().path("id").asText();
  }

  /// A new workspace; its id.
  String workspace(String organization, String name) {
    ApiClient.Answer made =
        api()
            .post(
                "/api/v2/organizations/" + organization + "/workspaces",
                "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"" + name + "\"}}}");
    if (made.status() != 201) {
      throw new AssertionError("no workspace: " + made.text());
    }
    return made.data().path("id").asText();
  }

  /// Where a new configuration version of a workspace is awaited.
  String uploadAddress(String workspaceId) {
    return configurationVersion(workspaceId).attribute("upload-url").asText();
  }

  private ApiClient.Answer configurationVersion(String workspaceId) {
    ApiClient.Answer made =
        api()
            .post(
                "/api/v2/workspaces/" + workspaceId + "/configuration-versions",
                "{\"data\":{\"type\":\"configuration-versions\",\"attributes\":{\"auto-queue-runs\":false}}}");
    if (made.status() != 201) {
      throw new AssertionError("no configuration version: " + made.text());
    }
    return made;
  }

  /// Uploads a configuration and waits until runs can use it.
  void upload(String workspaceId, byte[] slug) {
    ApiClient.Answer version = configurationVersion(workspaceId);
    int status = api().put(version.attribute("upload-url").asText(), slug);
    if (status != 200) {
      throw new AssertionError("the upload was answered with " + status);
    }
    String id = version.data().path("id").asText();
    Eventually.until(
        () -> id + " is not uploaded",
        () ->
            api()
                .get("/api/v2/configuration-versions/" + id)
                .attribute("status")
                .asText()
                .equals("uploaded"));
  }
}
