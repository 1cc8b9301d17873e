package io.terrarium.atlas.api.retention;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.terrarium.core.retention.RetentionTerms;
import org.jspecify.annotations.Nullable;

/// What the API says of a data retention policy.
sealed interface RetentionPolicyAttributes {
  static RetentionPolicyAttributes of(RetentionTerms terms) {
    return terms.deletes()
        ? new DeleteOlder(
            terms.olderThanDays(),
            terms.olderThanDays(),
            terms.states().deletes(),
            terms.configurations().deletes(),
            terms.runs().deletes(),
            terms.states().days(),
            terms.configurations().days(),
            terms.runs().days(),
            terms.states().latest(),
            terms.configurations().latest(),
            terms.runs().latest())
        : new DontDelete();
  }

  record DontDelete() implements RetentionPolicyAttributes {}

  /// @param daysForOlderClients with dashes, for those that know of no other attribute
  record DeleteOlder(
      @JsonProperty("delete-older-than-n-days") @Nullable Integer daysForOlderClients,
      @JsonProperty("deleteOlderThanNDays") @Nullable Integer commonDays,
      @JsonProperty("deleteStateVersions") boolean deleteStateVersions,
      @JsonProperty("deleteConfigurationVersions") boolean deleteConfigurationVersions,
      @JsonProperty("deleteRunDataAndLogs") boolean deleteRunDataAndLogs,
      @JsonProperty("stateVersionsDeleteAfterNDays") @Nullable Integer stateVersionDays,
      @JsonProperty("configurationVersionsDeleteAfterNDays")
          @Nullable Integer configurationVersionDays,
      @JsonProperty("runDataAndLogsDeleteAfterNDays") @Nullable Integer runDays,
      @JsonProperty("stateVersionsKeepLatestCount") @Nullable Integer stateVersionsLatest,
      @JsonProperty("configurationVersionsKeepLatestCount")
          @Nullable Integer configurationVersionsLatest,
      @JsonProperty("runDataKeepLatestCount") @Nullable Integer runsLatest)
      implements RetentionPolicyAttributes {}
}
