package io.terrarium.core.registryprovider;

import io.terrarium.core.registry.VersionNumber;
import io.terrarium.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What providers, versions and platforms may be called: what terraform takes in an address, and
/// the registry in a path.
final class ProviderNames {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?");
  private static final Pattern PROTOCOL = Pattern.compile("\\d{1,4}\\.\\d{1,4}");
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9_]{1,64}");
  private static final Pattern SHASUM = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern FILENAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+-]{0,254}");
  private static final int PROTOCOLS_MAX = 16;

  private final List<Fault.Problem> problems = new ArrayList<>();

  private ProviderNames() {}

  static void checkProvider(String name) {
    ProviderNames names = new ProviderNames();
    names.text(
        "name",
        name,
        NAME.matcher(name).matches() && !name.contains("--") && !name.startsWith("terraform-"),
        "must have at most 64 characters, only lowercase letters, numbers, single \"-\" and \"_\","
            + " neither begin nor end with \"-\" or \"_\", and not begin with \"terraform-\"");
    names.check();
  }

  static void checkVersion(String version, String keyId, List<String> protocols) {
    ProviderNames names = new ProviderNames();
    names.text(
        "version",
        version,
        VersionNumber.isValid(version),
        "must be one of Semantic Versioning, such as 1.2.0");
    names.text("key-id", keyId, true, "");
    boolean isGood =
        !protocols.isEmpty()
            && protocols.size() <= PROTOCOLS_MAX
            && protocols.stream().allMatch(one -> PROTOCOL.matcher(one).matches());
    if (!isGood) {
      names.problem(
          "protocols", "must name the versions of the plugin protocol that it speaks, such as 5.0");
    }
    names.check();
  }

  static void checkPlatform(ProviderPlatforms.New platform) {
    ProviderNames names = new ProviderNames();
    String part = "must have at most 64 characters, only lowercase letters, numbers and \"_\"";
    names.text("os", platform.os(), PLATFORM.matcher(platform.os()).matches(), part);
    names.text("arch", platform.arch(), PLATFORM.matcher(platform.arch()).matches(), part);
    names.text(
        "shasum",
        platform.shasum(),
        SHASUM.matcher(platform.shasum()).matches(),
        "must be the SHA-256 of the package, 64 hexadecimal digits");
    names.text(
        "filename",
        platform.filename(),
        FILENAME.matcher(platform.filename()).matches(),
        "must be the name of a file without a path, such as"
            + " terraform-provider-widgets_1.2.0_linux_amd64.zip");
    names.check();
  }

  private void text(String attribute, String value, boolean isGood, String detail) {
    if (value.isBlank()) {
      problem(attribute, "can't be blank");
    } else if (!isGood) {
      problem(attribute, detail);
    }
  }

  private void problem(String attribute, String detail) {
    String subject = attribute.replace('-', ' ');
    problems.add(
        new Fault.Problem(
            subject.substring(0, 1).toUpperCase(Locale.ROOT) + subject.substring(1) + " " + detail,
            "/data/attributes/" + attribute));
  }

  private void check() {
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }
}
