package io.terrarium.core.registrymodule;

import io.terrarium.core.registry.VersionNumber;
import io.terrarium.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What modules and their versions may be called, as the documents of the private registry say.
final class ModuleNames {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?");
  private static final Pattern PROVIDER = Pattern.compile("[a-z0-9]{1,64}");
  private static final Pattern REPOSITORY =
      Pattern.compile("(?:.*/)?terraform-([a-z0-9]{1,64})-([^/]+?)(?:\\.git)?");

  /// What a module is called.
  record Names(String name, String provider) {}

  private ModuleNames() {}

  /// @throws Fault.Invalid with all that is wrong
  static Names of(String name, String provider) {
    List<Fault.Problem> problems = new ArrayList<>();
    if (!NAME.matcher(name).matches()) {
      problems.add(
          new Fault.Problem(
              name.isBlank()
                  ? "Name can't be blank"
                  : "Name must have at most 64 characters, only letters, numbers, \"-\" and \"_\","
                      + " and neither begin nor end with \"-\" or \"_\"",
              "/data/attributes/name"));
    }
    if (!PROVIDER.matcher(provider).matches()) {
      problems.add(
          new Fault.Problem(
              provider.isBlank()
                  ? "Provider can't be blank"
                  : "Provider must have at most 64 characters, only lowercase letters and numbers",
              "/data/attributes/provider"));
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return new Names(name, provider);
  }

  /// What a repository called `terraform-<PROVIDER>-<NAME>` makes.
  static Names ofRepository(String identifier) {
    Matcher matcher = REPOSITORY.matcher(identifier);
    if (!matcher.matches() || !NAME.matcher(matcher.group(2)).matches()) {
      throw new Fault.Invalid(
          List.of(
              new Fault.Problem(
                  "Identifier must end in terraform-<PROVIDER>-<NAME>, such as"
                      + " lab/terraform-aws-network, or name and provider must be given",
                  "/data/attributes/vcs-repo/identifier")));
    }
    return new Names(matcher.group(2), matcher.group(1));
  }

  static boolean isVersion(String text) {
    return VersionNumber.isValid(text);
  }

  /// The version that a tag makes, such as `1.2.0` of `v1.2.0`; empty for others.
  ///
  /// @param prefix that it must have, such as `network/`; "" for none
  static Optional<String> versionOf(String tag, String prefix) {
    if (!tag.startsWith(prefix)) {
      return Optional.empty();
    }
    String rest = tag.substring(prefix.length());
    String version = rest.startsWith("v") ? rest.substring(1) : rest;
    return isVersion(version) ? Optional.of(version) : Optional.empty();
  }
}
