package io.terrarium.core.run;

import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.Phase;
import io.terrarium.core.StatusTimestamps;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The plan or the apply of a run, with the claim of the worker that does it.
///
/// @param command how often a build command was sent out for it
/// @param attempt how often it was claimed; fences whatever a worker says about it
/// @param counts what terraform counted, null until it has
/// @param timings what its terraform commands took, none until it has ended
public record RunPhase(
    long key,
    String id,
    long runKey,
    Phase phase,
    Status status,
    int command,
    int attempt,
    @Nullable String worker,
    @Nullable Instant leaseUntil,
    boolean hasChanges,
    @Nullable Counts counts,
    @Nullable String generatedConfiguration,
    @Nullable UploadedState uploadedState,
    Kept kept,
    StatusTimestamps timestamps,
    BuildEvent.Timings timings) {

  public record Counts(int additions, int changes, int destructions, int imports) {}

  /// The state as the apply uploaded it last.
  public record UploadedState(String objectId, long bytes, String md5) {}

  /// What it has stored besides.
  ///
  /// @param isThere false once its files are deleted, or marked to be
  /// @param hasSchemas whether a plan has stored the schemas of its providers
  /// @param erroredState the object with the state that an apply could not hand over as its
  ///   workspace's
  public record Kept(boolean isThere, boolean hasSchemas, @Nullable String erroredState) {}

  /// Statuses of plans and applies in the API.
  public enum Status {
    PENDING,
    MANAGED_QUEUED,
    QUEUED,
    RUNNING,
    ERRORED,
    CANCELED,
    FINISHED,
    UNREACHABLE,
    CREATED,
    MFA_WAITING;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFinal() {
      return this == ERRORED || this == CANCELED || this == FINISHED || this == UNREACHABLE;
    }
  }
}
