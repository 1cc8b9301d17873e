package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.sandbox.Confinement;
import io.terrarium.buildworker.sandbox.Reins;
import io.terrarium.buildworker.sandbox.Supervisor;
import io.terrarium.buildworker.terraform.TerraformBinaries;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.OnThePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// An engine with the terraform that is on the path, and what tests of it need.
abstract class EngineTrial {
  static final String MAIN =
      """
      terraform {
        cloud {
          organization = "acme"
          workspaces {
            name = "prod"
          }
        }
      }
      variable "text" { default = "none" }
      variable "list" { default = [] }
      variable "secret" {
        default   = "hunter2"
        sensitive = true
      }
      resource "terraform_data" "one" { input = "${var.text} ${length(var.list)}" }
      resource "terraform_data" "hidden" { input = var.secret }
      output "text" { value = terraform_data.one.output }
      """;

  static final String SLEEPING =
      """
      resource "terraform_data" "x" {
        provisioner "local-exec" { command = "echo sleeping; exec sleep 100" }
      }
      """;

  @TempDir Path directory;
  Mesh mesh;
  private Supervisor supervisor;
  private ServiceClient archivist;
  Engine engine;
  final Reins reins = new Reins();
  int memoryMegabytes;

  @BeforeEach
  void start() throws IOException {
    mesh = new Mesh();
    supervisor = new Supervisor(directory, Confinement.probe());
    archivist = new ServiceClient(mesh.address(), Optional.empty(), Duration.ofSeconds(10));
    engine = engine(terraform());
  }

  Engine engine(Path terraform) {
    return engine(terraform, Optional.empty(), Optional.empty());
  }

  Engine engine(Path terraform, Optional<Path> pluginCache, Optional<Path> providerMirror) {
    EngineConfig config =
        new EngineConfig(
            directory.resolve("runs"),
            directory.resolve("tmp"),
            directory.resolve("schemas"),
            mesh.address(),
            "127.0.0.1:8443",
            pluginCache,
            providerMirror,
            0,
            1024,
            Map.of(
                "PATH", System.getenv("PATH"),
                "SSL_CERT_FILE", directory.resolve("bundle.pem").toString()));
    return new Engine(
        config,
        TerraformBinaries.of(List.of(terraform), Optional.empty()),
        supervisor,
        archivist,
        _ -> {},
        Clock.systemUTC());
  }

  /// As the second line of `terraform version` says.
  static String platform() throws IOException {
    Process version =
        new ProcessBuilder(terraform().toString(), "version")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return version
        .inputReader()
        .lines()
        .filter(line -> line.startsWith("on "))
        .map(line -> line.substring("on ".length()))
        .findFirst()
        .orElseThrow();
  }

  /// The real one, but an apply that was interrupted ends with 0, as when the interrupt came late.
  Path obliging() throws IOException {
    return script(
        """
        #!/bin/bash
        [[ $1 = apply ]] || exec %1$s "$@"
        trap : INT
        %1$s "$@"
        exit 0
        """
            .formatted(terraform()));
  }

  @AfterEach
  void stop() {
    supervisor.close();
    archivist.close();
    mesh.close();
  }

  /// The real one, which tells the log how it was called.
  Path telling() throws IOException {
    return script(
        """
        #!/bin/bash
        [[ $1 = plan || $1 = apply ]] && echo "asked: $*"
        exec %1$s "$@"
        """
            .formatted(terraform()));
  }

  /// The real one, which tells the log what of an SSH key it finds when it plans, and what it found
  /// when it was initialized.
  Path fetching() throws IOException {
    return script(
        """
        #!/bin/bash
        key=$(sed "s/.* -i '\\(.*\\)'$/\\1/" <<<"$GIT_SSH_COMMAND")
        found=$(stat -c %%a "$key" 2>&1 && cat "$key" 2>&1)
        [[ $1 = init ]] && echo "init: $GIT_SSH_COMMAND: $found" > ../found
        [[ $1 = plan || $1 = apply ]] && cat ../found && echo "$1: [$found]"
        exec %1$s "$@"
        """
            .formatted(terraform()));
  }

  /// The real one, which finds at the end of an apply that it cannot write its state.
  Path stranded() throws IOException {
    return script(
        """
        #!/bin/bash
        %1$s "$@"
        code=$?
        if [[ $1 = apply ]]; then
          mv terraform.tfstate.d/prod/terraform.tfstate errored.tfstate
          exit 1
        fi
        exit $code
        """
            .formatted(terraform()));
  }

  /// The real one, which leaves a link where the worker reads what it has shown.
  Path linking() throws IOException {
    return script(
        """
        #!/bin/bash
        if [[ $1 = show ]]; then
          ln -sf /etc/passwd ../plan.json
          exit 0
        fi
        exec %1$s "$@"
        """
            .formatted(terraform()));
  }

  /// The real one, whose plan holds 60 MB for a while.
  Path hungry() throws IOException {
    return script(
        """
        #!/bin/bash
        if [[ $1 = plan ]]; then
          x=$(head -c 60000000 /dev/zero | tr '\\0' a)
          sleep 30
        fi
        exec %1$s "$@"
        """
            .formatted(terraform()));
  }

  private Path script(String text) throws IOException {
    Path file = directory.resolve("scripted-terraform");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  static Path terraform() {
    return OnThePath.find("terraform");
  }

  BuildEvent run(ABuild build) {
    return outcome(build).orElseThrow();
  }

  /// Each phase has a log of its own.
  Optional<BuildEvent> outcome(ABuild build) {
    mesh.startLog();
    Flow flow = new Flow("run-1", "plan", "build-worker", Clock.systemUTC().instant(), null);
    try {
      return engine.run(build.granted(), memoryMegabytes, "worker-1", flow, reins);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void upload(String main) {
    mesh.put("slug", ABuild.slug(Map.of("main.tf", main)));
  }

  void awaitLog(String text) {
    Eventually.until(
        () -> "'" + text + "' in the log: " + mesh.log(), () -> mesh.log().contains(text));
  }
}
