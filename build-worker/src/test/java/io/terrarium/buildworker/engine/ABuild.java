package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.slug.ASlug;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.BuildSpecification.Category;
import io.terrarium.contracts.internal.BuildSpecification.Origin;
import io.terrarium.contracts.internal.BuildSpecification.Variable;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.TerraformOffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A granted phase with sane defaults.
final class ABuild {
  private Phase phase = Phase.PLAN;
  private String version = "latest";
  private String workingDirectory = "";
  private boolean structured;
  private @Nullable String sshKey;
  private boolean destroy;
  private boolean hasState;
  private int timeoutSeconds = 120;
  private int attempt = 1;
  private final List<Variable> variables = new ArrayList<>();

  static ABuild plan() {
    return new ABuild();
  }

  static ABuild apply() {
    ABuild build = new ABuild();
    build.phase = Phase.APPLY;
    return build;
  }

  ABuild of(String version) {
    this.version = version;
    return this;
  }

  ABuild in(String workingDirectory) {
    this.workingDirectory = workingDirectory;
    return this;
  }

  ABuild structured() {
    structured = true;
    return this;
  }

  ABuild withSshKey(String key) {
    sshKey = key;
    return this;
  }

  ABuild destroying() {
    destroy = true;
    return this;
  }

  ABuild withState() {
    hasState = true;
    return this;
  }

  ABuild within(int seconds) {
    timeoutSeconds = seconds;
    return this;
  }

  ABuild again() {
    attempt++;
    return this;
  }

  ABuild text(String key, String value) {
    variables.add(new Variable(key, value, Category.TERRAFORM, false, false, Origin.WORKSPACE));
    return this;
  }

  ABuild hcl(String key, String value) {
    variables.add(new Variable(key, value, Category.TERRAFORM, true, false, Origin.WORKSPACE));
    return this;
  }

  ABuild ofRun(String key, String literal) {
    variables.add(new Variable(key, literal, Category.TERRAFORM, true, false, Origin.RUN));
    return this;
  }

  ABuild environment(String key, String value) {
    variables.add(new Variable(key, value, Category.ENV, false, false, Origin.WORKSPACE));
    return this;
  }

  Claims.Granted granted() {
    return new Claims.Granted(
        1,
        attempt,
        60,
        5,
        new BuildSpecification(
            BuildSpecification.VERSION,
            new RunId("run-1"),
            phase,
            "phase-1",
            "acme",
            "shop",
            "ws-1",
            "prod",
            "a-token",
            version,
            workingDirectory,
            new BuildSpecification.Options(
                destroy, true, false, false, false, false, false, List.of(), List.of()),
            List.copyOf(variables),
            structured,
            sshKey,
            timeoutSeconds,
            new BuildSpecification.Objects(
                "/object/slug",
                hasState ? "/object/state" : null,
                "/object/plan",
                "/object/plan-json",
                "/object/redacted",
                "/object/schemas",
                "/object/state",
                "/object/errored-state",
                "/log"),
            TerraformOffer.NONE));
  }

  /// A slug of files with these contents.
  static byte[] slug(Map<String, String> files) {
    try {
      ASlug slug = new ASlug();
      for (Map.Entry<String, String> file : files.entrySet()) {
        slug.file(file.getKey(), file.getValue(), 0644);
      }
      return slug.finished();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
