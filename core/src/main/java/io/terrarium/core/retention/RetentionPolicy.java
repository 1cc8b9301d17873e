package io.terrarium.core.retention;

import io.terrarium.contracts.id.RetentionPolicyId;
import java.util.Optional;

/// How long the files of its target are kept.
///
/// @param olderThanDays after which they are deleted; empty: never
public record RetentionPolicy(
    RetentionPolicyId id, Target target, Optional<Integer> olderThanDays) {
  /// The organization or workspace that has it, by its name there or its id.
  public record Target(String type, String id) {}
}
