package io.terrarium.buildworker.engine;

import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.BuildSpecification.Category;
import io.terrarium.contracts.internal.BuildSpecification.Variable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The environment of terraform: nothing of the worker's own but the way to the network.
final class BuildEnvironment {
  private static final String TOKEN_PREFIX = "TF_TOKEN_";

  /// Ours, or read by the shell that stands between the worker and terraform.
  private static final Pattern RESERVED =
      Pattern.compile(
          "PATH|HOME|TMPDIR|IFS|ENV|PS4|SHELLOPTS|BASH.*|LD_.*|GLIBC_TUNABLES"
              + "|TF_(CLI_CONFIG_FILE|WORKSPACE|DATA_DIR|IN_AUTOMATION|INPUT|PLUGIN_CACHE_.*"
              + "|REATTACH_PROVIDERS|LOG_PATH)|TERRAFORM_CONFIG|CHECKPOINT_DISABLE"
              + "|TFC_(RUN_ID|WORKSPACE_NAME|WORKSPACE_SLUG|PROJECT_NAME)");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private final EngineConfig config;
  private final BuildSpecification build;

  BuildEnvironment(EngineConfig config, BuildSpecification build) {
    this.config = config;
    this.build = build;
  }

  Map<String, String> of(RunDirectory directory, Path cliConfiguration) {
    Map<String, String> all = new LinkedHashMap<>(config.surroundings());
    Map<String, String> run = ofRun();
    // Input variables of the same names get the same values, unless something else gives them one.
    run.forEach((name, value) -> all.put("TF_VAR_" + name, value));
    all.putAll(SshKeyFile.environment(directory, build));
    variables().stream()
        .filter(this::isTaken)
        .forEach(variable -> all.put(variable.key(), variable.value()));
    all.putAll(run);
    all.put("HOME", directory.home().toString());
    all.put("TMPDIR", directory.temporary().toString());
    all.put("TF_CLI_CONFIG_FILE", cliConfiguration.toString());
    all.put("TF_WORKSPACE", build.workspaceName());
    all.put("TF_IN_AUTOMATION", "1");
    all.put("TF_INPUT", "0");
    all.put("CHECKPOINT_DISABLE", "1");
    if (build.options().debugging()) {
      all.put("TF_LOG", "TRACE");
    }
    return all;
  }

  /// Lines for the log, one for each variable that terraform does not get.
  List<String> warnings() {
    return variables().stream()
        .filter(variable -> !isTaken(variable))
        .map(variable ->
            "Warning: the environment variable "
                + variable.key()
                + (isOwnToken(variable.key())
                    ? " is ignored: the run uses its own token here."
                    : " is reserved and left out."))
        .toList();
  }

  private Map<String, String> ofRun() {
    Map<String, String> run = new LinkedHashMap<>();
    run.put("TFC_RUN_ID", build.runId().value());
    run.put("TFC_WORKSPACE_NAME", build.workspaceName());
    run.put("TFC_WORKSPACE_SLUG", build.organizationName() + "/" + build.workspaceName());
    run.put("TFC_PROJECT_NAME", build.projectName());
    return run;
  }

  private List<Variable> variables() {
    return build.variables().stream()
        .filter(variable -> variable.category() == Category.ENV)
        .toList();
  }

  private boolean isTaken(Variable variable) {
    return NAME.matcher(variable.key()).matches()
        && !RESERVED.matcher(variable.key()).matches()
        && !isOwnToken(variable.key())
        && variable.value().indexOf('\0') < 0;
  }

  /// Terraform reads `_` as `.` and `__` as `-`, and would prefer such a token to the run's own.
  private boolean isOwnToken(String name) {
    if (!name.startsWith(TOKEN_PREFIX)) {
      return false;
    }
    String host = name.substring(TOKEN_PREFIX.length()).replace("__", "-").replace('_', '.');
    return withoutPort(host).equals(withoutPort(config.publicHost()));
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }
}
