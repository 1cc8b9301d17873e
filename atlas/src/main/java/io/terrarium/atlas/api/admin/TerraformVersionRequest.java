package io.terrarium.atlas.api.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.internal.TerraformOffer;
import io.terrarium.core.terraformversion.TerraformVersion.VersionOptions;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A version of Terraform as a site admin wants it.
public final class TerraformVersionRequest {
  private static final String ARCHS = "archs";

  private final Incoming incoming;

  private TerraformVersionRequest(Incoming incoming) {
    this.incoming = incoming;
  }

  static TerraformVersionRequest of(Call call) {
    return of(Incoming.of(call, TerraformVersionResource.TYPE));
  }

  public static TerraformVersionRequest of(Incoming incoming) {
    return new TerraformVersionRequest(incoming);
  }

  /// A version as it is asked for first.
  public VersionOptions created() {
    return over(VersionOptions.initial(""));
  }

  /// The same with what was asked for.
  public VersionOptions over(VersionOptions before) {
    boolean deprecated = incoming.flag("deprecated").over(before.deprecated(), false);
    String reason = clearable("deprecated-reason", before.deprecatedReason());
    boolean isReasonKept = deprecated || incoming.has("deprecated-reason");
    String sha = clearable("sha", before.sha());
    VersionOptions after =
        new VersionOptions(
            incoming.text("version").over(before.version(), ""),
            clearable("url", before.url()),
            sha == null ? null : sha.toLowerCase(Locale.ROOT),
            archs(before.archs()),
            incoming.flag("official").over(before.official(), false),
            incoming.flag("enabled").over(before.enabled(), true),
            incoming.flag("beta").over(before.beta(), false),
            deprecated,
            isReasonKept && reason != null && !reason.isBlank() ? reason : null);
    incoming.check();
    return after;
  }

  private @Nullable String clearable(String attribute, @Nullable String before) {
    return switch (incoming.text(attribute)) {
      case Patch.Absent<String> _ -> before;
      case Patch.Null<String> _ -> null;
      case Patch.Value<String>(String value) -> value.isBlank() ? null : value.strip();
    };
  }

  private List<TerraformOffer.Archive> archs(List<TerraformOffer.Archive> before) {
    if (!incoming.has(ARCHS)) {
      return before;
    }
    Optional<JsonNode> given = incoming.tree(ARCHS);
    List<TerraformOffer.Archive> archs = new ArrayList<>();
    if (given.isPresent() && !given.get().isArray()) {
      incoming.problem(ARCHS, "must be a list of objects with url, sha, os and arch");
      return before;
    }
    given.ifPresent(list -> list.forEach(arch -> archs.add(archive(arch))));
    return archs;
  }

  /// What is missing is empty, and so refused by the rules.
  private static TerraformOffer.Archive archive(JsonNode arch) {
    return new TerraformOffer.Archive(
        arch.path("os").asText(""),
        arch.path("arch").asText(""),
        arch.path("url").asText(""),
        arch.path("sha").asText("").toLowerCase(Locale.ROOT));
  }
}
