package io.terrarium.buildworker.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The terraform executables of this worker, each asked once for its version.
public final class TerraformBinaries {
  private static final Logger log = LoggerFactory.getLogger(TerraformBinaries.class);

  private final List<Binary> binaries;

  public record Binary(TerraformVersion version, Path path) {}

  private TerraformBinaries(List<Binary> binaries) {
    this.binaries = List.copyOf(binaries);
  }

  /// Asks each executable; one that does not answer is left out with a warning.
  public static TerraformBinaries of(List<Path> paths) {
    List<Binary> binaries = new ArrayList<>();
    for (Path path : paths) {
      try {
        Path real = path.toRealPath();
        binaries.add(new Binary(askVersion(real), real));
      } catch (IOException | BuildFault e) {
        log.atWarn().setCause(e).addKeyValue("path", path).log("terraform executable is unusable");
      }
    }
    binaries.sort(Comparator.comparing(Binary::version).reversed());
    return new TerraformBinaries(binaries);
  }

  /// The newest that fits.
  ///
  /// @param wanted a version, a constraint or `latest`
  /// @throws BuildFault when none does
  public Binary choose(String wanted) {
    VersionConstraint constraint = VersionConstraint.parse(wanted);
    return binaries.stream()
        .filter(binary -> constraint.accepts(binary.version()))
        .findFirst()
        .orElseThrow(() ->
            new BuildFault(
                "Terraform "
                    + wanted
                    + " is not installed on this worker. It has "
                    + shown()
                    + "."));
  }

  public List<Binary> all() {
    return binaries;
  }

  private String shown() {
    return binaries.isEmpty()
        ? "no terraform at all"
        : binaries.stream().map(one -> one.version().toString()).collect(Collectors.joining(", "));
  }

  private static TerraformVersion askVersion(Path path) throws IOException {
    if (!Files.isExecutable(path)) {
      throw new BuildFault(path + " is not executable");
    }
    ProcessBuilder builder =
        new ProcessBuilder(path.toString(), "version", "-json")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    builder.environment().remove("TF_CLI_CONFIG_FILE");
    Process process = builder.start();
    process.getOutputStream().close();
    String answer =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    // A broken CLI configuration of the user puts text before the document.
    int start = Math.max(0, answer.indexOf('{'));
    JsonNode document = Json.SNAKE.readTree(answer.substring(start));
    return TerraformVersion.parse(document.path("terraform_version").asText())
        .orElseThrow(() -> new BuildFault(path + " does not tell its version"));
  }
}
