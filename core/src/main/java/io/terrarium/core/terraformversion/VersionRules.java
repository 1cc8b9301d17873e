package io.terrarium.core.terraformversion;

import io.terrarium.contracts.internal.TerraformOffer;
import io.terrarium.core.terraformversion.TerraformVersion.VersionOptions;
import io.terrarium.kernel.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What site admins may say about a version. All problems are collected.
final class VersionRules {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final int REASON_CHARACTERS_MAX = 1000;

  private final List<Fault.Problem> problems = new ArrayList<>();

  private VersionRules() {}

  /// @throws Fault.Invalid naming everything that is wrong
  static void check(VersionOptions options) {
    VersionRules rules = new VersionRules();
    rules.require(
        VersionText.isExact(options.version()),
        "version",
        "Version must be one such as 1.9.2 or 1.9.2-bundle");
    rules.checkArchive("", options.url(), options.sha());
    rules.checkArchs(options.archs());
    String reason = options.deprecatedReason();
    rules.require(
        reason == null || options.deprecated(),
        "deprecated-reason",
        "Deprecated reason is only for a version that is deprecated");
    rules.require(
        reason == null || reason.length() <= REASON_CHARACTERS_MAX,
        "deprecated-reason",
        "Deprecated reason must have at most " + REASON_CHARACTERS_MAX + " characters");
    if (!rules.problems.isEmpty()) {
      throw new Fault.Invalid(rules.problems);
    }
  }

  private void checkArchs(List<TerraformOffer.Archive> archs) {
    Set<String> platforms = new HashSet<>();
    for (int at = 0; at < archs.size(); at++) {
      TerraformOffer.Archive arch = archs.get(at);
      String where = "archs/" + at + "/";
      checkArchive(where, arch.url(), arch.sha());
      require(!arch.os().isBlank(), where + "os", "Os must be one such as linux");
      require(!arch.arch().isBlank(), where + "arch", "Arch must be one such as amd64");
      require(
          platforms.add(arch.platform()),
          where + "arch",
          "There are two archives for " + arch.platform());
    }
  }

  /// Both or none.
  private void checkArchive(String where, @Nullable String url, @Nullable String sha) {
    if (url == null && sha == null) {
      return;
    }
    require(
        url != null && isAddress(url),
        where + "url",
        "Url must be the http or https address of a zip archive");
    require(
        sha != null && SHA_256.matcher(sha).matches(),
        where + "sha",
        "Sha must be the archive's SHA-256 sum of 64 hexadecimal digits");
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme());
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  private void require(boolean holds, String attribute, String detail) {
    if (!holds) {
      problems.add(new Fault.Problem(detail, "/data/attributes/" + attribute));
    }
  }
}
