package io.terrarium.core.run;

import io.terrarium.contracts.id.ApplyId;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.PlanId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.kernel.Fault;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run as it is in the database, with the ids of what it belongs to.
///
/// @param hasCause whether there is a [RunCause] to look up
public record Run(
    long key,
    RunId id,
    long organizationKey,
    String organizationName,
    long workspaceKey,
    WorkspaceId workspaceId,
    ConfigurationVersionId configurationVersionId,
    PlanId planId,
    ApplyId applyId,
    RunStatus status,
    RunOptions options,
    boolean hasChanges,
    @Nullable CancelWish cancelWish,
    @Nullable Instant canceledAt,
    @Nullable Instant forceCanceledAt,
    @Nullable Instant forceCancelAvailableAt,
    StatusTimestamps timestamps,
    @Nullable String variablesCiphertext,
    @Nullable UserId createdBy,
    @Nullable UserId confirmedBy,
    boolean hasCause,
    Instant createdAt,
    int lockVersion) {

  /// What a person, or the time limit, wants of a running phase; the worker learns it by its next
  /// beat.
  public enum CancelWish {
    INTERRUPT,
    KILL
  }

  public boolean allows(RunMove move) {
    return RunLifecycle.TABLE.allows(status, move);
  }

  /// The run after `move`.
  ///
  /// @throws Fault.Conflict when the table does not allow it now
  Run on(RunMove move, Instant now) {
    RunStatus next =
        RunLifecycle.TABLE
            .next(status, move)
            .orElseThrow(() ->
                new Fault.Conflict("The run is " + status.wire() + "; that is not possible now."));
    return withStatus(next, timestamps.with(next.timestampKey(), now));
  }

  /// When it came into `status`, if it did.
  Optional<Instant> reached(RunStatus status) {
    return Optional.ofNullable(timestamps.times().get(status.timestampKey()));
  }

  public boolean isConfirmable() {
    return allows(RunMove.CONFIRM);
  }

  public boolean isDiscardable() {
    return allows(RunMove.DISCARD);
  }

  public boolean isCancelable() {
    return allows(RunMove.CANCEL) && canceledAt == null;
  }

  /// Its phase is to be killed for the time that it takes, and not because a person canceled it.
  boolean isOutOfTime() {
    return cancelWish == CancelWish.KILL && canceledAt == null;
  }

  /// How a run ends whose phase was told to end early.
  RunMove earlyEnd() {
    return isOutOfTime() ? RunMove.FAIL : RunMove.CANCEL;
  }

  public boolean isForceCancelable(Instant now) {
    return allows(RunMove.CANCEL)
        && cancelWish != null
        && forceCancelAvailableAt != null
        && !now.isBefore(forceCancelAvailableAt);
  }

  private Run withStatus(RunStatus next, StatusTimestamps times) {
    return new Run(
        key,
        id,
        organizationKey,
        organizationName,
        workspaceKey,
        workspaceId,
        configurationVersionId,
        planId,
        applyId,
        next,
        options,
        hasChanges,
        cancelWish,
        canceledAt,
        forceCanceledAt,
        forceCancelAvailableAt,
        times,
        variablesCiphertext,
        createdBy,
        confirmedBy,
        hasCause,
        createdAt,
        lockVersion + 1);
  }
}
