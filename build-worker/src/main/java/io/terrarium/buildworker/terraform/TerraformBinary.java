package io.terrarium.buildworker.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One terraform executable.
///
/// @param platform that it was made for, such as `linux_amd64`
public record TerraformBinary(TerraformVersion version, String platform, Path path) {
  /// How terraform told of itself before 0.13.
  private static final Pattern PLAIN = Pattern.compile("Terraform v(\\S+)");

  /// Asks the executable for its version.
  ///
  /// @throws BuildFault when it does not tell one
  static TerraformBinary ask(Path executable) throws IOException {
    Path path = executable.toRealPath();
    if (!Files.isExecutable(path)) {
      throw new BuildFault(path + " is not executable");
    }
    ProcessBuilder builder =
        new ProcessBuilder(path.toString(), "version", "-json")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    // Nothing of the worker's settings is for this program, as little as for a build.
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "TMPDIR"));
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    Process process = Launch.start(builder);
    process.getOutputStream().close();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return read(answer, path);
  }

  private static TerraformBinary read(String answer, Path path) throws IOException {
    // A broken CLI configuration of the user puts text before the document.
    int start = answer.indexOf('{');
    String here = HostPlatform.here().toString();
    String version;
    String platform = here;
    if (start >= 0) {
      JsonNode document = Json.SNAKE.readTree(answer.substring(start));
      version = document.path("terraform_version").asText();
      platform = document.path("platform").asText(here);
    } else {
      Matcher plain = PLAIN.matcher(answer);
      version = plain.find() ? plain.group(1) : "";
    }
    return new TerraformBinary(
        TerraformVersion.parse(version)
            .orElseThrow(() -> new BuildFault(path + " does not tell its version")),
        platform,
        path);
  }
}
