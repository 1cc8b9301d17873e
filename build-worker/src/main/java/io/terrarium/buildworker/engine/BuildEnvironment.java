package io.terrarium.buildworker.engine;

import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.BuildSpecification.Category;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The environment of terraform: nothing of the worker's own but the way to the network.
final class BuildEnvironment {
  private static final Pattern PASSED_ON =
      Pattern.compile("PATH|LANG|LC_.*|SSL_CERT_(FILE|DIR)|(?i:(https?|no|all)_proxy)");

  /// Ours, or read by the shell that stands between the worker and terraform.
  private static final Pattern RESERVED =
      Pattern.compile(
          "PATH|HOME|TMPDIR|IFS|ENV|PS4|SHELLOPTS|BASH.*|LD_.*|GLIBC_TUNABLES"
              + "|TF_(CLI_CONFIG_FILE|WORKSPACE|DATA_DIR|IN_AUTOMATION|INPUT|PLUGIN_CACHE_.*"
              + "|REATTACH_PROVIDERS|LOG_PATH)|TERRAFORM_CONFIG|CHECKPOINT_DISABLE"
              + "|TFC_(RUN_ID|WORKSPACE_NAME|WORKSPACE_SLUG|PROJECT_NAME)");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private BuildEnvironment() {}

  static boolean isTaken(BuildSpecification.Variable variable) {
    return NAME.matcher(variable.key()).matches()
        && !RESERVED.matcher(variable.key()).matches()
        && variable.value().indexOf('\0') < 0;
  }

  static Map<String, String> of(
      BuildSpecification build, RunDirectory directory, Path cliConfiguration) {
    Map<String, String> all = new LinkedHashMap<>();
    new ProcessBuilder()
        .environment()
        .forEach((name, value) -> {
          if (PASSED_ON.matcher(name).matches()) {
            all.put(name, value);
          }
        });
    build.variables().stream()
        .filter(variable -> variable.category() == Category.ENV && isTaken(variable))
        .forEach(variable -> all.put(variable.key(), variable.value()));
    all.put("HOME", directory.home().toString());
    all.put("TMPDIR", directory.temporary().toString());
    all.put("TF_CLI_CONFIG_FILE", cliConfiguration.toString());
    all.put("TF_WORKSPACE", build.workspaceName());
    all.put("TF_IN_AUTOMATION", "1");
    all.put("TF_INPUT", "0");
    all.put("CHECKPOINT_DISABLE", "1");
    all.put("TFC_RUN_ID", build.runId().value());
    all.put("TFC_WORKSPACE_NAME", build.workspaceName());
    all.put("TFC_WORKSPACE_SLUG", build.organizationName() + "/" + build.workspaceName());
    all.put("TFC_PROJECT_NAME", build.projectName());
    if (build.options().debugging()) {
      all.put("TF_LOG", "TRACE");
    }
    return all;
  }
}
