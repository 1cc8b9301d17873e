package io.terrarium.core.stateversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.StateVersionOutputId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One state of a workspace.
///
/// @param object where its bytes are, absent until they have come
/// @param jsonObject where its JSON form is, if anybody sent one
public record StateVersion(
    long key,
    StateVersionId id,
    long workspaceKey,
    WorkspaceId workspaceId,
    @Nullable RunId runId,
    @Nullable UserId createdBy,
    Status status,
    long serial,
    @Nullable String lineage,
    @Nullable String md5,
    long bytes,
    @Nullable String object,
    @Nullable String jsonObject,
    Content content,
    List<StateVersionOutputId> outputs,
    Related related,
    Instant createdAt) {
  public StateVersion {
    outputs = List.copyOf(outputs);
  }

  /// What was read in it, once it has been parsed.
  ///
  /// @param resources list of resources as [io.terrarium.contracts.state.ParsedState] has it
  public record Content(
      boolean isParsed,
      @Nullable Integer format,
      @Nullable String terraformVersion,
      int resourceCount,
      JsonNode resources,
      JsonNode modules,
      JsonNode providers) {}

  /// Its neighbours among the workspace's states, and the earlier one that it is again.
  public record Related(
      @Nullable StateVersionId previous,
      @Nullable StateVersionId next,
      @Nullable StateVersionId rollback) {}

  /// Statuses of the API.
  public enum Status {
    PENDING,
    FINALIZED,
    DISCARDED,
    BACKING_DATA_SOFT_DELETED,
    BACKING_DATA_PERMANENTLY_DELETED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
