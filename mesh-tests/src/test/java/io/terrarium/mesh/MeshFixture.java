package io.terrarium.mesh;

import io.terrarium.terrarium.BootProgress;
import io.terrarium.terrarium.Mesh;
import io.terrarium.terrarium.MeshOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A running mesh with an admin, for the tests of one class; each test makes an organization of its
/// own.
final class MeshFixture implements AutoCloseable {
  private static final String PASSWORD = "a password for tests";

  private final Path directory;
  private final Mesh mesh;
  private final String token;

  MeshFixture(Path directory, boolean separate) {
    this.directory = directory;
    mesh = Mesh.start(options(directory.resolve("data"), separate), BootProgress.silent());
    token = firstAdmin(mesh.httpUrl());
  }

  static MeshOptions options(Path data, boolean separate) {
    return new MeshOptions(
        data, 0, 0, separate, Optional.empty(), List.of(terraform()), providerMirror());
  }

  /// Providers for tests that need one, by the variable that says where they are.
  static Optional<Path> providerMirror() {
    return Optional.ofNullable(System.getenv("TERRARIUM_TEST_PROVIDER_MIRROR")).map(Path::of);
  }

  static Path terraform() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(place -> Path.of(place, "terraform"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("these tests need terraform on the PATH"));
  }

  private static String firstAdmin(URI base) {
    ApiClient nobody = new ApiClient(base, "");
    String iact = nobody.get("/admin/retrieve-iact").text().strip();
    ApiClient.Answer made =
        nobody.post(
            "/admin/initial-admin-user?token=" + iact,
            "{\"username\":\"admin\",\"email\":\"admin@example.com\",\"password\":\""
                + PASSWORD
                + "\"}");
    if (made.status() != 200) {
      throw new AssertionError("no first admin: " + made.text());
    }
    String token = made.json().path("token").asText();
    new ApiClient(base, token)
        .patch(
            "/api/v2/admin/general-settings",
            "{\"data\":{\"type\":\"general-settings\",\"attributes\":{\"api-rate-limiting-enabled\":false}}}");
    return token;
  }

  Mesh mesh() {
    return mesh;
  }

  String token() {
    return token;
  }

  ApiClient api() {
    return new ApiClient(mesh.httpUrl(), token);
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
    String host = mesh.publicUrl().toString().replace("https://", "");
    try {
      Path place = Files.createTempDirectory(directory, workspace);
      TerraformCli cli = new TerraformCli(place, environment(host));
      return cli.write(
              "cloud.tf",
              """
              terraform {
                cloud {
                  hostname     = "%s"
                  organization = "%s"
                  workspaces {
                    name = "%s"
                  }
                }
              }
              """
                  .formatted(host, organization, workspace))
          .write("main.tf", configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment(String host) throws IOException {
    Path rc = directory.resolve("terraform.rc");
    Files.writeString(rc, "credentials \"%s\" {\n  token = \"%s\"\n}\n".formatted(host, token));
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TF_CLI_CONFIG_FILE", rc.toString());
    environment.put("SSL_CERT_FILE", mesh.caBundle().toString());
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
        .get("/api/v2/workspaces/" + workspaceId(organization, workspace) + "/runs")
        .data()
        .path(0)
        .path("id")
        .asText();
  }

  String status(String run) {
    return api().get("/api/v2/runs/" + run).attribute("status").asText();
  }

  @Override
  public void close() {
    mesh.close();
  }
}
