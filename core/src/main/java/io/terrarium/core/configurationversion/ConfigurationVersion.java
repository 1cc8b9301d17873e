package io.terrarium.core.configurationversion;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.IngressAttributesId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.StatusTimestamps;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A configuration, from the moment its upload URL is given out.
///
/// @param objectId where its slug is, once it is uploaded
/// @param sha256 of the slug, hex
/// @param createdByKey the person who asked for it, null for an organization's token
/// @param origin absent where somebody has uploaded it
public record ConfigurationVersion(
    long key,
    ConfigurationVersionId id,
    long workspaceKey,
    WorkspaceId workspaceId,
    Status status,
    String source,
    boolean speculative,
    boolean provisional,
    boolean autoQueueRuns,
    @Nullable String error,
    @Nullable String errorMessage,
    @Nullable String objectId,
    @Nullable String sha256,
    @Nullable Long createdByKey,
    @Nullable Origin origin,
    StatusTimestamps timestamps,
    Instant createdAt) {

  /// Where one from Git comes from.
  ///
  /// @param what for people: the commit's message, or the title of the pull request
  public record Origin(IngressAttributesId id, String identifier, @Nullable String what) {}

  /// Statuses of the API.
  public enum Status {
    PENDING,
    FETCHING,
    UPLOADED,
    ARCHIVED,
    ERRORED,
    BACKING_DATA_SOFT_DELETED,
    BACKING_DATA_PERMANENTLY_DELETED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
