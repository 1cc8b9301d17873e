package io.terrarium.terrarium;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The demo's steps against a running mesh: the first admin, an organization, one real run by the
/// real terraform. Each step may have been done by an earlier demo on the same data.
final class Demo {
  static final String ORGANIZATION = "demo";
  private static final String WORKSPACE = "first-run";

  private final Mesh mesh;
  private final PrintWriter out;
  private final boolean stays;

  /// @param stays the mesh is there afterwards
  Demo(Mesh mesh, PrintWriter out, boolean stays) {
    this.mesh = mesh;
    this.out = out;
    this.stays = stays;
  }

  /// True when the run was applied.
  boolean run() {
    Credentials credentials = Credentials.ensure(mesh);
    ApiAccess api = new ApiAccess(mesh.httpUrl(), credentials.token());
    organization(api);
    Path directory = directory(credentials);
    boolean ok =
        terraform(directory, "init", "-input=false", "-no-color")
            && terraform(directory, "apply", "-auto-approve", "-input=false", "-no-color");
    String workspace =
        api.get("/api/v2/organizations/" + ORGANIZATION + "/workspaces/" + WORKSPACE)
            .json()
            .path("data")
            .path("id")
            .asText();
    var run =
        api.get("/api/v2/workspaces/" + workspace + "/runs?page%5Bsize%5D=1")
            .json()
            .path("data")
            .path(0);
    if (run.isMissingNode()) {
      return false;
    }
    String id = run.path("id").asText();
    out.printf("%nIts way through the mesh%s:%n%n", stays ? " (" + traceCommand(id) + ")" : "");
    new Trace(api).print(id, out);
    String status = run.path("attributes").path("status").asText();
    return ok && (status.equals("applied") || status.equals("planned_and_finished"));
  }

  private String traceCommand(String run) {
    Path data = mesh.dataDirectory();
    return "./terrarium trace " + run + (PlaceOptions.isUsual(data) ? "" : " --data " + data);
  }

  private static void organization(ApiAccess api) {
    if (api.get("/api/v2/organizations/" + ORGANIZATION).status() == 200) {
      return;
    }
    ApiAccess.Answer made =
        api.post(
            "/api/v2/organizations",
            "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\""
                + ORGANIZATION
                + "\",\"email\":\"admin@example.com\"}}}");
    if (made.status() != 201) {
      throw new MeshFault("the organization could not be made: " + made.body());
    }
  }

  private Path directory(Credentials credentials) {
    String host = mesh.publicUrl().toString().replace("https://", "");
    try {
      Path directory = Files.createDirectories(mesh.dataDirectory().resolve("demo"));
      Files.writeString(directory.resolve("main.tf"), configuration(host));
      CliConfiguration.write(directory.resolve("terraform.rc"), mesh, credentials.token());
      return directory;
    } catch (IOException e) {
      throw new MeshFault("the demo's directory cannot be written: " + e.getMessage(), e);
    }
  }

  private static String configuration(String host) {
    return """
    terraform {
      cloud {
        hostname     = "%s"
        organization = "demo"
        workspaces {
          name = "first-run"
        }
      }
    }

    resource "terraform_data" "greeting" {
      input = "Hello from inside the jar"
    }

    output "greeting" {
      value = terraform_data.greeting.output
    }
    """
        .formatted(host);
  }

  private boolean terraform(Path directory, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = mesh.terraform().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
    builder.environment().put("TF_CLI_CONFIG_FILE", directory.resolve("terraform.rc").toString());
    builder.environment().put("SSL_CERT_FILE", mesh.caBundle().toString());
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    out.println("  $ terraform " + String.join(" ", arguments));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          out.println("  | " + line);
          out.flush();
        }
      }
      return process.waitFor() == 0;
    } catch (IOException e) {
      throw new MeshFault("terraform cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeshFault("interrupted", e);
    }
  }
}
