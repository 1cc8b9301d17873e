package io.terrarium.atlas.api.retention;

import io.terrarium.core.retention.RetentionTerms;
import io.terrarium.core.retention.RetentionTerms.Limit;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a client asks to be deleted. The documents write these attributes in camel case, older
/// clients as all others, with dashes; both are taken.
final class RetentionPolicyRequest {
  private static final String COMMON_DAYS = "deleteOlderThanNDays";
  private static final long DAYS_MAX = 36_500;
  private static final long LATEST_MAX = 1_000_000;

  private static final Kind STATES =
      new Kind(
          "deleteStateVersions",
          "stateVersionsDeleteAfterNDays",
          "stateVersionsKeepLatestCount",
          true);
  private static final Kind CONFIGURATIONS =
      new Kind(
          "deleteConfigurationVersions",
          "configurationVersionsDeleteAfterNDays",
          "configurationVersionsKeepLatestCount",
          true);

  private static final Kind RUNS =
      new Kind(
          "deleteRunDataAndLogs",
          "runDataAndLogsDeleteAfterNDays",
          "runDataKeepLatestCount",
          false);

  private final Incoming body;

  private RetentionPolicyRequest(Incoming body) {
    this.body = body;
  }

  /// The attributes of one kind.
  ///
  /// @param isCommon whether the common days alone mean this kind too, as they did before the kinds
  ///   were told apart
  private record Kind(String deletes, String days, String latest, boolean isCommon) {}

  /// Of a policy that deletes something.
  static RetentionTerms read(Call call, String type) {
    return new RetentionPolicyRequest(Incoming.of(call, type)).terms();
  }

  private RetentionTerms terms() {
    Integer commonDays = whole(COMMON_DAYS, DAYS_MAX);
    RetentionTerms terms =
        new RetentionTerms(
            commonDays,
            limit(STATES, commonDays),
            limit(CONFIGURATIONS, commonDays),
            limit(RUNS, commonDays));
    body.check();
    if (!terms.deletes()) {
      body.problem(
          sent(COMMON_DAYS), "must be given, or a kind of files to delete and which of them");
    }
    body.check();
    return terms;
  }

  private Limit limit(Kind kind, @Nullable Integer commonDays) {
    Integer days = whole(kind.days(), DAYS_MAX);
    Integer latest = whole(kind.latest(), LATEST_MAX);
    if (!body.flag(sent(kind.deletes())).over(kind.isCommon() && commonDays != null)) {
      refuse(kind.days(), days, kind);
      refuse(kind.latest(), latest, kind);
      return Limit.NONE;
    }
    Limit limit = new Limit(days == null ? commonDays : days, latest);
    if (!limit.deletes()) {
      body.problem(
          sent(kind.deletes()), "needs " + kind.days() + " or " + kind.latest() + " to be given");
    }
    return limit;
  }

  private void refuse(String attribute, @Nullable Integer given, Kind kind) {
    if (given != null) {
      body.problem(sent(attribute), "needs " + kind.deletes() + " to be true");
    }
  }

  private @Nullable Integer whole(String attribute, long most) {
    return body.number(sent(attribute), 1, most).given().map(Long::intValue).orElse(null);
  }

  /// As the client has written it.
  private String sent(String attribute) {
    String dashed = attribute.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return body.has(dashed) ? dashed : attribute;
  }
}
